/** What a stranger does first with an installed gapcheck: the demo, votes, a scored report. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, startProgram } from './cli.ts';
import { shorterWins, votePacket } from './vote-packet.ts';

export interface ScoredDemo {
  version: string;
  /** What `gapcheck report` printed. */
  screen: string;
  /** Verdict, leaning and counts by task; `null` is all of them together. The same on every machine. */
  verdicts: { task: string | null; verdict: string; leaning: string | null; counts: object; net: number | null }[];
}

interface JsonReport {
  pairs: { overall: ScoredDemo['verdicts'][number]; tasks: ScoredDemo['verdicts'] }[];
}

/**
 * `--version`, `demo`, votes on a packet by a rule that knows no arm, `merge`, `report`, in the empty folder `cwd`.
 * `program` and `before`: what starts gapcheck, for instance a Node and the path of its bin. Throws with both outputs
 * when a step fails.
 */
export async function scoreDemo(program: string, before: string[], cwd: string): Promise<ScoredDemo> {
  const gapcheck = async (...args: string[]): Promise<Finished> => {
    const finished = await startProgram(program, [...before, ...args], { cwd }).done;
    if (finished.code === 0) return finished;
    throw new Error(`gapcheck ${args.join(' ')} ended with ${finished.code}:\n${finished.out}\n${finished.err}`);
  };
  const version = (await gapcheck('--version')).out.trim();
  await gapcheck('demo', '--no-score');
  await gapcheck('packet', '--rater', 'jo', '-o', 'jo.json');
  await votePacket(join(cwd, 'jo.json'), shorterWins);
  await gapcheck('merge', 'jo.votes.jsonl');
  const { out: screen } = await gapcheck('report', '-o', 'report.html', '-o', 'report.json');
  const [run] = readdirSync(join(cwd, 'results'));
  if (run === undefined) throw new Error('the demo made no run folder');
  const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as JsonReport;
  const scopes = report.pairs.flatMap(({ overall, tasks }) => [overall, ...tasks]);
  const verdicts = scopes.map(({ task, verdict, leaning, counts, net }) => ({ task, verdict, leaning, counts, net }));
  return { version, screen, verdicts };
}
