/** aider's .aider.chat.history.md: "#### " lines are the user, "> " lines are the tool, the rest is the answer. */
import type { TextForm } from './text-form.ts';

interface Turn {
  role: 'user' | 'assistant';
  content: string;
}

const start = /^# aider chat started at (.+)$/;

export const isAiderHistory = (head: string): boolean => /^\s*# aider chat started at /.test(head);

/** One line of JSON for each conversation that holds a turn. */
export function aiderHistory(text: string, file: string): TextForm {
  const conversations = text
    .split(/\r?\n(?=# aider chat started at )/)
    .map(conversationIn)
    .filter(({ messages }) => messages.length > 0);
  const prompts = conversations.flatMap(({ messages }) => messages.filter(({ role }) => role === 'user')).length;
  return {
    text: conversations.map((conversation) => JSON.stringify(conversation)).join('\n') || '{"aider_chat":null}',
    notes: [
      `${file} is a chat history of aider: ${count(conversations.length, 'conversation')}, ${count(prompts, 'user turn')}.`,
    ],
  };
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function conversationIn(text: string): { aider_chat: string; model?: string; messages: Turn[] } {
  const messages: Turn[] = [];
  let started = '';
  let model: string | undefined;
  // Lines that a person typed stand together; a line of the tool ends what they typed.
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const begins = start.exec(line);
    const says = /^> (?:Main model|Model): (\S+)/.exec(line);
    if (begins) started = begins[1] ?? '';
    else if (says) model = says[1];
    else if (/^>(?: |$)/.test(line)) open = false;
    else if (/^####(?: |$)/.test(line)) add(messages, 'user', line.slice(5).trimEnd(), open);
    else if (messages.length) add(messages, 'assistant', line, true);
    open = line.startsWith('####');
  }
  const turns = messages
    .map(({ role, content }) => ({ role, content: content.replace(/^\s*\n/, '').trimEnd() }))
    .filter(({ content }) => content !== '');
  return { aider_chat: started, ...(model && { model }), messages: turns.filter(isAsked) };
}

/** Slash commands of aider are no prompts. */
const isAsked = ({ role, content }: Turn): boolean => role !== 'user' || !/^\/\w+(?:\s|$)/.test(content);

function add(messages: Turn[], role: Turn['role'], line: string, goesOn: boolean): void {
  const last = messages.at(-1);
  if (goesOn && last?.role === role) last.content += `\n${line}`;
  else if (role === 'user' || line.trim() !== '') messages.push({ role, content: line });
}
