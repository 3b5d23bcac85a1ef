/**
 * kill -9 of a run of two scripted agents at random moments, then resume, until it is whole. Says what was lost, what
 * still ran and what was left behind: a test holds it at nothing over a few kills, the proof over as many as asked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentArgs, layAgents, leftBy, processesIn, processesWith, runNames } from '../helpers/agent-run.ts';
import { startCli } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export interface AgentKills {
  kills: number;
  /** Trials that have ended, over all runs. */
  trials: number;
  /** Trials once ended and not there later, or not ended in the end, or without their files. */
  lost: number;
  /** Trials that have more than one end. */
  twice: number;
  /** Processes of agents that run when a resume has ended. */
  orphans: number;
  /** Copies that are there when a run has ended. */
  copies: number;
  interrupted: number;
  /** Dollars on the interrupted tries. */
  interruptedUsd: number;
  seconds: number;
  /** Bytes of the run folders' agents/. */
  bytes: number;
}

/** `jobs` × `trials` × 2 agents a run, one run after another, killed `kills` times in all. */
export async function killAgents(
  kills: number,
  { jobs = 6, trials = 2, most = 3_000, env = {} } = {},
): Promise<AgentKills> {
  const began = performance.now();
  const total: AgentKills = {
    kills: 0,
    trials: 0,
    lost: 0,
    twice: 0,
    orphans: 0,
    copies: 0,
    interrupted: 0,
    interruptedUsd: 0,
    seconds: 0,
    bytes: 0,
  };
  for (let runs = 0; total.kills < kills && runs < kills * 3 + 3; runs += 1)
    await killOneRun(total, kills, { jobs, trials, most, env });
  return { ...total, seconds: (performance.now() - began) / 1000 };
}

type Shape = Required<NonNullable<Parameters<typeof killAgents>[1]>>;

/** Some jobs take a while, some leave the group of their agent, some give up. */
const plays = ['steps', 'steps', 'escape', 'steps', 'give-up', 'done'];

async function killOneRun(total: AgentKills, kills: number, { jobs, trials, most, env }: Shape): Promise<void> {
  using dir = tempDir();
  const places = { TMPDIR: dir.path, ...env };
  layAgents(
    dir.path,
    Array.from({ length: jobs }, (_, at) => plays[at % plays.length] ?? 'done'),
  );
  const first = agentArgs('--trials', String(trials), '-j', '4', '--time', '60s', '--cost', '5');
  const resume = ['run', '--resume', '--no-score', '-j', '4'];
  let ended: string[] = [];
  for (let tries = 0; tries < 400; tries += 1) {
    const begun = runNames(dir.path).length > 0;
    const { child, done } = startCli(begun ? resume : first, { cwd: dir.path, env: places });
    const kill = total.kills < kills ? setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * most) : undefined;
    const { code, signal, err } = await done;
    clearTimeout(kill);
    if (signal === 'SIGKILL') {
      total.kills += 1;
      ended = keepEnds(total, dir.path, ended);
      continue;
    }
    if (code !== 0) throw new Error(`ended with ${code}: ${err}`);
    break;
  }
  await wait(50);
  keepEnds(total, dir.path, ended);
  total.orphans += processesIn(dir.path).length + processesWith(dir.path).length;
  total.copies += readdirSync(dir.path).filter((name) => name.startsWith('gapcheck-r_')).length;
  countWhole(total, dir.path, jobs * trials * 2);
}

const keyOf = ({ arm, prompt, trial }: { arm: string; prompt: string; trial: number }): string =>
  `${arm} ${prompt} ${trial}`;

/** Trials that have ended by now; those that had before and have not any more are lost. */
function keepEnds(total: AgentKills, folder: string, before: readonly string[]): string[] {
  if (runNames(folder).length === 0) return [];
  const now = leftBy(folder).ended.map(keyOf);
  total.lost += before.filter((key) => !now.includes(key)).length;
  return now;
}

function countWhole(total: AgentKills, folder: string, expected: number): void {
  const left = leftBy(folder);
  const keys = left.ended.map(keyOf);
  total.trials += new Set(keys).size;
  total.twice += keys.length - new Set(keys).size;
  total.lost += expected - new Set(keys).size;
  for (const { arm, prompt, trial } of left.ended) {
    const names = ['steps.jsonl', 'diff', 'out.gz'].map((extension) => `${prompt}-${trial}.${extension}`);
    if (!names.every((name) => left.files(arm).includes(name))) total.lost += 1;
    const answered = left
      .attempts(arm)
      .filter((step) => step.prompt === prompt && step.trial === trial && step.outcome === 'answered');
    if (answered.length !== 1) total.twice += 1;
  }
  for (const event of left.events) {
    if (event.event !== 'trial-interrupted') continue;
    total.interrupted += 1;
    total.interruptedUsd += event.costUsd ?? 0;
  }
  for (const arm of ['closed', 'open'])
    for (const name of left.files(arm)) total.bytes += readFileSync(join(left.run, 'agents', arm, name)).length;
}
