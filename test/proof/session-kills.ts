/**
 * kill -9 of a blind session in a real terminal, each time within 60 ms of a vote, then the next session. Says which
 * votes were lost: a test holds that at none over a few kills, the proof over as many as asked.
 */
import { fileURLToPath } from 'node:url';
import type { RunPaths } from '../../src/store/layout.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { makeAnsweredRun, namesSeen, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, openTerminal, stripEscapes } from '../helpers/terminal.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Below 40 ballots nothing stops early and nothing is repeated: the number on the screen is the number of votes. */
const mostPerRun = 30;

export interface SessionKills {
  kills: number;
  /** Votes on the disk in the end. */
  votes: number;
  /** Votes that a screen had shown as done, or that were on the disk before, and are not there later. */
  lost: number;
  /** Votes on a ballot that had one, and sessions that began at another ballot than the next one. */
  twice: number;
  /** Names of arms and models in any byte of the terminal. */
  names: string[];
}

export async function killSessions(kills: number): Promise<SessionKills> {
  const total: SessionKills = { kills: 0, votes: 0, lost: 0, twice: 0, names: [] };
  while (total.kills < kills) {
    const one = await killedSession(Math.min(mostPerRun, kills - total.kills));
    for (const key of ['kills', 'votes', 'lost', 'twice'] as const) total[key] += one[key];
    total.names.push(...one.names);
  }
  return total;
}

const ballotsOf = ({ votes }: RunPaths): string[] =>
  (readVotesFile(votes('maria'))?.lines ?? []).flatMap((line) => ('ballot' in line ? [line.ballot] : []));

/** One run whose session is killed `kills` times. */
async function killedSession(kills: number): Promise<SessionKills> {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(kills + 2));
  const found: SessionKills = { kills, votes: 0, lost: 0, twice: 0, names: [] };
  let sure = 0;
  for (let round = 0; round < kills; round += 1) {
    await using terminal = openTerminal(`node ${bin} score --rater maria`, { cwd: dir.path, cols: 110, rows: 30 });
    await begin(terminal);
    const screen = await terminal.see(/ballot \d+ /);
    const before = ballotsOf(paths).length;
    found.lost += Math.max(0, sure - before);
    if (Number(/ballot (\d+)/.exec(screen)?.[1]) !== before + 1) found.twice += 1;
    await sleep(1_650);
    terminal.press('f');
    await sleep(Math.random() * 60);
    terminal.kill('SIGKILL');
    await terminal.see(/\[exit 137\]/);
    const text = stripEscapes(terminal.everything());
    const shown = Number([...text.matchAll(/ballot (\d+) ·/g)].at(-1)?.[1] ?? 1) - 1;
    const after = ballotsOf(paths).length;
    found.lost += Math.max(0, Math.max(shown, before) - after);
    sure = after;
    found.names.push(...namesSeen(text));
  }
  const ballots = ballotsOf(paths);
  found.votes = ballots.length;
  found.twice += ballots.length - new Set(ballots).size;
  return found;
}
