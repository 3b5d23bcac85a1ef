/**
 * The one step from what was recorded to what is judged, for every source of answers: the block of thought and the
 * template's tokens go, and outer white space with them. The record itself is never cut.
 */
import type { StepRecord } from '../records/attempt-record.ts';
import type { Message, PromptRecord } from '../records/prompt-record.ts';
import { messageText } from './message-text.ts';
import { type Split, type SplitOptions, splitReasoning, strayClosingTag } from './reasoning-block.ts';
import { behindFirstToken, withoutEndTokens } from './special-tokens.ts';

declare const brand: unique symbol;
/** Text that went through `judgedText`: what checks, counts and masks read. */
export type JudgedText = string & { readonly [brand]: 'judged' };

export interface Judged {
  text: JudgedText;
  /** Of the field that the server has for it, and of the text's own block. */
  reasoning?: string;
  /** Template tokens that stood at the end of the record. */
  endTokens: number;
  /** A closing tag of thought without its opening one: it stays in the text. */
  strayTag?: string;
}

export interface Known {
  prompt: Pick<PromptRecord, 'messages'>;
  /** The end of the arm's chat template, where the server tells it. */
  templateEnds?: string | undefined;
}

type Recorded = Pick<StepRecord, 'text' | 'reasoning' | 'refusal' | 'finish'>;

/** Pure and idempotent on its own text. Words in a refusal field are the answer where there is no other. */
export function judgedText(step: Recorded, { prompt, templateEnds }: Known): Judged {
  const { text: recorded = '', refusal = '', finish = '' } = step;
  const promptText = askedText(prompt.messages);
  const small = promptText.toLowerCase();
  const split = splitAtStart(recorded, promptText, { promptText: small, templateEnds, cutOff: isCutOff(finish) });
  const { text: answer, endTokens } = withoutEndTokens(split.text, promptText);
  const own = outerTrimmed(answer);
  const text = isBlankText(own) && refusal.trim() !== '' ? outerTrimmed(refusal) : own;
  const reasoning = [step.reasoning ?? '', split.reasoning ?? ''].filter((part) => part !== '').join('\n');
  const strayTag = strayClosingTag(text, small);
  return {
    text: text as JudgedText,
    ...(reasoning !== '' && { reasoning }),
    endTokens,
    ...(strayTag !== undefined && { strayTag }),
  };
}

/** No template writes more tokens in front of an answer. */
const mostTokens = 8;

/** The tokens of the template may stand in front of the block of thought: `<|im_start|>assistant`, `<s>`. */
function splitAtStart(recorded: string, promptText: string, options: SplitOptions): Split {
  const whole = splitReasoning(recorded, options);
  let rest: string | undefined = recorded;
  let split = whole;
  for (let at = 0; split.reasoning === undefined && at < mostTokens; at += 1) {
    rest = behindFirstToken(rest, promptText);
    if (rest === undefined) return whole;
    split = splitReasoning(rest, options);
  }
  return split.reasoning === undefined ? whole : split;
}

/** The words of providers for a token limit that ended the answer. */
const cutWords = [
  'length',
  'max_tokens',
  'model_length',
  'max_output_tokens',
  'model_context_window_exceeded',
  'repetition',
];
export const isCutOff = (finish: string): boolean => cutWords.includes(finish.toLowerCase());

/** What the prompt asks for. Earlier answers in it are left out: they show a template's tags and ask for none. */
const askedText = (messages: readonly Message[]): string =>
  messages
    .filter(({ role }) => role !== 'assistant')
    .map(messageText)
    .join('\n');

/** Without outer white space; the indentation of the first line stays, because it may be code. */
const outerTrimmed = (text: string): string =>
  text
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .replace(/^ {1,3}(?=\S)/, '')
    .trimEnd();

/** Letters and marks that draw nothing: fillers, blank Braille, variation selectors. */
const drawsNothing =
  /\u034f|\u115f|\u1160|\u17b4|\u17b5|[\u180b-\u180f]|\u2800|\u3164|[\ufe00-\ufe0f]|\uffa0|[\u{e0100}-\u{e01ef}]/gu;

/** Nothing that a person could read: white space, control and format characters, and what draws nothing. */
export const isBlankText = (text: string): boolean =>
  !/[!-~]/.test(text) && !/[^\s\p{Cc}\p{Cf}]/u.test(text.replace(drawsNothing, ''));
