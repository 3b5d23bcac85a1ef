/** Results that tools gave in a log: those that the messages hold, and those that came after them. */
import type { LoggedToolResult, Message, PromptRecord, ToolCall } from '../records/prompt-record.ts';

/** A result as a rater sees it: without the arguments of the call, which would tell whose side asked the same. */
export type RecordedResult = Pick<LoggedToolResult, 'name' | 'result'>;

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

/** What came after the last message: played back to a model that asks, and shown to raters beside both answers. */
export function recordedResults(prompt: Pick<PromptRecord, 'messages' | 'tool_log'>): RecordedResult[] {
  const log = prompt.tool_log ?? [];
  if (log.length === 0) return [];
  return log.slice(toolLogOf(prompt.messages).length).map(({ name, result }) => ({ name, result }));
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : JSON.stringify(part.value))).join('\n');
}
