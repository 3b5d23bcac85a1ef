/**
 * A logged way of several steps → one prompt that every arm can walk again. App logs hold one record per model call:
 * the history grows by tool calls and their results until a final answer comes. Pure.
 */
import { type Hashing, promptId } from '../records/ids.ts';
import type { LoggedToolResult, Message, PromptRecord, ToolCall } from '../records/prompt-record.ts';

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
  const replay = { ...prompt, messages: prompt.messages.slice(0, turn + 1), tool_log: log };
  return { ...replay, id: promptId(replay, hashing) };
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

/** Results in the order in which they came, each with the call that asked; a result that nobody asked for is left out. */
export function toolLogOf(messages: readonly Message[]): LoggedToolResult[] {
  const open = new Map<string, ToolCall>();
  const log: LoggedToolResult[] = [];
  for (const message of messages) {
    for (const call of message.tool_calls ?? []) open.set(call.id, call);
    const call = message.role === 'tool' ? open.get(message.tool_call_id ?? '') : undefined;
    if (call) log.push({ name: call.name, arguments: call.arguments, result: textOf(message) });
  }
  return log;
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : JSON.stringify(part.value))).join('\n');
}
