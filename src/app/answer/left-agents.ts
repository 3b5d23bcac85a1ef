/**
 * What a process that was killed left behind: agents that still work are ended, trials that were cut off are written
 * down with what they spent, and copies are taken away. Hold the run's lock.
 */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { endLeftBehind, sweep } from '../../arms/programs/process.ts';
import type { StreamEvent } from '../../arms/programs/streams/agent-stream.ts';
import { readOutput } from '../../arms/programs/streams/read-stream.ts';
import { userError } from '../../errors.ts';
import type { AgentEndLine } from '../../records/agent-record.ts';
import type { StepRecord } from '../../records/attempt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import type { TrialName } from '../../runs/agents/agent-job.ts';
import { removeTree } from '../../runs/agents/fresh-copy.ts';
import { costOf } from '../../runs/token-estimate.ts';
import { foldTrials, trialKey } from '../../runs/trial.ts';
import { type AttemptsWriter, readAttempts } from '../../store/attempts-file.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { eachLine } from '../../store/jsonl.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { Context } from '../context.ts';
import { copiesRoot, endedEvent } from './agent-jobs.ts';

type Started = Extract<RunEvent, { event: 'trial-started' }>;

/** Throws (exit 2) where a process may be an agent of this run and nothing shows whether it is. */
export async function settleLeftAgents(
  stored: StoredRun,
  sink: AttemptsWriter,
  { now, err }: Pick<Context, 'now' | 'err'>,
): Promise<void> {
  const { run, paths } = stored;
  if (!run.settings.agent) return;
  const left = leftOver(readEvents(paths));
  for (const trial of left) endGroup(trial);
  let cut = 0;
  for (const trial of left) {
    const arm = run.arms.find(({ name }) => name === trial.arm);
    if (!arm) continue;
    const steps = readAttempts(paths, trial.arm).steps;
    const line = isAnswered(trial, steps, arm) ? endLine(stored, trial) : undefined;
    if (line) await addEvents(paths, now, () => [endedEvent(nameOf(trial), line)]);
    else {
      await writeInterrupted(stored, trial, arm, steps, sink, now);
      cut += 1;
    }
  }
  if (cut > 0)
    err(
      `${cut === 1 ? 'One trial was' : `${cut} trials were`} cut off. Each begins again from a fresh copy; what it spent counts.`,
    );
  await removeCopies(stored, left);
}

/** Trials that began and have neither end nor interruption. */
function leftOver(events: readonly RunEvent[]): Started[] {
  const open = new Map<string, Started>();
  for (const event of events) {
    if (event.event === 'trial-started') open.set(keyOf(event), event);
    if (event.event === 'trial-ended' || event.event === 'trial-interrupted') open.delete(keyOf(event));
  }
  return [...open.values()];
}

const keyOf = ({ arm, prompt, trial }: TrialName): string => `${arm} ${trialKey(prompt, trial)}`;
const nameOf = ({ arm, prompt, trial }: Started): TrialName => ({ arm, prompt, trial });

function endGroup({ pid, startTime, folder, arm }: Started): void {
  if (endLeftBehind({ pid, startTime }) === 'foreign')
    throw userError(
      'foreign-process',
      `Process ${pid} has the number of an agent of this run (${arm}), and it is not certain that it is that agent.`,
      `look at it with "ps -p ${pid}"; end it if it is the agent, or wait until it has ended, and resume again`,
    );
  sweep(folder);
}

const isAnswered = ({ prompt, trial }: Started, steps: readonly StepRecord[], arm: ArmRecord): boolean =>
  foldTrials(steps, arm.agent ? 0 : 1).get(trialKey(prompt, trial))?.answer !== undefined;

function endLine({ paths }: StoredRun, { arm, prompt, trial }: Started): AgentEndLine | undefined {
  let last: unknown;
  for (const { value } of eachLine(paths.agentFile(arm, prompt, trial, 'steps.jsonl'))) last = value;
  return (last as AgentEndLine | undefined)?.type === 'end' ? (last as AgentEndLine) : undefined;
}

async function writeInterrupted(
  { paths }: StoredRun,
  started: Started,
  arm: ArmRecord,
  steps: readonly StepRecord[],
  sink: AttemptsWriter,
  now: () => Date,
): Promise<void> {
  const { prompt, trial } = started;
  const output = paths.agentFile(started.arm, prompt, trial, 'out');
  const { told, lastMs } = toldBy(output, streamSet(arm));
  const usage = told.findLast((event) => event.type === 'usage');
  const costUsd = (arm.price && usage && costOf(usage.usage, arm.price)) ?? usage?.costUsd ?? null;
  const seconds = Math.max(0, (lastMs ?? Date.parse(started.at)) - Date.parse(started.at)) / 1000;
  const before = steps.filter((step) => step.prompt === prompt && step.trial === trial);
  const attempt = Math.max(0, ...before.map((step) => step.attempt)) + 1;
  await sink.append(started.arm, {
    ...{ prompt, trial, attempt, step: 1, outcome: 'aborted', message: 'gapcheck was killed while it worked' },
    usage: usage?.usage ?? {},
    ms: { total: Math.round(seconds * 1000) },
    ...(costUsd !== null && { costUsd }),
    last: true,
    at: now().toISOString(),
  });
  const count = told.filter(({ type }) => type === 'step').length;
  const { arm: name } = started;
  await addEvents(paths, now, () => [
    { event: 'trial-interrupted', arm: name, prompt, trial, steps: count, seconds, costUsd },
  ]);
  for (const extension of ['out', 'steps.jsonl', 'diff', 'out.gz'] as const)
    rmSync(paths.agentFile(name, prompt, trial, extension), { force: true });
}

const streamSet = ({ setup }: ArmRecord): string | undefined =>
  typeof setup?.stream === 'string' ? setup.stream : undefined;

/** What it had printed until the kill, and when it had printed last. */
function toldBy(output: string, stream: string | undefined): { told: StreamEvent[]; lastMs?: number } {
  if (!existsSync(output)) return { told: [] };
  const reader = readOutput(stream);
  return { told: [...reader.read(readFileSync(output), 0), ...reader.rest(0)], lastMs: statSync(output).mtimeMs };
}

/** Also those of another TMPDIR, where their name shows that they are this run's. */
async function removeCopies({ run }: StoredRun, left: readonly Started[]): Promise<void> {
  const root = copiesRoot(run);
  const roots = left.map(({ folder }) => dirname(dirname(folder))).filter((path) => basename(path) === basename(root));
  for (const path of new Set([root, ...roots])) await removeTree(path);
}
