/** One agent at its job, watched: every step is kept as it comes, and a limit that is reached ends it. */
import type { AgentEvent, AgentJob, Arm } from '../../arms/arm.ts';
import type { AgentSettings, AgentStep } from '../../records/agent-record.ts';
import type { Usage } from '../../records/prompt-record.ts';
import { costOf, type Rates } from '../token-estimate.ts';
import type { Ending } from './agent-end.ts';

export interface WorkOptions {
  settings: AgentSettings;
  rates?: Rates | undefined;
  signal: AbortSignal;
  /** Each gets what is printed or told, free of secrets. */
  clean(text: string): string;
  output(piece: Uint8Array): void;
  step(step: AgentStep): void;
  onStep?: (() => void) | undefined;
}

export interface Worked {
  ending: Omit<Ending, 'left'>;
  /** Ctrl-C or SIGTERM cut it off. */
  interrupted: boolean;
  ms: number;
  steps: number;
  failedSteps: number;
  usage: Usage;
  /** Null where neither the stream nor a price tells. */
  costUsd: number | null;
  text: string;
  model?: string;
  stderr: string;
}

type Limit = NonNullable<Ending['limit']>;

export async function workOn(
  arm: Required<Pick<Arm, 'job'>>,
  job: AgentJob,
  { settings, rates, signal, ...told }: WorkOptions,
): Promise<Worked> {
  const began = performance.now();
  const ender = new AbortController();
  let limit: Limit | undefined;
  const stop = (why?: Limit): void => {
    if (!ender.signal.aborted) limit = why;
    ender.abort();
  };
  const interrupt = (): void => stop();
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) stop();
  const idle = idleWatch(settings.idleMs, () => stop('hang'));
  const timer = setTimeout(() => stop('time'), settings.timeMs);
  const tally = tallyOf(rates);
  const lines = wholeLines((line) => told.output(Buffer.from(`${told.clean(line)}\n`)));
  try {
    for await (const event of arm.job(job, { signal: ender.signal })) {
      if (event.type === 'output') {
        idle.beat();
        if (event.from === 'stdout') lines.add(event.piece);
        continue;
      }
      const step = tally.take(event, told.clean);
      if (step) {
        told.step(step);
        told.onStep?.();
      }
      if (settings.costUsd !== undefined && (tally.cost() ?? 0) > settings.costUsd) stop('cost');
    }
    lines.end();
    const ms = Math.round(performance.now() - began);
    return tally.end(ms, limit, signal.aborted && limit === undefined, told.clean);
  } finally {
    clearTimeout(timer);
    idle.end();
    signal.removeEventListener('abort', interrupt);
  }
}

/** Re-armed with what is left instead of once per piece. */
function idleWatch(idleMs: number, hang: () => void) {
  let last = performance.now();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const left = last + idleMs - performance.now();
    if (left <= 0) hang();
    else timer = setTimeout(look, left);
  };
  look();
  return {
    beat: (): void => {
      last = performance.now();
    },
    end: (): void => clearTimeout(timer),
  };
}

/** What the events of one agent add up to. */
export function tallyOf(rates: Rates | undefined) {
  let steps = 0;
  let failedSteps = 0;
  let usage: Usage = {};
  let told: number | undefined;
  let person: Ending['person'];
  let result: { text?: string; error?: string } = {};
  let model: string | undefined;
  let exit: Extract<AgentEvent, { type: 'exit' }> | undefined;
  /** A price that somebody set wins over what a harness says: it takes a local model for free, or does not know it. */
  const cost = (): number | undefined => (rates && costOf(usage, rates)) ?? told;

  function takeStep(event: Extract<AgentEvent, { type: 'step' }>, clean: (text: string) => string): AgentStep {
    steps += 1;
    if (event.ok === false) failedSteps += 1;
    if (person) person = { ...person, last: false };
    return { ...event, n: steps, text: clean(event.text) };
  }

  const spent = () => ({ steps, failedSteps, usage, costUsd: rounded(cost()) });

  return {
    cost,
    spent,
    take(event: AgentEvent, clean: (text: string) => string): AgentStep | undefined {
      if (event.type === 'step') return takeStep(event, clean);
      if (event.type === 'usage') {
        usage = event.usage;
        told = event.costUsd ?? told;
      }
      if (event.type === 'need-person') person = { why: clean(event.why).slice(0, 60), last: true };
      if (event.type === 'result') result = event;
      if (event.type === 'model') model = event.model;
      if (event.type === 'exit') exit = event;
      return undefined;
    },
    end(ms: number, limit: Limit | undefined, interrupted: boolean, clean: (text: string) => string): Worked {
      const { error } = result;
      return {
        ending: {
          ...(limit && { limit }),
          code: exit?.code ?? null,
          signal: exit?.signal ?? null,
          stream: exit?.stream,
          ...(person && { person }),
          ...(error !== undefined && { error: clean(error) }),
        },
        interrupted,
        ms,
        ...spent(),
        text: clean(result.text ?? exit?.text ?? ''),
        ...(model !== undefined && { model: clean(model) }),
        stderr: clean(exit?.stderr ?? ''),
      };
    },
  };
}

/** Sums of fractions leave crumbs. */
const rounded = (dollars: number | undefined): number | null =>
  dollars === undefined ? null : Math.round(dollars * 1e9) / 1e9;

/** A secret may be cut by the border of two pieces, never by that of a line. */
function wholeLines(say: (line: string) => void) {
  const decoder = new TextDecoder();
  const longest = 1 << 20;
  let open = '';
  const cut = (): void => {
    const lines = open.split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) say(line);
    if (open.length > longest) {
      say(open);
      open = '';
    }
  };
  return {
    add(piece: Uint8Array): void {
      open += decoder.decode(piece, { stream: true });
      cut();
    },
    end(): void {
      if (open !== '') say(open);
      open = '';
    },
  };
}
