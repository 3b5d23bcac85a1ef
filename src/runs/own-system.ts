/** The system text that an arm declares for itself. Every other message stays byte for byte what the log has. */
import type { ArmConfig } from '../arms/arm.ts';
import type { Message } from '../records/prompt-record.ts';

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';

export function withSystem(messages: Message[], own: ArmConfig['system']): Message[] {
  if (own === undefined) return messages;
  const first = messages.find(isSystem);
  const message: Message = { role: first?.role ?? 'system', content: own.text };
  if (own.mode === 'replace') return [message, ...messages.filter((one) => !isSystem(one))];
  const last = messages.findLastIndex(isSystem);
  // Behind the log's own, as a message of its own: nothing of the log's text changes.
  return [...messages.slice(0, last + 1), message, ...messages.slice(last + 1)];
}
