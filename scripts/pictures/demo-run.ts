/** The demo, dealt by the program in a fixed world and voted through the program's own port by an honest rater. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring, type Scoring } from '../../src/app/score/scoring.ts';
import type { BallotId } from '../../src/records/ids.ts';
import type { Side } from '../../src/records/vote-lines.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { openSealedRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { bin } from '../../test/helpers/cli.ts';
import { honestOpinions } from '../../test/helpers/honest-rater.ts';

const fixedWorld = new URL('./fixed-world.js', import.meta.url).href;
const demoFile = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));
const secondsPerVote = 41;

/** Freezes and answers the demo under `cwd`; returns its run folder. */
export function dealDemo(cwd: string): string {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, NO_COLOR: '1', TZ: 'UTC' };
  const args = ['--import', fixedWorld, bin, 'run', demoFile, '--name', 'demo', '--no-score', '--yes'];
  execFileSync(process.execPath, args, { cwd, env, stdio: 'ignore' });
  const results = join(cwd, 'results');
  return join(results, readdirSync(results).find((name) => name.endsWith('-demo')) ?? '');
}

/** Votes until the next ballot would be number `until`, or to the end. */
export async function voteDemo(folder: string, rater: string, until = Number.POSITIVE_INFINITY): Promise<void> {
  const stored = openSealedRun(folder);
  let clock = Date.parse(stored.run.createdAt);
  const now = (): Date => new Date(clock);
  const scoring = openScoring(stored, rater, readEvents(stored.paths));
  const writer = openVotesFile(stored.paths.votes(rater), stored.run, rater, 'plain', now().toISOString());
  const port = createRunPort(scoring, writer, now);
  let done = false;
  for (let next = await port.next(); ; next = await port.next()) {
    done = !('ballot' in next);
    if (!('ballot' in next) || next.progress.number >= until) break;
    clock += secondsPerVote * 1000;
    const { id } = next.ballot;
    const vote = { ballot: id, ...honestVote(scoring, id), view: 'plain' as const, ms: secondsPerVote * 1000 };
    await port.append({ kind: 'vote', vote });
  }
  if (done) {
    await port.append({ kind: 'finish' });
    await port.close();
  } else await port.leave();
  writer.close();
}

/** The loser of a case that closed wins would have to be redone. */
function honestVote({ byId, stored }: Scoring, id: BallotId): { choice: Side | 'tie'; retry: Side[] } {
  const dealt = byId.get(id);
  const prompt = stored.prompts.find((one) => one.id === dealt?.prompt);
  const better = honestOpinions[prompt?.source_id ?? ''];
  if (!dealt || better === undefined) throw new Error(`no opinion on ballot ${id}`);
  if (better === 'tie') return { choice: 'tie', retry: [] };
  const open = dealt.aSide;
  const closed: Side = open === 'left' ? 'right' : 'left';
  return better === 'open' ? { choice: open, retry: [] } : { choice: closed, retry: [open] };
}
