/** Which parameter a refusal is about: by the name that its body gives, by its code, or by its sentence. */

import { isObject } from '../../records/plain-json.ts';
import type { Adjustment } from './adjustment.ts';
import { innerError } from './inner-error.ts';
import { capFrom, isCap, speaksOfCap, windowFrom } from './output-cap.ts';
import { hasDeveloper, hasStrict, isJsonObject } from './parameters.ts';

type Body = Record<string, unknown>;

export interface Refusal {
  status: number | undefined;
  message: string;
  /** The error object of the body. */
  body?: Body;
}

/** The request itself: nothing is left out of it. */
const essential = ['messages', 'model', 'tools', 'input', 'system'];

const refusingCodes =
  /unsupported_parameter|unsupported_value|invalid_value|extra_forbidden|unknown_parameter|UnsupportedParams/i;

/** What servers say of a parameter that they do not take; each is a piece of a pattern. */
const refusingWords = new RegExp(
  [
    // Nobody knows it.
    'unexpected',
    'unrecognized',
    'unknown (parameter|field|argument|name|option)',
    'extra[_ ](forbidden|inputs|fields)',
    'additional propert',
    'invalid param',
    'not recogni[sz]ed',
    // It may not be sent.
    'unsupported',
    "(not|n't) support",
    'not permitted',
    "(?:cannot|can't|may not) (?:be )?(?:set|used?)\\b",
    'not allowed',
    'cannot both',
    'not both',
    'deprecated',
    'is not available',
    'no longer',
    'must be verified to',
    'not accept',
    'not implemented',
    'disallowed',
    'to be absent',
    // Its value is wrong.
    'only the default',
    'must be',
    'should be',
    `use '?max_`,
    'invalid (value|option|type)',
    'invalid \\w+ value',
    'valid range',
    'out of range',
    'is too (large|high|big)',
    'cannot be (greater|larger|specified)',
    'greater than',
    'less than',
    'at most',
    'up to \\d',
    'maximum',
    'not a valid',
    // The same in Chinese.
    '不支持',
    '不允许',
    '无效',
    '不合法',
  ].join('|'),
  'i',
);

/**
 * What to change for the next try, if this error is about a parameter that was sent; undefined otherwise. First by
 * the name that the body gives, then by its code, then by sentences.
 */
export function adjustmentFor(refusal: Refusal, sent: Body): Adjustment | undefined {
  const inner = innerError(refusal);
  const found = inner && adjustmentIn({ ...refusal, ...inner }, sent);
  return found ?? adjustmentIn(refusal, sent);
}

function adjustmentIn(refusal: Refusal, sent: Body): Adjustment | undefined {
  const { status, body = {} } = refusal;
  // Some say their sentence there.
  const message =
    typeof body.param === 'string' && /\s/.test(body.param) ? `${body.param} ${refusal.message}` : refusal.message;
  const says = `${body.code ?? ''} ${body.type ?? ''} ${message}`;
  const given = namedIn(body, message, sent);
  // Ollama and llama-cpp-python answer 500 for a wrong type.
  if (status === 500 && given === undefined) return undefined;
  if (status !== 400 && status !== 422 && status !== 500) return undefined;
  if (isSchemaRefused(message)) return hasStrict(sent) ? { name: 'strict', how: { way: 'strict off' } } : undefined;
  const fit = windowFrom(message, sent);
  if (fit) return fit;
  if (given !== undefined) return wayFor(given, message, sent);
  if ('stream' in sent && streamingRefused.test(message)) return wayFor('stream', message, sent);
  if (/json_object/.test(message) && isJsonObject(sent)) return wayFor('response_format', message, sent);
  const cap = Object.keys(sent).find(isCap);
  if (cap !== undefined && speaksOfCap(message, sent[cap])) return wayFor(cap, message, sent);
  if (!refusingCodes.test(says) && !refusingWords.test(message)) return undefined;
  const named = inOrder(sent).find((name) => mentions(message, name));
  if (named !== undefined) return wayFor(named, message, sent);
  if (/\bstrict\b/i.test(message) && hasStrict(sent)) return { name: 'strict', how: { way: 'strict off' } };
  return /developer/i.test(message) && hasDeveloper(sent)
    ? { name: 'developer', how: { way: 'as system' } }
    : undefined;
}

/** Tools or the model itself are only refused while streaming. */
const streamingRefused =
  /(?:not|n't) support[^.]{0,60}\b(?:in|with|while|when) streaming\b|streaming(?: mode)? is (?:not|un)(?: (?:supported|available|allowed|enabled)|supported|available)/i;

const isSchemaRefused = (message: string): boolean =>
  /invalid (?:json )?schema|grammar error|schema conversion failed|failed to parse grammar/i.test(message);

/** Where both of a pair are refused together, `top_p` goes. */
const inOrder = (sent: Body): string[] => {
  const names = Object.keys(sent).filter((name) => !essential.includes(name));
  return [...names.filter(isCap), 'top_p', ...names.filter((name) => !isCap(name) && name !== 'top_p')].filter(
    (name) => name in sent,
  );
};

/** The name that the body gives apart from its sentence: `param`, `loc`, or quoted at the start of the message. */
function namedIn(body: Body, message: string, sent: Body): string | undefined {
  if (/\bboth\b/i.test(message) && 'top_p' in sent && mentions(message, 'top_p')) return 'top_p';
  for (const path of pathsIn(body, message)) {
    const parts = path.split(/[.[\]'"(), ]+/).filter(Boolean);
    const found = parts.findLast((part) => part in sent && !essential.includes(part));
    if (found !== undefined) return found;
    if (parts.includes('strict') && hasStrict(sent)) return 'strict';
    if (parts.includes('role') && hasDeveloper(sent) && /developer/i.test(message)) return 'developer';
  }
  return undefined;
}

function* pathsIn({ param, detail, loc }: Body, message: string): Iterable<string> {
  if (typeof param === 'string') yield param;
  for (const one of [loc, ...(Array.isArray(detail) ? detail.map((item) => isObject(item) && item.loc) : [])]) {
    if (Array.isArray(one)) yield one.join('.');
    else if (typeof one === 'string') yield one;
  }
  for (const [, path = ''] of message.matchAll(/["']loc["']: ?(\([^)]*\)|\[[^\]]*\]|["'][^"']*["'])/g)) yield path;
  for (const [, list = ''] of message.matchAll(/does not support parameters: \[([^\]]*)\]/g)) yield list;
  const [, field] =
    /^(?:\W*(?:option|field|parameter|argument|property|unsupported value:?)\W+)?[`'"]+([a-z_][\w.]*)[`'"]+/i.exec(
      message,
    ) ?? [];
  if (field !== undefined) yield field;
  const bare = message.replace(/^(?:[\w.]+Error: )+/, '');
  const [, start] = /^([a-z]\w*)(?:[:=] ?|\s+(?:must|is|cannot|should|has|does)\b)/i.exec(bare) ?? [];
  if (start?.includes('_') || (start !== undefined && /^(?:temperature|seed|stop|stream|think|format)$/.test(start)))
    yield start;
  const [, inParentheses] = /\(parameter=(\w+)/.exec(message) ?? [];
  if (inParentheses !== undefined) yield inParentheses;
}

function wayFor(name: string, message: string, sent: Body): Adjustment | undefined {
  if (name === 'strict') return { name, how: { way: 'strict off' } };
  if (name === 'developer') return { name, how: { way: 'as system' } };
  if (isCap(name)) return capFrom(name, message, sent);
  if (name === 'response_format' && isJsonObject(sent)) return { name, how: { way: 'as schema' } };
  return { name, how: { way: 'leave out' } };
}

/** By its own name, or as `presencePenalty`. */
const mentions = (message: string, name: string): boolean =>
  new RegExp(`(^|[^a-z_])${name.replace(/[^\w]/g, '.').replaceAll('_', '_?')}([^a-z_]|$)`, 'i').test(message);
