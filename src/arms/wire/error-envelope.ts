/**
 * Errors under status 200 in envelopes of their own: `{"base_resp": {"status_code": 1008, "status_msg": …}}`,
 * `{"error_code": 18, "error_msg": …}`, `{"success": false, …}`, FastAPI's `{"detail": …}`. Only for objects that hold
 * no part of an answer: a code beside a text is a count or a name.
 */
import { isObject } from '../../records/plain-json.ts';

type Body = Record<string, unknown>;

export interface Told {
  message: string;
  body: Body;
}

const codeField = /^(?:\w*_)?(?:err(?:or)?|status|ret)?_?code$|^(?:errno|status)$/i;
const sentenceField = /(?:msg|message|detail|description)$/i;
const errorField = /^err(?:or)?_?(?:msg|message|info|reason|description|text)$/i;

/** Undefined for an object that tells of no error. */
export function errorInEnvelope(value: Body): Told | undefined {
  for (const one of [value, ...Object.values(value).filter(isObject)]) {
    const message = sentenceOf(one, sentenceField);
    const code = codeOf(one);
    if (message !== undefined && code !== undefined) return { message, body: { ...one, code } };
  }
  const failed = value.success === false || value.ok === false;
  const message = sentenceOf(value, failed ? sentenceField : errorField) ?? detailOf(value) ?? listed(value.errors);
  return message === undefined ? undefined : { message, body: value };
}

const sentenceOf = (value: Body, field: RegExp): string | undefined => {
  const [, text] = Object.entries(value).find(([key, one]) => field.test(key) && isSentence(one)) ?? [];
  return isSentence(text) ? text : undefined;
};

const isSentence = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** 0, 1xx and 2xx say that all is well. */
function codeOf(value: Body): number | undefined {
  for (const [key, one] of Object.entries(value)) {
    const code = codeField.test(key) && (typeof one === 'number' || isSentence(one)) ? Number(one) : Number.NaN;
    if (Number.isInteger(code) && code !== 0 && !(code >= 100 && code < 300)) return code;
  }
  return undefined;
}

/** Nothing but a detail. */
function detailOf(value: Body): string | undefined {
  if (Object.keys(value).length !== 1 || value.detail === undefined) return undefined;
  return isSentence(value.detail) ? value.detail : JSON.stringify(value.detail);
}

function listed(errors: unknown): string | undefined {
  const [first] = Array.isArray(errors) ? errors : [];
  if (isSentence(first)) return first;
  return isObject(first) ? sentenceOf(first, sentenceField) : undefined;
}
