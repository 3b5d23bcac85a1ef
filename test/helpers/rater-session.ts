import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import { readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';

const at = '2026-11-21T10:00:00.000Z';
const now = (): Date => new Date(at);

/** A session of one rater on the run folder: the first `votes` ballots for the open model, then perhaps the finish. */
export async function sit(
  paths: RunPaths,
  rater: string,
  votes: number,
  { finish = true, ms = 9_000, leaveOut = [] as readonly string[] } = {},
): Promise<void> {
  const stored = openRun(paths.folder);
  const writer = openVotesFile(paths.votes(rater), stored.run, rater, 'plain', at);
  const scoring = openScoring(stored, rater, readEvents(paths));
  const port = createRunPort(scoring, writer, now);
  if (leaveOut.length > 0) {
    // As on the first page: the first ballot has been fetched by then.
    await port.next();
    await port.append({ kind: 'leave-out', names: leaveOut });
  }
  for (let cast = 0; cast < votes; cast += 1) {
    const next = await port.next();
    if (!('ballot' in next)) throw new Error(`no ballot after ${cast} votes`);
    const { id } = next.ballot;
    const choice: Choice = scoring.byId.get(id)?.aSide ?? 'tie';
    await port.append({ kind: 'vote', vote: { ballot: id, choice, retry: [], view: 'plain', ms } });
  }
  // As in a session: the next ballot is asked for before it can end.
  if (votes === 0) await port.next();
  if (finish) {
    await port.append({ kind: 'finish' });
    await port.close();
  } else await port.leave();
  writer.close();
}
