/**
 * How many calls may be in flight. One cap over all arms together, one per arm; an arm's own limit halves when its
 * provider says "too many" and grows back with success.
 */
import { providerOf } from '../arms/registry.ts';
import { userError } from '../errors.ts';
import type { CallsAtOnce } from '../records/run-events.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { isReplay } from './trial.ts';

/** `-j` as typed: a total, caps by arm, or both. */
export interface Concurrency {
  total?: number;
  arms: Record<string, number>;
}

/** `8`, `closed=8,open=1` or `20,open=1`. Throws (exit 2) on anything else, naming the part. */
export function parseConcurrency(text: string, arms: readonly string[]): Concurrency {
  const parsed: Concurrency = { arms: {} };
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [, name, digits] = /^(?:(.+?)\s*=\s*)?(\d{1,4})$/.exec(part) ?? [];
    const count = Number(digits);
    if (digits === undefined || count < 1) throw badConcurrency(`-j ${text}: "${part}" is not a number of calls.`);
    if (name === undefined) parsed.total = count;
    else if (arms.includes(name)) parsed.arms[name] = count;
    else throw badConcurrency(`-j ${text}: there is no arm "${name}"; the arms are ${arms.join(', ')}.`);
  }
  return parsed;
}

const badConcurrency = (message: string) => userError('bad-concurrency', message, 'write -j 8, or -j closed=8,open=1');

export interface Caps {
  total: number;
  arms: Map<string, number>;
}

type CappedArm = Pick<ArmRecord, 'name' | 'provider' | 'where' | 'slots'> & { concurrency?: number };

/**
 * Caps per arm: `-j NAME=N`, else the arm's own setting, else `-j N`, else the slots that llama.cpp's server
 * says it has, else 1 for Ollama (more only queues in it, and would count as the model's time) and 8 elsewhere. Arms that call nothing are not capped and take no part in the total.
 */
export function capsOf(asked: Concurrency, arms: readonly CappedArm[]): Caps {
  const caps = new Map<string, number>();
  for (const arm of arms) {
    if (isReplay(arm)) continue;
    const usual = asked.total ?? arm.slots ?? providerOf(arm.provider)?.atOnce ?? 8;
    caps.set(arm.name, asked.arms[arm.name] ?? arm.concurrency ?? usual);
  }
  const sum = [...caps.values()].reduce((all, cap) => all + cap, 0);
  return { total: asked.total ?? sum, arms: caps };
}

/** The caps as one number per arm. */
export const atOnceOf = ({ total, arms }: Caps): CallsAtOnce =>
  Object.fromEntries([...arms].map(([name, cap]) => [name, Math.min(cap, total)]));

export interface Limiter {
  room(arm: string): boolean;
  /** Calls that `arm` may have in flight now. */
  limit(arm: string): number;
  /** Returns a ticket to hand back with `throttled`. */
  take(arm: string): number;
  release(arm: string): void;
  succeeded(arm: string): void;
  /** Halves once per wave: calls that started before the last halving say nothing new. */
  throttled(arm: string, ticket: number): void;
  /** One call at a time from here on. */
  single(arm: string): void;
}

interface Lane {
  cap: number;
  limit: number;
  inFlight: number;
  wave: number;
}

export function createLimiter({ total, arms }: Caps): Limiter {
  const lanes = new Map<string, Lane>();
  for (const [name, cap] of arms) lanes.set(name, { cap, limit: cap, inFlight: 0, wave: 0 });
  let inFlight = 0;
  return {
    room(arm) {
      const lane = lanes.get(arm);
      return lane === undefined || (inFlight < total && lane.inFlight < Math.floor(lane.limit));
    },
    limit: (arm) => Math.floor(lanes.get(arm)?.limit ?? Number.POSITIVE_INFINITY),
    take(arm) {
      const lane = lanes.get(arm);
      if (!lane) return 0;
      lane.inFlight += 1;
      inFlight += 1;
      return lane.wave;
    },
    release(arm) {
      const lane = lanes.get(arm);
      if (!lane) return;
      lane.inFlight -= 1;
      inFlight -= 1;
    },
    succeeded(arm) {
      const lane = lanes.get(arm);
      if (lane) lane.limit = Math.min(lane.cap, lane.limit + 1 / lane.limit);
    },
    throttled(arm, ticket) {
      const lane = lanes.get(arm);
      if (!lane || ticket < lane.wave) return;
      lane.limit = Math.max(1, lane.limit / 2);
      lane.wave += 1;
    },
    single(arm) {
      const lane = lanes.get(arm);
      if (lane) Object.assign(lane, { cap: 1, limit: 1 });
    },
  };
}
