/** The roles of messages by every word that a log of a chat API has for them. */
import type { Message } from '../records/prompt-record.ts';
import type { Maybe } from './fields.ts';

const roles: Record<string, Message['role']> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  chatbot: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
  tool_response: 'tool',
  humanmessage: 'user',
  aimessage: 'assistant',
  aimessagechunk: 'assistant',
  systemmessage: 'system',
  toolmessage: 'tool',
  functionmessage: 'tool',
  humanmessagechunk: 'user',
  usermessage: 'user',
  assistantmessage: 'assistant',
  functionexecutionresultmessage: 'tool',
};

export const roleFrom = (value: Maybe): Message['role'] | undefined =>
  typeof value === 'string' ? roles[value.toLowerCase()] : undefined;

const itemKinds = /^(?:message|reasoning|item_reference|(?:custom_tool|function|tool)_call(?:_output)?|[a-z_]+_call)$/;
/** A speaker, or a kind of item as the Responses API has them. */
export const isMessageKind = (type: Maybe): boolean =>
  typeof type === 'string' && (roleFrom(type) !== undefined || itemKinds.test(type));
