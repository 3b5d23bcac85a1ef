/** What a run of agents needs beside that of models: a place for copies, and a record of each trial. */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { userError } from '../../errors.ts';
import type { AgentEndLine } from '../../records/agent-record.ts';
import type { AgentJobs, AgentRecorder, TrialName } from '../../runs/agents/agent-job.ts';
import { fixtureHash } from '../../runs/agents/fixture-hash.ts';
import { assertFixture, freshCopies } from '../../runs/agents/fresh-copy.ts';
import type { Worked } from '../../runs/agents/work.ts';
import { openAgentFiles } from '../../store/agent-writer.ts';
import { addEvents, type Untimed } from '../../store/events-file.ts';
import type { RunPaths } from '../../store/layout.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { Context } from '../context.ts';

/** Outside of every project: agents read the instructions that they find in parent folders. */
export const copiesRoot = ({ id }: Pick<StoredRun['run'], 'id'>): string => join(tmpdir(), `gapcheck-${id}`);

/** Undefined for a run of models. Throws (exit 2) when a fixture is not what the run began with. */
export async function agentJobsOf({ run, paths }: StoredRun, context: Context): Promise<AgentJobs | undefined> {
  const { agent: settings } = run.settings;
  if (!settings) return undefined;
  const results = dirname(paths.folder);
  for (const [typed, hash] of Object.entries(settings.fixtures)) {
    const source = resolve(settings.cwd, typed);
    await assertFixture(source, settings.copy, results);
    if ((await fixtureHash(source, results)) === hash) continue;
    throw userError(
      'fixture-changed',
      `The folder ${typed} is not what this run began with: its files have changed.`,
      'put it back as it was, or start a new run',
    );
  }
  return {
    settings,
    copies: freshCopies(copiesRoot(run), settings.copy, () => randomBytes(6).toString('hex'), results),
    recorder: recorderOf(paths, context.now),
    env: context.env,
  };
}

function recorderOf(paths: RunPaths, now: () => Date): AgentRecorder {
  const add = async (event: Untimed): Promise<void> => {
    await addEvents(paths, now, () => [event]);
  };
  return {
    files: ({ arm, prompt, trial }) => openAgentFiles(paths, arm, prompt, trial),
    started: (name, id, folder) => add({ event: 'trial-started', ...plain(name), ...id, folder }),
    ended: (name, line) => add(endedEvent(name, line)),
    interrupted: (name, worked) => add(interruptedEvent(name, worked)),
    keptAt: ({ arm, prompt, trial }) => paths.agentFile(arm, prompt, trial, 'kept'),
  };
}

const plain = ({ arm, prompt, trial }: TrialName): TrialName => ({ arm, prompt, trial });

export const interruptedEvent = (
  name: TrialName,
  { steps, ms, costUsd }: Pick<Worked, 'steps' | 'ms' | 'costUsd'>,
) => ({
  event: 'trial-interrupted' as const,
  ...plain(name),
  steps,
  seconds: ms / 1000,
  costUsd,
});

export const endedEvent = (name: TrialName, { end, why, steps, failedSteps, ms, costUsd }: AgentEndLine) => ({
  event: 'trial-ended' as const,
  ...plain(name),
  end,
  ...(why !== undefined && { why }),
  steps,
  failedSteps,
  seconds: ms / 1000,
  costUsd,
});
