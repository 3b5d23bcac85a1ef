/** A run of two scripted agents: jobs that say how they are played, a fixture, and what the run left behind. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AgentLine } from '../../src/records/agent-record.ts';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { RunEvent } from '../../src/records/run-events.ts';
import { eachLine } from '../../src/store/jsonl.ts';

const agent = join(import.meta.dirname, '../fixtures/agents/scripted-agent.sh');

/** `jobs.csv`, `fixture/` and two agents in that folder; a job per word. */
export function layAgents(folder: string, plays: readonly string[]): void {
  mkdirSync(join(folder, 'fixture'), { recursive: true });
  writeFileSync(join(folder, 'fixture', 'state.txt'), 'broken\n');
  const rows = plays.map((play, at) => `"Mend the state, number ${at + 1}. plays: ${play}",fix`);
  writeFileSync(join(folder, 'jobs.csv'), ['prompt,task', ...rows, ''].join('\n'));
  for (const side of ['closed', 'open']) {
    copyFileSync(agent, join(folder, `${side}.sh`));
    // Two programs with one text would be one agent.
    writeFileSync(join(folder, `${side}.sh`), `${readFileSync(agent, 'utf8')}# ${side}\n`);
    chmodSync(join(folder, `${side}.sh`), 0o755);
  }
}

const readJsonl = <T>(path: string): T[] => [...eachLine(path)].map(({ value }) => value as T);

export const agentArgs = (...more: string[]): string[] => [
  ...['run', 'jobs.csv', '--closed', 'agent:./closed.sh', '--open', 'agent:./open.sh', '--folder', './fixture'],
  ...['--end-check', 'grep -q fixed state.txt', '-n', 'all', '--yes', '--no-score', ...more],
];

/** Runs that are there whole. A kill while a folder is made leaves one under another name. */
export function runNames(folder: string): string[] {
  const results = join(folder, 'results');
  if (!existsSync(results)) return [];
  return readdirSync(results).filter((name) => name.endsWith('-jobs') && existsSync(join(results, name, 'run.json')));
}

export function leftBy(folder: string) {
  const results = join(folder, 'results');
  const run = join(results, runNames(folder).at(-1) ?? '');
  const events = readJsonl<RunEvent>(join(run, 'events.jsonl'));
  const file = (arm: string, name: string): string => join(run, 'agents', arm, name);
  return {
    run,
    events,
    ended: events.filter((event) => event.event === 'trial-ended'),
    attempts: (arm: string) => readJsonl<StepRecord>(join(run, 'attempts', `${arm}.jsonl`)),
    files: (arm: string) => readdirSync(join(run, 'agents', arm)).sort(),
    lines: (arm: string, prompt: string, trial = 1) =>
      readJsonl<AgentLine>(file(arm, `${prompt}-${trial}.steps.jsonl`)),
    diff: (arm: string, prompt: string, trial = 1) => readFileSync(file(arm, `${prompt}-${trial}.diff`), 'utf8'),
    output: (arm: string, prompt: string, trial = 1) =>
      gunzipSync(readFileSync(file(arm, `${prompt}-${trial}.out.gz`))).toString(),
  };
}

/** A process that ends while it is looked at does not count. */
function processesWhere(holds: (folder: string) => boolean): number[] {
  const isSuch = (pid: string): boolean => {
    try {
      return holds(join('/proc', pid));
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isSuch(name))
    .map(Number);
}

/** Processes whose command line holds this text. */
export const processesWith = (text: string): number[] =>
  processesWhere((proc) => readFileSync(join(proc, 'cmdline'), 'utf8').includes(text));

/** Processes that work in a folder below this one, or carry its name as their mark; not this one. */
export const processesIn = (folder: string): number[] =>
  processesWhere(
    (proc) =>
      readFileSync(join(proc, 'environ'), 'utf8').includes(`GAPCHECK_MARK=${folder}`) ||
      readlinkSync(join(proc, 'cwd')).startsWith(folder),
  ).filter((pid) => pid !== process.pid);
