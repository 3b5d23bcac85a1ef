/** The figures of an audit. */
import type { LogTraffic } from '../records/run-record.ts';

export interface Audit {
  /** Usable records, duplicates included. */
  records: number;
  tasks: { task: string; records: number }[];
  models: { model: string; records: number; tokens: number; costUsd?: number; unpriced?: Unpriced }[];
  /** First and last time in the log, ISO; absent where records carry none. */
  from?: string;
  to?: string;
  tokens: { in: number; out: number /** Records counted by characters ÷ 4, not by the provider. */; estimated: number };
  /** Absent where the log spans less than an hour or has no times. */
  perDay?: { records: number; tokens: number };
  /** Volume of whole weeks, peak and cached share; absent where records carry no time. */
  traffic?: LogTraffic;
  /** Dollars of the records whose cost is known; `listed` of them at list prices, because the log has no cost. */
  spend?: {
    usd: number;
    records: number;
    /** Of these records. */
    tokens: number;
    listed?: number;
    /** Of the listed ones, how many by estimated tokens. */
    estimated?: number;
    /** Models without a price. */
    unknown?: string[];
    /** Models that take the price of another name, such as the undated one. */
    as?: { model: string; price: string }[];
    /** Of what has a price, and of nothing else. */
    perMonth?: number;
    months12?: number;
    months24?: number;
  };
  answers: { logged: number; failed: number; cut: number; refused: number };
  /** Milliseconds, of the records that have one. */
  latency?: { records: number; p50: number; p95: number };
  /** Kinds of prompts that the log has none of, or that it has. */
  kinds: { longContext: number; manyTurns: number; tools: number; refusals: number; json: number; hard: number };
}

/** Answered calls of a model whose cost the log does not have. `in` includes `cached`. */
export interface Unpriced {
  records: number;
  /** Records whose tokens are characters ÷ 4. */
  estimated: number;
  in: number;
  out: number;
  cached: number;
}
