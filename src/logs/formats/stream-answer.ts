/** The chunks of a streamed answer, of Converse or of Anthropic's API → the answer. */
import type { Json } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, ToolCall } from '../../records/prompt-record.ts';
import { usageFrom } from '../answer.ts';
import { compact, filled, objectOf, textOf } from '../fields.ts';

/** Undefined where no chunk holds text or a call. */
export function joinedStream(chunks: readonly Json[]): LoggedAnswer | undefined {
  let text = '';
  let finish: string | undefined;
  let usage: LoggedAnswer['usage'];
  const calls: ToolCall[] = [];
  for (const chunk of chunks.filter(isObject)) {
    const event =
      objectOf(chunk.contentBlockDelta) ??
      objectOf(chunk.contentBlockStart) ??
      objectOf(chunk.messageStop) ??
      objectOf(chunk.metadata) ??
      chunk;
    const delta = objectOf(event.delta);
    const start = objectOf(objectOf(event.start)?.toolUse) ?? toolBlock(event.content_block);
    text += textOf(delta?.text) ?? '';
    if (start)
      calls.push({
        id: filled(start.toolUseId) ?? filled(start.id) ?? '',
        name: filled(start.name) ?? 'tool',
        arguments: '',
      });
    const piece = textOf(objectOf(delta?.toolUse)?.input) ?? textOf(delta?.partial_json);
    const open = calls.at(-1);
    if (piece !== undefined && open) open.arguments += piece;
    finish = filled(event.stopReason) ?? filled(delta?.stop_reason) ?? finish;
    usage = { ...usage, ...usageFrom(objectOf(event.message)?.usage), ...usageFrom(event.usage) };
  }
  if (text === '' && calls.length === 0) return undefined;
  return compact<LoggedAnswer>({
    text,
    tool_calls: calls.length ? calls.map((call) => ({ ...call, arguments: call.arguments || '{}' })) : undefined,
    finish,
    usage: usage && Object.keys(usage).length ? usage : undefined,
  });
}

const toolBlock = (block: Json | undefined): Record<string, Json> | undefined =>
  isObject(block) && block.type === 'tool_use' ? block : undefined;
