/** Prompts that do not fit, in the words of every server; and requests that are larger than a limit of the account. */

/** Codes, and sentences that are about nothing else. */
export const saysTooLong =
  /context_length_exceeded|exceed_context_size|model_context_window_exceeded|max_prompt_tokens_exceeded|ContextWindowExceeded|maximum context\b|max_model_len|longer than the maximum model length|exceeds? the (?:available |model'?s? )?(?:maximum )?context|(?:longer|larger) than the (?:model'?s? )?context|context length|prompt is too long|input is too long|input length .{0,40}exceed|context (?:window|size) (?:of|is|exceeded)|the context is full|context size has been exceeded|too many (?:input )?tokens|exceeds the (?:maximum|limit).{0,30}tokens|token count .{0,30}exceeds|tokens to keep from the initial prompt|keep the first \d+ tokens|must have less than \d+ tokens|`?max_new_tokens`? must be <=|too large for model with \d+|maximum prompt length|tokens in the prompt cannot exceed|range of input length should be|max_seq(?:uence)?_len|maximum (?:supported )?sequence length|model(?:'s)? token limit|tokens? limit (?:was |is |has been )?exceeded|context_window_exceeded|Job requires \d+ pages|n_keep \(\d+\) >= n_ctx/i;

/** The server's own setting is smaller than the model. */
export const loadedSmaller = /loaded with (?:a )?context length|load the model with a larger|try increasing /i;

/** What is asked, a word of excess, and what it is measured in: nobody words it as all the others do. */
const anyWords =
  /\b(?:prompts?|inputs?|messages|conversation|context|sequence)\b.{0,80}(?:\b(?:exceed|overflow)|too (?:long|large|big)\b|\b(?:longer|larger|greater|more) than\b|\bmust be (?:less|smaller|shorter|at most)\b|\bdoes(?: not|n't) fit\b|\bonly (?:supports?|accepts?|takes|allows?)\b).{0,80}(?:\btokens?\b|length|context (?:size|window)|max_seq|n_ctx|\b[a-z]+_(?:\w+_)?(?:len|length|tokens)\b|position embeddings|\bmaximum\b|\blimit\b)/is;
/** Sentences that name no measure, or name it first. */
const barely =
  /\b(?:prompt|input|conversation|context|history|messages?) (?:is|are|was|were) too (?:long|large|big)\b|\b(?:prompt|input|conversation|messages?)\b.{0,60}(?:(?:not|n't) fit\b|\bat most [\d,]+ tokens)|\b(?:token count|tokens|length)\b.{0,40}\bonly (?:supports?|accepts?|allows?)\b|\btokens in (?:the |your )?request (?:is |are )?(?:more|greater|larger)\b|\bmax(?:imum)? (?:input|prompt) (?:characters|length|size|tokens) (?:is|of|are)\b/i;
const inChinese = /(?:输入|提示|上下文|消息|prompt|tokens?).{0,30}(?:超过|超出|超长|过长|超限)/is;
const otherMatter =
  /deadline|\bstop sequences?\b|\blogprobs\b|\b(?:images?|audio|videos?|pixels|files?)\b|timed? ?out|per[- ]?(?:second|minute|hour|day)|max_(?:completion_|new_|output_)?tokens|tools?\b.{0,40}(?:name|description)/i;

export const isOtherMatter = (words: string): boolean => otherMatter.test(words);

/** Asked last: where nothing else is known of a refusal. */
export const isTooLong = (words: string, status: number | undefined): boolean =>
  (status === undefined || [400, 412, 413, 422, 500].includes(status)) &&
  (anyWords.test(words) || barely.test(words) || inChinese.test(words)) &&
  !otherMatter.test(words);

/** A request that is larger by itself than the limit allows in a minute can never pass. */
export function isOverLimit(words: string, status: number | undefined): boolean {
  const [, most, asked] = /limit:? ?(\d[\d,]*)[\s\S]{0,80}?requested:? ?(\d[\d,]*)/i.exec(words) ?? [];
  if (most !== undefined && asked !== undefined)
    return digits(asked) > digits(most) && !/model(?:'s)? (?:token|context) limit/i.test(words);
  if (/tokens_limit_reached|request (?:body )?too large\b.{0,80}\b\d+ tokens/i.test(words)) return true;
  return status === 429 && /request too large/i.test(words);
}

const digits = (text: string): number => Number(text.replaceAll(',', ''));
