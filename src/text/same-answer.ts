/**
 * Whether two recorded answers are one and the same, so that no rater has to compare them. Nothing is folded but line
 * endings and outer white space: emoji, list signs and names decide between right and wrong answers.
 */
import { compactJson } from './json-lines.ts';
import { isBlankText } from './judged.ts';

/** An answer as the record has it: before any mask, view or check. */
export interface RecordedAnswer {
  text: string;
  toolCalls?: readonly { name: string; arguments: string; earlier?: true }[];
  /** What an agent changed. */
  diff?: string;
}

/** What the model said: words in a refusal field of the API stand where its text is blank. */
export const recordedText = ({ text = '', refusal }: { text?: string; refusal?: string | undefined }): string =>
  isBlankText(text) ? refusal || text : text;

/** Equal records. Arguments of tool calls may differ in the blanks between JSON tokens: some servers write them again. */
export const sameAnswer = (a: RecordedAnswer, b: RecordedAnswer): boolean => answerKey(a) === answerKey(b);

/** One text for all answers that are the same. */
export const answerKey = ({ text, toolCalls = [], diff }: RecordedAnswer): string =>
  JSON.stringify([
    text.replace(/\r\n?/g, '\n').trim(),
    ...toolCalls.map(({ name, arguments: args, earlier }) => [
      name,
      compactJson(args),
      ...(earlier ? ['earlier'] : []),
    ]),
    ...(diff === undefined ? [] : [['diff', '', diff.replace(/\r\n?/g, '\n').trim()]]),
  ]);

/** Nothing that a person could read: neither letters nor signs, nor a tool call, nor a change. */
export const isBlank = ({ text, toolCalls, diff = '' }: RecordedAnswer): boolean =>
  (toolCalls ?? []).length === 0 && isBlankText(text) && diff.trim() === '';
