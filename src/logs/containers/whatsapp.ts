/** A chat exported from WhatsApp as text: a line for each message, with its time and who wrote it. */
import { userError } from '../../errors.ts';
import { answerers } from '../fields/chat-sides.ts';
import { type DateOrder, dateOrder, type Stamp, stampTime } from '../written-dates.ts';
import type { TextForm } from './text-form.ts';

/** `[05.01.26, 10:15:32] Ana: …` on a phone of Apple, `05/01/2026, 10:15 - Ana: …` on others. */
const start =
  /^[\u200e\ufeff]?(?:\[(\d{1,4})([./-])(\d{1,2})[./-](\d{2,4}),? (\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[ \u202f]([AaPp])\.?[Mm]\.?)?\] |(\d{1,4})([./-])(\d{1,2})[./-](\d{2,4}),? (\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[ \u202f]([AaPp])\.?[Mm]\.?)? - )(.*)$/;
const named = /^[~\u200e ]{0,4}([^:]{1,60}): ?(.*)$/;
const left =
  /^\u200e?<(?:Media omitted|Medien ausgeschlossen|attached: .{1,200}|Multimedia omitido|Médias omis)>$|^\u200e?(?:image|video|audio|sticker|document|GIF) omitted$/iu;

interface Message {
  from: string;
  text: string;
  stamp: Stamp;
}

export function isWhatsApp(head: string, file: string): boolean {
  if (/\.(?:csv|tsv|jsonl?|ndjson)$/i.test(file)) return false;
  const lines = head.split(/\r?\n/, 40).filter((line) => line.trim() !== '');
  const said = lines.filter((line) => named.test(start.exec(line)?.[17] ?? ''));
  return start.test(lines[0] ?? '') && said.length >= 2;
}

/** One row for each message. Refused where no name is that of a bot: then nobody says who of them answers. */
export function whatsAppChat(text: string, file: string): TextForm {
  const messages = messagesIn(text);
  const names = messages.map(({ from }) => from);
  const answering = answerers(names);
  if (!answering)
    throw userError(
      'logs.chat-sides',
      `${file} is a chat of WhatsApp between ${[...new Set(names)].slice(0, 4).join(', ')}: none of the names is that of a bot, so nothing says who answers.`,
      'write one JSON line for each message, with role (user or assistant) and content, and import that file',
    );
  // Phones write dates in the order of their country.
  const order = dateOrder(messages.map(({ stamp }) => stamp));
  const rows = messages.map((message) => rowOf(message, answering, order));
  return {
    text: rows.map((row) => JSON.stringify(row)).join('\n'),
    notes: [`${file} is a chat of WhatsApp: ${[...answering].join(' and ')} answers.`],
  };
}

/** A line without a time goes on with the message above it; a line without a name is the service's own. */
function messagesIn(text: string): Message[] {
  const messages: Message[] = [];
  let open: Message | undefined;
  for (const line of text.split(/\r?\n/)) {
    const begins = start.exec(line);
    if (!begins) {
      if (open) open.text += `\n${line}`;
      continue;
    }
    const [, from, said = ''] = named.exec(begins[17] ?? '') ?? [];
    open = from === undefined ? undefined : { from: from.trim(), text: said, stamp: stampOf(begins) };
    if (open) messages.push(open);
  }
  return messages.map((message) => ({ ...message, text: message.text.trim() })).filter(({ text }) => text !== '');
}

/** First number, separator, second, third, hour, minute, second, half of the day. */
const stampOf = (found: RegExpExecArray): Stamp =>
  Array.from({ length: 8 }, (_, at) => found[at + 1] ?? found[at + 9] ?? '');

function rowOf({ from, text, stamp }: Message, answering: ReadonlySet<string>, order: DateOrder | undefined): object {
  const role = answering.has(from) ? 'assistant' : 'user';
  const time = order && stampTime(stamp, order);
  const content = left.test(text) ? { content: '', attachments: [{ type: 'file', name: text }] } : { content: text };
  return { role, ...content, ...(time !== undefined && { timestamp: time }) };
}
