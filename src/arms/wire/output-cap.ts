/** What a refusal says about the output cap: another name, a smaller number, or a window that prompt and answer share. */
import type { Adjustment } from './adjustment.ts';

type Body = Record<string, unknown>;

const names = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

export const isCap = (name: string): boolean => names.includes(name);

const otherName: Record<string, string> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

const isNameRefused =
  /unsupported.{0,20}parameter|not support(?:ed)?\b.{0,40}(?:parameter|this model|with)|unrecognized|unknown|unexpected|extra|not permitted|use '?"?`?max_/i;

/** Weaker words: of the name only where no smaller number stands beside them. */
const isNotTaken =
  /is unsupported|not (?:allowed|accept|implemented|recogni[sz]ed)|deprecated|cannot be (?:used|set)|disallowed|invalid param|to be absent|不支持|不允许/i;

/** `name`: the cap that was refused. */
export function capFrom(name: string, message: string, sent: Body): Adjustment {
  const asked = Number(sent[name]);
  const to = otherName[name];
  if (to !== undefined && message.includes(to) && /\b(?:in place of|instead of|rather than)\b/i.test(message))
    return { name, how: { way: 'rename', to } };
  const most = limitsIn(message).filter((one) => one >= 1 && one < asked);
  if (to !== undefined && isNameRefused.test(message) && !/too (?:large|high|big)|at most \d/i.test(message))
    return { name, how: { way: 'rename', to } };
  if (to !== undefined && most.length === 0 && isNotTaken.test(message)) return { name, how: { way: 'rename', to } };
  const shared = /max_model_len|context (?:length|window|size)|\bn_ctx\b/i.test(message);
  const largest = most.length > 0 ? Math.max(...most) : undefined;
  if (shared && largest !== undefined) return { name: 'window', how: { way: 'fit', window: largest } };
  return { name: 'cap', how: { way: 'cap', most: largest ?? Math.max(1, Math.floor(asked / 2)) } };
}

/** Digits of a model's name or date are no limit. */
const numbersIn = (message: string): number[] =>
  [...message.matchAll(/(?<![\w.-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w-]|\.\d)/g)].map(([, digits = '']) =>
    Number(digits.replaceAll(',', '')),
  );

/** The range of Gemini ends before its last number. */
const limitsIn = (message: string): number[] => {
  const [, end] = /(?<!\d)(\d{1,12}) \(exclusive\)/.exec(message) ?? [];
  return end === undefined ? numbersIn(message) : [Number(end) - 1];
};

const windowWords =
  /(?:context (?:length|window|size)|max_model_len|n_ctx|max_new_tokens`? must be <=)[^\d]{0,40}(\d[\d,]*)/i;
const promptWords = [
  /(?<![\d,])(\d[\d,]*) (?:tokens )?(?:in|from|of) (?:the |your )?(?:messages|prompt|input)/i,
  /(?:request|prompt|input|messages?) (?:has|have|contains?|with|of|resulted in|uses?) (?:at least )?(\d[\d,]*)/i,
  /(?<![\d,])(\d[\d,]*) `?(?:inputs?|prompt|text)`? tokens/i,
  /input_tokens[^\d]{1,4}(\d[\d,]*)/i,
];

/** Anthropic's `199000 + 2048 > 200000`: prompt, cap and window. */
const sumWords = /context (?:limit|window|length)[^\d]{0,20}(\d[\d,]*) \+ (\d[\d,]*) > (\d[\d,]*)/i;

/** Cohere's "max tokens": no name of a key, but the number that was sent, or what the tokens are for. */
export const speaksOfCap = (message: string, asked: unknown): boolean =>
  /maximum tokens you requested|^\W*max_(?:new|output|completion)_tokens\b/i.test(message) ||
  saysOwnLimit.test(message) ||
  (!ofPrompt.test(message) && saysTooHigh(message, Number(asked))) ||
  (/\bmax(?:imum)? (?:(?:new|output|completion|generated) )?tokens\b/i.test(message) &&
    (numbersIn(message).includes(Number(asked)) ||
      /\bmax(?:imum)? (?:new|output|completion|generated) tokens/i.test(message)));

const saysOwnLimit =
  /\bmax(?:_(?:new_|output_|completion_)?t|(?:New|Output|Completion)?T)okens\b(?:[`'"]? ?>|.{0,60}(?:\brange\b|范围|至多|不能|不得))/;
/** A prompt that is too long by itself stays so with any cap. */
const ofPrompt = /\b(?:prompts?|inputs?|context|messages)\b/i;

const saysTooHigh = (message: string, asked: number): boolean =>
  /\bmax(?:imum)? (?:output|completion|response)(?: length| size)? (?:is|of) \d/i.test(message) ||
  /\bmax_(?:\w+_)?tokens[`'"]? (?:is |was )?too (?:high|large|big)\b/i.test(message) ||
  (/\bmax_(?:\w+_)?tokens\b/.test(message) && numbersIn(message.replaceAll('=', ' ')).includes(asked));

/**
 * A cap that makes a prompt too long which would fit by itself is a parameter: the window less the prompt is left.
 * Undefined where the prompt alone does not fit, or where the sentence has no such numbers.
 */
export function windowFrom(message: string, sent: Body): Adjustment | undefined {
  const cap = Object.keys(sent).find(isCap);
  const [, summed, , limit] = sumWords.exec(message) ?? [];
  const window = count(limit ?? windowWords.exec(message)?.[1]);
  const prompt =
    count(summed) ?? promptWords.map((words) => count(words.exec(message)?.[1])).find((one) => one !== undefined);
  if (cap === undefined || window === undefined || prompt === undefined) return undefined;
  const left = window - prompt;
  const asked = Number(sent[cap]);
  return left >= 1 && left < asked ? { name: 'window', how: { way: 'fit', window }, now: left } : undefined;
}

const count = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
