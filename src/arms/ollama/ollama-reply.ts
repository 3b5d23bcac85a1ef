/** Ollama's stream as one reply: what may be believed of its counts, and what its durations hold. */
import type { Usage } from '../../records/prompt-record.ts';
import { ArmError, type ArmReply, type ArmRequest } from '../arm.ts';
import type { OllamaState } from './ollama-describe.ts';
import { notHonoured, roughTokens } from './ollama-request.ts';

export interface ChatPart {
  model?: string;
  message?: {
    content?: string;
    thinking?: string;
    tool_calls?: { id?: string; function: { name: string; arguments: unknown } }[];
  };
  done?: boolean;
  done_reason?: string;
  total_duration?: number;
  load_duration?: number;
  prompt_eval_count?: number;
  eval_count?: number;
  eval_duration?: number;
}

export interface Gathered {
  text: string;
  thought: string;
  calls: { id: string; name: string; arguments: string }[];
  last: ChatPart | undefined;
  ttft: number | undefined;
  total: number;
  parts: number;
}

export const gathering = (): Gathered => ({
  text: '',
  thought: '',
  calls: [],
  last: undefined,
  ttft: undefined,
  total: 0,
  parts: 0,
});

export function replyOf(state: OllamaState, request: ArmRequest, window: number, gathered: Gathered): ArmReply {
  const { text, thought, calls, last } = gathered;
  const partial = text ? { partial: text } : {};
  if (!last) throw new ArmError('cut', 'the reply ended without "done"', partial);
  if (!last.done_reason) throw new ArmError('cut', 'the reply ended without a reason', partial);
  checkCut(request, window, last);
  const adjusted = [...state.adjusted, ...notHonoured(request), ...contextFull(last, window, request)];
  return {
    text,
    ...(thought && { reasoning: thought }),
    ...(calls.length > 0 && { toolCalls: calls }),
    finish: last.done_reason,
    ...(last.model && { model: last.model }),
    usage: usageOf(last, request),
    ms: timingsOf(last, gathered),
    ...(adjusted.length > 0 && { adjusted }),
  };
}

/** `length` has two causes; only the counts tell a full window from the output cap. */
function contextFull(
  { done_reason, prompt_eval_count = 0, eval_count = 0 }: ChatPart,
  window: number,
  { params }: ArmRequest,
) {
  const full = done_reason === 'length' && eval_count < params.max_tokens && prompt_eval_count + eval_count >= window;
  return full ? [`answer cut: the window of ${window} tokens was full`] : [];
}

/**
 * Servers before 0.12.6 ignore `truncate: false` and cut the prompt silently: to the whole window, or to half of it.
 * The count shows it, once the prompt is surely longer than the window (6 bytes a token is sparse even for English).
 */
function checkCut(request: ArmRequest, window: number, { prompt_eval_count: count }: ChatPart): void {
  if (count === undefined || roughTokens(request) / 2 < window) return;
  const half = Math.abs(count - (window / 2 + 4)) <= 3;
  if (count < window && !half) return;
  throw new ArmError(
    'too-long',
    `the prompt does not fit into ${window} tokens; the server cut it to ${count} without a word`,
    {
      hint: 'update Ollama (0.12.6 or newer says so instead of cutting)',
    },
  );
}

/** A count far below the text's length leaves out what was cached (Ollama before 0.2, and 0.30.0): unknown then. */
function usageOf({ prompt_eval_count, eval_count }: ChatPart, request: ArmRequest): Usage {
  const credible = prompt_eval_count !== undefined && prompt_eval_count >= roughTokens(request) / 8;
  return {
    ...(credible && { in: prompt_eval_count }),
    ...(eval_count !== undefined && { out: eval_count }),
  };
}

/** Loading and the scheduler's queue are in load_duration; neither is the model's own work. */
function timingsOf(
  { total_duration, load_duration = 0, eval_count, eval_duration }: ChatPart,
  { ttft, total }: Gathered,
) {
  const load = load_duration / 1e6;
  const own = (total_duration ? total_duration / 1e6 : total) - load;
  const speed = eval_count && eval_duration ? eval_count / (eval_duration / 1e9) : undefined;
  return {
    total: Math.max(0, Math.round(own)),
    load: Math.round(load),
    ...(ttft !== undefined && { ttft: Math.max(0, Math.round(Math.min(ttft - load, own))) }),
    ...(speed !== undefined && { tokensPerSecond: Math.round(speed * 10) / 10 }),
  };
}
