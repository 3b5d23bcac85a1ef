/** Anthropic Messages bodies: a request per record, alone or beside its response. */
import type { Json } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject, settle } from '../draft.ts';
import { listOf, type Maybe } from '../fields.ts';
import { requestFrom } from '../request.ts';
import { aroundRequest } from './chat.ts';
import type { LogFormat } from './format.ts';

const blockTypes = new Set(['tool_use', 'tool_result', 'thinking', 'document']);

export const anthropic: LogFormat = {
  name: 'anthropic',
  title: 'Anthropic Messages requests',
  sign: (record) => {
    const messages = listOf(record.messages);
    if (!messages) return undefined;
    if (record.system !== undefined) return { score: 0.7, why: '`system` stands beside `messages`' };
    if (listOf(record.tools)?.some((tool) => isObject(tool) && tool.input_schema !== undefined))
      return { score: 0.75, why: 'tools have input_schema' };
    return messages.some(hasBlock) ? { score: 0.7, why: 'messages have tool_use or tool_result blocks' } : undefined;
  },
  map: (record) => {
    const request = requestFrom(record);
    return request ? settle({ ...request, ...aroundRequest(record, record) }) : reject('messages that cannot be read');
  },
};

const hasBlock = (message: Json): boolean =>
  isObject(message) &&
  (listOf(message.content as Maybe)?.some(
    (block) => isObject(block) && typeof block.type === 'string' && blockTypes.has(block.type),
  ) ??
    false);
