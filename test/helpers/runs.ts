/** Prompts, settings and scripted arms for the runner's tests. */
import { type Arm, ArmError, type ArmReply, type ArmRequest } from '../../src/arms/arm.ts';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../../src/records/run-record.ts';
import type { RunnerArm } from '../../src/runs/lane.ts';
import type { AttemptSink } from '../../src/runs/run-options.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const settings = (changes: Partial<RunSettings> = {}): RunSettings => ({
  n: 24,
  raters: 1,
  checkN: 24,
  trials: 1,
  retries: 2,
  retryMode: 'same',
  seed: 1,
  maxTokens: 100,
  temperature: 0,
  endpoint: 'preference',
  hard: null,
  redact: true,
  maxSteps: 10,
  ...changes,
});

export const promptAt = (index: number, changes: Partial<PromptRecord> = {}): PromptRecord => ({
  id: `p_${index.toString(16).padStart(16, '0')}`,
  task: 'summary',
  messages: [{ role: 'user', content: `Prompt ${index}` }],
  difficulty: 'easy',
  weight: 1,
  source: { format: 'csv', file: 'prompts.csv', line: index + 2 },
  ...changes,
});

export const promptsOf = (count: number): PromptRecord[] =>
  Array.from({ length: count }, (_, index) => promptAt(index));

export const recordOf = (name: string, changes: Partial<ArmRecord> = {}): ArmRecord => ({
  name,
  role: name === 'closed' ? 'closed' : 'open',
  spec: `openai:${name}-model`,
  provider: 'openai',
  model: `${name}-model`,
  identity: name,
  host: '127.0.0.1:9',
  leavesMachine: true,
  ...changes,
});

export interface Call {
  request: ArmRequest;
  /** How often this prompt and trial was asked before, in this process. */
  before: number;
  signal: AbortSignal;
}

/** What a scripted arm does with a call: text, a reply, or an error to throw. */
export type Script = (
  call: Call,
) => string | Partial<ArmReply> | ArmError | Promise<string | Partial<ArmReply> | ArmError>;

export interface ScriptedArm extends RunnerArm {
  calls: ArmRequest[];
  /** Most calls in flight at once. */
  readonly peak: number;
}

/** Each call takes `ms` of the clock's time. */
export function scriptedArm(
  name: string,
  script: Script,
  options: { clock?: VirtualClock; ms?: number; record?: Partial<ArmRecord>; arm?: Partial<Arm> } = {},
): ScriptedArm {
  const { clock, ms = 200 } = options;
  const record = recordOf(name, options.record);
  const asked = new Map<string, number>();
  const calls: ArmRequest[] = [];
  let inFlight = 0;
  let peak = 0;
  const arm: Arm = {
    config: { name, role: record.role, spec: record.spec, provider: record.provider, model: record.model },
    describe: async () => record,
    async call(request, { signal }) {
      const key = `${request.prompt.id}#${request.trial}`;
      const before = asked.get(key) ?? 0;
      asked.set(key, before + 1);
      calls.push(request);
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      try {
        await clock?.sleep(ms, signal);
        const said = await script({ request, before, signal });
        if (said instanceof ArmError) throw said;
        const reply = typeof said === 'string' ? { text: said } : said;
        return {
          text: '',
          finish: 'stop',
          usage: { in: 10, out: 20 },
          ms: { total: ms },
          model: record.model,
          ...reply,
        };
      } finally {
        inFlight -= 1;
      }
    },
    ...options.arm,
  };
  return {
    arm,
    record,
    calls,
    get peak() {
      return peak;
    },
  };
}

export interface MemorySink extends AttemptSink {
  steps: Record<string, StepRecord[]>;
}

export function memorySink(): MemorySink {
  const steps: Record<string, StepRecord[]> = {};
  return {
    steps,
    async append(arm, step) {
      const list = steps[arm] ?? [];
      steps[arm] = list;
      list.push(structuredClone(step));
    },
  };
}
