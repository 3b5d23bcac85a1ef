/**
 * What a process that was killed left behind: agents that still work are ended, trials that were cut off are written
 * down with what they spent, and copies are taken away. Hold the run's lock.
 */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { endLeftBehind, sweep } from '../../arms/programs/process.ts';
import { readOutput } from '../../arms/programs/streams/read-stream.ts';
import { userError } from '../../errors.ts';
import type { AgentEndLine } from '../../records/agent-record.ts';
import type { StepRecord } from '../../records/attempt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import type { TrialName } from '../../runs/agents/agent-job.ts';
import { removeTree } from '../../runs/agents/fresh-copy.ts';
import { tallyOf } from '../../runs/agents/work.ts';
import { foldTrials, retriesOf, trialKey } from '../../runs/trial.ts';
import { type AttemptsWriter, readAttempts } from '../../store/attempts-file.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { eachLine } from '../../store/jsonl.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { Context } from '../context.ts';
import { copiesRoot, endedEvent, interruptedEvent } from './agent-jobs.ts';

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
    const retries = retriesOf(arm, run.settings);
    const line = isAnswered(trial, steps, retries) ? endLine(stored, trial) : undefined;
    if (line) await addEvents(paths, now, () => [endedEvent(trial, line)]);
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

function endGroup({ pid, startTime, folder, arm }: Started): void {
  if (endLeftBehind({ pid, startTime }) === 'foreign')
    throw userError(
      'foreign-process',
      `Process ${pid} has the number of an agent of this run (${arm}), and it is not certain that it is that agent.`,
      `look at it with "ps -p ${pid}"; end it if it is the agent, or wait until it has ended, and resume again`,
    );
  sweep(folder);
}

const isAnswered = ({ prompt, trial }: Started, steps: readonly StepRecord[], retries: number): boolean =>
  foldTrials(steps, retries).get(trialKey(prompt, trial))?.answer !== undefined;

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
  const fileAt = (extension: 'out' | 'steps.jsonl' | 'diff' | 'out.gz') =>
    paths.agentFile(started.arm, prompt, trial, extension);
  const spent = spentBy(started, fileAt('out'), arm);
  const before = steps.filter((step) => step.prompt === prompt && step.trial === trial);
  const attempt = Math.max(0, ...before.map((step) => step.attempt)) + 1;
  await sink.append(started.arm, {
    ...{ prompt, trial, attempt, step: 1, outcome: 'aborted', message: 'gapcheck was killed while it worked' },
    usage: spent.usage,
    ms: { total: spent.ms },
    ...(spent.costUsd !== null && { costUsd: spent.costUsd }),
    last: true,
    at: now().toISOString(),
  });
  await addEvents(paths, now, () => [interruptedEvent(started, spent)]);
  for (const extension of ['out', 'steps.jsonl', 'diff', 'out.gz'] as const) rmSync(fileAt(extension), { force: true });
}

const streamSet = ({ setup }: ArmRecord): string | undefined =>
  typeof setup?.stream === 'string' ? setup.stream : undefined;

/** By what it had printed until the kill; its time ends with the last output. */
function spentBy({ at }: Started, output: string, arm: ArmRecord) {
  const tally = tallyOf(arm.price);
  if (!existsSync(output)) return { ...tally.spent(), ms: 0 };
  const reader = readOutput(streamSet(arm));
  const events = [...reader.read(readFileSync(output), 0), ...reader.rest(0)];
  for (const event of events) tally.take(event, (text) => text);
  const ms = Math.max(0, Math.round(statSync(output).mtimeMs - Date.parse(at)));
  return { ...tally.spent(), ms };
}

/** Also those of another TMPDIR, where their name shows that they are this run's. */
async function removeCopies({ run }: StoredRun, left: readonly Started[]): Promise<void> {
  const root = copiesRoot(run);
  const roots = left.map(({ folder }) => dirname(dirname(folder))).filter((path) => basename(path) === basename(root));
  for (const path of new Set([root, ...roots])) await removeTree(path);
}
