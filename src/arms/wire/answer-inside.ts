/**
 * Answers that come as errors: the model ran and wrote something that the server could not read, or a filter that is
 * part of the product declined. Both are answers of the arm, whatever the status is.
 */
import { isObject } from '../../records/plain-json.ts';
import { ArmError, type ArmReply } from '../arm.ts';
import { errorIn, StatusError } from './guarded-fetch.ts';
import { StreamError } from './sdk-failures.ts';

/** Codes and sentences of content filters: OpenAI, Azure, LiteLLM, OpenRouter, DeepSeek, DashScope, xAI. */
const filters =
  /\bcontent_filter\b|content_policy_violation|ContentPolicyViolation|ResponsibleAIPolicyViolation|content management policy|blocked by (?:the |our |your )?(?:content|safety|moderation|output|input) ?(?:filter|moderation|polic)|content exists risk|data_?inspection_?failed|(?:prompt|input|request|content|output) (?:was |has been |is )?flagged|invalid_prompt|content violates (?:the |our )?usage (?:guidelines|policies)|failed check: SAFETY|\bsafety system\b|blocked by (?:the |our |your )?(?:guardrails?|moderation|safety)\b|content[- ](?:moderation|policy)\b|PROHIBITED_CONTENT|violat\w+\b.{0,30}\bguardrails?\b|guardrails? (?:intervened|triggered|violat)|SensitiveContent|\b(?:input|output) (?:new_)?sensitive\b|sensitive (?:content|information|words?)|(?:inappropriate|unsafe|harmful|prohibited) content(?![- ]?type)|敏感|违规/i;

/** In words that no list knows: whose rules they are, and what became of the text. */
const rulesOfContent =
  /\b(?:safety|moderation|acceptable use|usage polic\w+|content (?:safety )?(?:polic\w+|filter)|responsible ai|harm(?:ful)?|unsafe|violence|sexual|hate speech|self[- ]harm|guardrails?)\b/i;
const turnedDown =
  /\b(?:block\w*|refus\w*|reject\w*|violat\w*|flag\w*|denied|declin\w*|filtered|not allowed|(?:cannot|can't|could not) be (?:processed|answered))\b/i;
/** The rules of an account are none of it. */
const notOfContent =
  /\b(?:accounts?|organi[sz]ation|api[ _-]?key|project|network|suspended|parameters?|unavailable)\b/i;

const isTurnedDown = (words: string): boolean => filters.test(words) || isAboutContent(words.replaceAll('_', ' '));

const isAboutContent = (text: string): boolean =>
  rulesOfContent.test(text) && turnedDown.test(text) && !notOfContent.test(text);

/** Other statuses are about keys, bills, names and limits, whatever they mention. */
const filtering = [400, 403, 409, 422, 451, 498];

const toolCall =
  /error parsing tool call:|tool_use_failed|failed to call a function|failed to parse tool call|failed to parse input at pos/i;
const output =
  /output_parse_failed|json_validate_failed|failed to (?:generate|validate|parse) JSON|failed to parse JSON/i;

/** `wanted`: the request asked for calls or a format, so that failing to parse is about what the model wrote. */
export function answerInside(error: unknown, wanted: { structured: boolean }): ArmReply | undefined {
  const found = errorIn(error, StatusError) ?? errorIn(error, StreamError);
  if (!found || error instanceof ArmError) return undefined;
  const { body, message } = found;
  const code = Number(body.code);
  const status = found instanceof StatusError ? found.status : code >= 400 && code < 600 ? code : undefined;
  const inner = isObject(body.innererror) ? body.innererror : {};
  const words = [body.code, body.type, inner.code, message].filter((one) => typeof one === 'string').join(' ');
  if ((status === undefined || filtering.includes(status)) && isTurnedDown(words))
    return { text: '', finish: 'content_filter', usage: {}, why: 'content-filter' };
  const why = toolCall.test(words) ? 'tool-call-unreadable' : output.test(words) ? 'output-unreadable' : undefined;
  if (why === undefined || !(wanted.structured || typeof body.failed_generation === 'string')) return undefined;
  return { text: writtenText(body, message), finish: why, usage: {}, why };
}

/** Groq's `failed_generation`, or what Ollama and llama.cpp quote. */
function writtenText(body: Record<string, unknown>, message: string): string {
  if (typeof body.failed_generation === 'string') return body.failed_generation;
  return (
    /raw='([\s\S]*?)', err=/.exec(message)?.[1] ??
    /raw='([\s\S]*)'/.exec(message)?.[1] ??
    /parse input at pos \d+: ([\s\S]*)/i.exec(message)?.[1] ??
    ''
  );
}
