/** Timings of a streamed reply, as StepTimings wants them. */
import type { StepTimings } from '../../records/attempt-record.ts';

/** Shorter than this, a reply came in one burst and says nothing about speed. */
const burstMs = 50;

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** `out`: output tokens, if known. `told` and `read`: tokens per second written and read, where the server itself says so. */
export function replyTimings(
  out: number | undefined,
  ttft: number | undefined,
  total: number,
  told?: number,
  read?: number,
): StepTimings {
  const generating = ttft === undefined ? 0 : total - ttft;
  const measured = out !== undefined && out > 1 && generating > burstMs ? (out - 1) / (generating / 1000) : undefined;
  const speed = told ?? measured;
  return {
    total: Math.round(total),
    ...(ttft !== undefined && { ttft: Math.round(ttft) }),
    ...(speed !== undefined && { tokensPerSecond: tenths(speed) }),
    ...(read !== undefined && { readPerSecond: tenths(read) }),
  };
}
