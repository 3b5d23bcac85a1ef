/**
 * attempts/<arm>.jsonl: one line per model call. A line is with the operating system when `append` returns, which
 * survives a kill; it is on the disk itself within a fraction of a second, which survives a power cut.
 */
import type { StepRecord } from '../records/attempt-record.ts';
import { oddInStep } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { oddRecord } from '../records/schema-number.ts';
import { cannotWrite } from './cannot-write.ts';
import { farAbove, farFromBytes } from './far-texts.ts';
import { fileSize } from './file-lines.ts';
import { type Appender, eachLine, openAppender } from './jsonl.ts';
import type { RunPaths } from './layout.ts';

const syncEveryMs = 250;

export interface ReadSteps {
  steps: StepRecord[];
  warnings: string[];
}

/** The fields that make a step long, and two that differ in each and are seldom looked at. */
const longFields = [
  'text',
  'reasoning',
  'tool_calls',
  'tool_results',
  'at',
  'sourceId',
] as const satisfies (keyof StepRecord)[];

/**
 * The texts of a file above `farFrom` bytes stay in it until they are used. `asked`: the run's prompts, whose ids the
 * steps then share.
 */
export function readAttempts(
  paths: RunPaths,
  arm: string,
  farFrom: number = farFromBytes,
  asked: readonly Pick<PromptRecord, 'id'>[] = [],
): ReadSteps {
  const path = paths.attempts(arm);
  const warnings: string[] = [];
  const steps: StepRecord[] = [];
  const far = farAbove<StepRecord>(path, longFields, farFrom);
  const ids = new Map(fileSize(path) > farFrom ? asked.map(({ id }) => [id, id]) : []);
  for (const { value, line, from } of eachLine(path, warnings)) {
    const odd = oddInStep(value);
    if (odd !== undefined) throw oddRecord(`${path}:${line}`, odd);
    const step = value as StepRecord;
    step.prompt = ids.get(step.prompt) ?? step.prompt;
    steps.push(far(step, from));
  }
  return { steps, warnings };
}

export interface AttemptsWriter {
  append(arm: string, step: StepRecord): Promise<void>;
  close(): Promise<void>;
}

/** Hold the run's lock. Disk errors come as GapcheckError and leave earlier lines whole. */
export function openAttempts(paths: RunPaths): AttemptsWriter {
  const appenders = new Map<string, Appender>();
  const unsynced = new Set<Appender>();
  let failure: unknown;
  const timer = setInterval(() => {
    const waiting = [...unsynced];
    unsynced.clear();
    for (const appender of waiting) appender.sync().catch((error: unknown) => (failure = error));
  }, syncEveryMs);
  timer.unref();
  const appenderOf = (arm: string): Appender => {
    const appender = appenders.get(arm) ?? openAppender(paths.attempts(arm));
    appenders.set(arm, appender);
    return appender;
  };
  return {
    async append(arm, step) {
      try {
        if (failure !== undefined) throw failure;
        const appender = appenderOf(arm);
        appender.append(step);
        unsynced.add(appender);
      } catch (error) {
        throw cannotWrite(paths.folder, error);
      }
    },
    async close() {
      clearInterval(timer);
      for (const appender of appenders.values()) {
        await appender.sync();
        appender.close();
      }
    },
  };
}
