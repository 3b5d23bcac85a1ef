/** Which parameter a refusal is about: by the name that its body gives, by its code, or by its sentence. */

import { isObject } from '../../records/plain-json.ts';
import type { Adjustment } from './adjustment.ts';
import { classify } from './classify.ts';
import { innerError } from './inner-error.ts';
import { capFrom, isCap, speaksOfCap, windowFrom } from './output-cap.ts';
import { hasDeveloper, hasStrict, isJsonObject } from './parameters.ts';
import { refusingCodes, refusingWords } from './refusing-words.ts';

type Body = Record<string, unknown>;

export interface Refusal {
  status: number | undefined;
  message: string;
  /** The error object of the body. */
  body?: Body;
}

/** The request itself: nothing is left out of it. */
const essential = ['messages', 'model', 'tools', 'input', 'system'];

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
  const told =
    typeof body.param === 'string' && /\s/.test(body.param) ? `${body.param} ${refusal.message}` : refusal.message;
  // What could have been sent instead is not refused.
  const message = told.replace(/,? expected (?:one of )?[`'"][\s\S]*$/i, '');
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
  if (isJsonObject(sent) && (/json_object/.test(message) || jsonModeRefused.test(message)))
    return wayFor('response_format', message, sent);
  const cap = Object.keys(sent).find(isCap);
  if (cap !== undefined && speaksOfCap(message, sent[cap])) return wayFor(cap, message, sent);
  const refuses = refusingCodes.test(says) || refusingWords.test(message);
  const named = inOrder(sent).find((name) => (refuses ? mentions(message, name) : namesPlainly(message, name)));
  if (named !== undefined && (refuses || isUnexplained({ ...refusal, message }))) return wayFor(named, message, sent);
  if (!refuses) return undefined;
  if (/\bstrict\b/i.test(message) && hasStrict(sent)) return { name: 'strict', how: { way: 'strict off' } };
  return /developer/i.test(message) && hasDeveloper(sent)
    ? { name: 'developer', how: { way: 'as system' } }
    : undefined;
}

/** Tools or the model itself are only refused while streaming. */
const streamingRefused =
  /(?:not|n't) support[^.]{0,60}\b(?:in|with|while|when) streaming\b|\bunsupported (?:for|in|with) streaming|streaming (?:is )?(?:disabled|off|unsupported)\b|\bstreaming \w+ (?:is|are) (?:rejected|refused|not )|\b(?:does not|doesn't) stream\b|\b(?:may|can|could)(?: ?not|'t) (?:be )?stream(?:ed)?\b|\bstream(?:[`'"]|=| to| must be){1,2} ?(?:false|off)\b|streaming(?: mode)? is (?:not|un)(?: (?:supported|available|allowed|enabled)|supported|available)/i;

const jsonModeRefused =
  /\bjson[ _-]?(?:mode|output|format)\b.{0,40}\b(?:not|un)[ -]?(?:supported|available|enabled|allowed)/i;

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

function* pathsIn(body: Body, message: string): Iterable<string> {
  const { param, detail, details, loc } = body;
  if (typeof param === 'string') yield param;
  for (const field of ['path', 'field', 'pointer', 'parameter', 'property', 'instancePath']) {
    const path = body[field];
    if (typeof path === 'string') yield path.replaceAll('/', '.');
  }
  const listed = [detail, details].flatMap((list) => (Array.isArray(list) ? list : []));
  for (const one of [loc, ...listed.map((item) => isObject(item) && item.loc)]) {
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

/** In words of any language: between quotes, or as a name that no sentence has. The cap has words of its own. */
const namesPlainly = (message: string, name: string): boolean =>
  !isCap(name) &&
  new RegExp(`[\`'"„“”«»‘’]${name}[\`'"„“”«»‘’]${name.includes('_') ? `|(?<![\\w.])${name}(?![\\w.])` : ''}`).test(
    message,
  );

/** Nothing else is known of it, so that a name in it is the best that there is. */
const isUnexplained = ({ status, message, body = {} }: Refusal): boolean => {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const wire = { message, code: text(body.code), type: text(body.type), body };
  return classify({ ...wire, ...(status !== undefined && { status }) }).why === 'unknown';
};

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
