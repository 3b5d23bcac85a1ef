/**
 * What a format's mapper makes of one log record: a prompt before it gets an id, a difficulty and a weight.
 * `settle` holds the rules that all formats share: the last assistant turn is the answer, never part of the prompt;
 * what cannot be replayed fairly is flagged.
 */

import type { JsonObject } from '../records/plain-json.ts';
import type {
  CheckSpec,
  Difficulty,
  LoggedAnswer,
  LoggedToolResult,
  Message,
  PromptFlag,
  ResponseFormat,
  SamplingParams,
  Tool,
  ToolChoice,
} from '../records/prompt-record.ts';
import { holdsMedia, holdsMediaBlock, isCut, isHidden } from './marks.ts';

/** `choices`: how many answers the call gave, of which this is the first. */
export type ReadAnswer = LoggedAnswer & { choices?: number };

export interface Draft {
  messages: Message[];
  tools?: Tool[];
  tool_choice?: ToolChoice;
  response_format?: ResponseFormat;
  params?: SamplingParams;
  ref?: ReadAnswer;
  /** What was hoped for; the reference where the log holds no answer. */
  hoped?: () => ReadAnswer | undefined;
  answers?: Record<string, LoggedAnswer>;
  /** The model that the log names. */
  model?: string;
  /** Counts and time of the logged answer that stand beside it; `settle` puts them there. */
  measured?: Pick<LoggedAnswer, 'usage' | 'latency_ms' | 'cost_usd'>;
  task?: string;
  source_id?: string;
  /** Of the source, where another export of it names the same call by this: only to count that call once. */
  trace_id?: string;
  ts?: string;
  session_id?: string;
  /** A copy of another call, sent to a second model without the user's knowledge: no traffic of its own. */
  silent?: true;
  /** Where an agent works on it. */
  folder?: string;
  tags?: string[];
  flags?: PromptFlag[];
  /** What must be said of this record; counted and printed once for each text. */
  notes?: string[];
  /** Only from gapcheck's own files: what an earlier import found, or a person wrote. */
  checks?: CheckSpec[];
  tool_log?: LoggedToolResult[];
  count?: number;
  source?: { format: string; file: string; line: number };
  difficulty?: Difficulty;
  difficulty_score?: number;
}

/** `skip` is a record that was never a prompt (a tool span, an embedding call): counted, not complained about. */
export type Mapped = { draft: Draft } | { reject: string } | { skip: string };

/** One record of a file, with the line it begins on. */
export interface Row {
  file: string;
  line: number;
  value: JsonObject;
}

export const reject = (reason: string): Mapped => ({ reject: reason });
export const skip = (reason: string): Mapped => ({ skip: reason });

/** Strips the answer off the messages, adds flags; refuses a draft without anything to answer. The draft is its own. */
export function settle(draft: Draft): Mapped {
  const given = draft.messages.length;
  const answer = takeAnswer(draft);
  const { messages } = draft;
  if (messages.length === 0) return reject(given ? 'holds only an answer' : 'holds no messages');
  if (messages.every(isEmptyMessage)) return reject('the prompt is empty');
  const ref = draft.ref ?? answer ?? draft.hoped?.();
  if (ref) draft.ref = answered(draft, ref);
  // Asked first: taking away what is not there costs more than the rest of a row.
  if ('hoped' in draft) delete draft.hoped;
  if ('measured' in draft) delete draft.measured;
  if (messages.some(isEmptyUserTurn)) return reject('a user turn is empty');
  if (!draft.tools && usesTools(draft))
    note(draft, 'tool calls, and no tool definitions in the log: an open model cannot call them');
  const flags = flagsOf(draft);
  if (flags) draft.flags = flags;
  return { draft };
}

/** The logged answer, with its model, counts and time. */
function answered(draft: Draft, given: ReadAnswer): LoggedAnswer {
  if (draft.model && !given.model) given.model = draft.model;
  if (given.choices === undefined && draft.measured === undefined) return given;
  const { choices = 1, ...ref } = given;
  if (choices > 1) note(draft, `the call gave ${choices} choices; the first is the logged answer`);
  return { ...draft.measured, ...ref };
}

/** Takes the logged answer away, where the log says that it is none. */
export function withoutReference(mapped: Mapped, why: string): Mapped {
  if (!('draft' in mapped) || mapped.draft.ref === undefined) return mapped;
  const { ref: _, ...draft } = mapped.draft;
  note(draft, why);
  return { draft };
}

/** Adds a sentence about this record. */
export function note(draft: Draft, text: string): void {
  draft.notes = [...(draft.notes ?? []), text];
}

const usesTools = ({ messages, ref }: Draft): boolean =>
  Boolean(ref?.tool_calls?.length) || messages.some(({ tool_calls }) => tool_calls?.length);

const isEmptyUserTurn = (message: Message): boolean => message.role === 'user' && isEmptyMessage(message);

const isEmptyMessage = (message: Message): boolean =>
  !message.tool_calls?.length && (message.content === null || message.content.length === 0 || isBlank(message.content));
const isBlank = (content: Message['content']): boolean => typeof content === 'string' && !/\S/.test(content);

/** Trailing assistant turns are the logged answer; the last one is what was sent back. */
function takeAnswer(draft: Draft): LoggedAnswer | undefined {
  const { messages } = draft;
  let end = messages.length;
  while (end > 0 && messages[end - 1]?.role === 'assistant') end -= 1;
  if (end === messages.length) return undefined;
  const last = messages.at(-1);
  draft.messages = messages.slice(0, end);
  const answer: LoggedAnswer = { text: plainText(last?.content ?? null) };
  if (last?.tool_calls?.length) answer.tool_calls = last.tool_calls;
  return answer;
}

/** The text of a message; media parts have none. */
export function plainText(content: Message['content']): string {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** A log has millions of messages and few flags: nothing is made for a prompt without any. */
function flagsOf(draft: Draft): PromptFlag[] | undefined {
  const found: PromptFlag[] = [];
  const { messages } = draft;
  let user = false;
  let first: Message | undefined;
  let asked: Set<string> | undefined;
  for (const message of messages) {
    const { role, content } = message;
    if (role === 'user') user = true;
    if (role !== 'system' && role !== 'developer') first ??= message;
    if (message.tool_calls) {
      asked ??= new Set();
      for (const call of message.tool_calls) asked.add(call.id);
    }
    if (role === 'tool' && !asked?.has(message.tool_call_id ?? '')) found.push('dangling-tool-call');
    if (Array.isArray(content) && content.some((part) => part.type === 'media')) found.push('media');
    const text = plainText(content);
    if (role === 'user' && holdsMedia(text)) found.push('media');
    if (role === 'tool' && text.startsWith('[{') && holdsMediaBlock(text)) found.push('media');
    if (isCut(text)) found.push('truncated');
    if (isHidden(text)) found.push('redacted-at-source');
  }
  // A log that begins with a tool's answer left out what was asked before.
  if (first?.role === 'tool') found.push('partial-history');
  if (!user) found.push('no-user-turn');
  const all = draft.flags ? [...draft.flags, ...found] : found;
  return all.length > 0 ? [...new Set(all)] : undefined;
}
