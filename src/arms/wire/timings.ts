/** Timings of a streamed reply, as StepTimings wants them. */
import type { StepTimings } from '../../records/attempt-record.ts';

/** Shorter than this, a reply came in one burst and says nothing about speed. */
const burstMs = 50;

/** `out`: output tokens, if known. `told`: tokens per second, where the server itself says so. */
export function replyTimings(
  out: number | undefined,
  ttft: number | undefined,
  total: number,
  told?: number,
): StepTimings {
  const generating = ttft === undefined ? 0 : total - ttft;
  const measured = out !== undefined && out > 1 && generating > burstMs ? (out - 1) / (generating / 1000) : undefined;
  const speed = told ?? measured;
  return {
    total: Math.round(total),
    ...(ttft !== undefined && { ttft: Math.round(ttft) }),
    ...(speed !== undefined && { tokensPerSecond: Math.round(speed * 10) / 10 }),
  };
}
