/** Ollama's reply: what may be believed of its counts, what its durations hold, and whether it read the whole prompt. */
import type { ArmReply, ArmRequest } from '../arm.ts';
import { replyOf } from '../wire/accumulate.ts';
import { number } from '../wire/dialects/values.ts';
import { endWords } from '../wire/end-words.ts';
import type { Folded } from '../wire/folded.ts';
import { keptCall } from '../wire/kept-call.ts';
import type { ReadReply } from '../wire/read-reply.ts';
import { assertReadWhole } from '../wire/read-whole.ts';
import type { OllamaState } from './ollama-describe.ts';
import { notHonoured } from './ollama-request.ts';

export function replyFrom(
  state: OllamaState,
  request: ArmRequest,
  window: number,
  folded: Folded,
  times: ReadReply,
): ArmReply {
  const reply = replyOf(folded, (name) => name);
  const last = folded.last ?? {};
  // Its counts leave out what was cached: unknown then.
  const counted = state.countsCached ? {} : { in: reply.usage.in };
  assertReadWhole(state.counting, request, counted.in);
  const { in: _in, ...rest } = reply.usage;
  const usage = counted.in === undefined ? rest : reply.usage;
  const adjusted = [...state.adjusted, ...notHonoured(request), ...endWords(reply, window, request, times.looped)];
  return {
    ...reply,
    ...keptCall(reply, request),
    usage,
    ms: timingsOf(last, times),
    ...(adjusted.length > 0 && { adjusted }),
  };
}

/** Loading and the scheduler's queue are in load_duration; neither is the model's own work. */
function timingsOf(last: Record<string, unknown>, { ttft, total }: ReadReply) {
  const load = (number(last.load_duration) ?? 0) / 1e6;
  const whole = number(last.total_duration);
  const own = (whole ? whole / 1e6 : total) - load;
  const count = number(last.eval_count);
  const spent = number(last.eval_duration);
  const speed = perSecond(count, spent);
  const read = perSecond(number(last.prompt_eval_count), number(last.prompt_eval_duration));
  return {
    total: Math.max(0, Math.round(own)),
    load: Math.round(load),
    ...(ttft !== undefined && { ttft: Math.max(0, Math.round(Math.min(ttft - load, own))) }),
    ...(speed !== undefined && { tokensPerSecond: speed }),
    ...(read !== undefined && { readPerSecond: read }),
  };
}

/** `spent`: nanoseconds. Absent where the server did not say. */
const perSecond = (tokens: number | undefined, spent: number | undefined): number | undefined =>
  tokens && spent ? Math.round((tokens / (spent / 1e9)) * 10) / 10 : undefined;
