/**
 * A logged way of several steps → one prompt that every arm can walk again. App logs hold one record per model call:
 * the history grows by tool calls and their results until a final answer comes. Pure.
 */
import { type Hashing, promptId } from '../records/ids.ts';
import type { Message, PromptRecord } from '../records/prompt-record.ts';
import { toolLogOf } from '../text/recorded-results.ts';

/**
 * Cuts the messages back to the last user turn and keeps the tool results of the whole history in `tool_log`. The
 * logged answer stays the reference: it is where that way ended. A prompt whose history has no tool results, no tools
 * or no user turn comes back as it is.
 *
 * Records of the same way get the same id, because the id is made of what is sent; `asReplays` keeps the one that went furthest.
 */
export function asReplay(prompt: PromptRecord, hashing: Hashing): PromptRecord {
  if (!prompt.tools?.length) return prompt;
  const log = toolLogOf(prompt.messages);
  const turn = prompt.messages.findLastIndex(({ role }) => role === 'user');
  if (log.length === 0 || turn < 0) return prompt;
  const way = prompt.messages.slice(turn + 1);
  // A frozen line of an earlier run: what came after its last turn is in its own log.
  if (way.length === 0 && (prompt.tool_log?.length ?? 0) > log.length) return prompt;
  const replay = { ...prompt, messages: prompt.messages.slice(0, turn + 1), tool_log: log, ...withWay(prompt, way) };
  return { ...replay, id: promptId(replay, hashing) };
}

/** The logged answer with the calls that led to it, as a model that walks the way again is shown with its own. */
function withWay({ ref }: PromptRecord, way: readonly Message[]): Pick<PromptRecord, 'ref'> {
  const calls = way.flatMap(({ tool_calls = [] }) => tool_calls);
  return ref === undefined || calls.length === 0 ? {} : { ref: { ...ref, earlier_calls: calls } };
}

/**
 * All prompts of a log: the records of one way become one prompt, in the place of the first, with the log and the
 * reference of the one that went furthest. How often a way occurred is what the first record says: later steps of the
 * same way are no further traffic.
 */
export function asReplays(prompts: readonly PromptRecord[], hashing: Hashing): PromptRecord[] {
  const byId = new Map<string, PromptRecord>();
  for (const prompt of prompts) {
    const replay = asReplay(prompt, hashing);
    const known = byId.get(replay.id);
    byId.set(replay.id, known ? furthest(known, replay) : replay);
  }
  return [...byId.values()];
}

function furthest(known: PromptRecord, other: PromptRecord): PromptRecord {
  if ((other.tool_log?.length ?? 0) <= (known.tool_log?.length ?? 0)) return known;
  return { ...other, ...(known.count !== undefined && { count: known.count }) };
}
