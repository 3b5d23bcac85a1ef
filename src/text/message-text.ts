import type { Message } from '../records/prompt-record.ts';

/** The words of a message; media have none. */
export function messageText({ content }: Pick<Message, 'content'>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

/** The words of the last turn of the user; '' where there is none. */
export function lastRequest(messages: readonly Message[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? messageText(last) : '';
}
