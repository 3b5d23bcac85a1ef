/** How long a reply asks to wait: in headers, in fields of its body, and in its sentence. */
import { isObject } from '../../records/plain-json.ts';
import type { WireError } from './classify.ts';

/** How long the reply asks to wait, ms: its headers, Google's RetryInfo, or its sentence. */
export function waitAsked({ status, headers, message, body = {} }: WireError): number | undefined {
  const stated = headers && retryAfter(headers);
  if (stated !== undefined) return stated;
  const told =
    duration(/"retryDelay":"([^"]+)"/.exec(JSON.stringify(body.details ?? []))?.[1]) ??
    waitInWords(message) ??
    waitInBody(body);
  return told ?? (status === 429 ? ((headers && resetIn(headers)) ?? resetInside(body)) : undefined);
}

const waitInWords = (message: string): number | undefined =>
  timeLeft(dateWords.exec(message)?.slice(1).find(Boolean) ?? '') ??
  clockTime(message) ??
  duration(waitWords.exec(message)?.[1]);

/** `replenished in 02:13:07`. */
function clockTime(message: string): number | undefined {
  const [, hours, minutes, seconds] = /\b(?:in|after) (\d{1,3}):(\d\d):(\d\d)\b/i.exec(message) ?? [];
  if (hours === undefined) return undefined;
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}

const waitWords =
  /(?:\b(?:try|retry)\b(?: \w{1,20}){0,2} (?:in|after|within)|\bretry[- ]after:?|\bwait(?: for)?|\b(?:available|back|again)(?: again)? (?:in|after)|\bresets? (?:in|after)) ?(?:about |approximately |around |another |at least )?((?:\d+(?:\.\d+)? ?(?:ms|s|m|h|d)[a-z]* ?)+|\d+(?:\.\d+)?)/i;

const dateWords =
  /(?:resets?|retry|again|available)(?: at| on| after)? (\d{4}-\d\d-\d\d[T ][\d:.]{5,15}Z?)|(\d{4}-\d\d-\d\d [\d:]{5,8}) ?重置/i;

/** `{"resets_in_seconds": 3600}`, `{"resets_at": 1785542400}`, `{"parameters": {"retry_after": 20}}`. */
function waitInBody(body: Record<string, unknown>): number | undefined {
  const inside = Object.values(body).filter(isObject);
  for (const [key, value] of [body, ...inside].flatMap((one) => Object.entries(one))) {
    if (!waitField.test(key)) continue;
    const wait = typeof value === 'number' || typeof value === 'string' ? timeLeft(String(value)) : undefined;
    if (wait !== undefined) return /ms$/i.test(key) ? wait / 1_000 : wait;
  }
  return undefined;
}

/** Some bodies have it beside their error. */
export const waitField = /^(?:retry_?after|resets?_(?:in|at))(?:_?(?:seconds|ms))?$/i;

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `1.3s`, `20 seconds`, `7`: milliseconds. */
function duration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?) ?(ms|milli|s|m|h|d)?/gi)];
  const sum = parts.reduce((total, [, value, unit = 's']) => {
    const name = unit.toLowerCase() === 'milli' ? 'ms' : unit.toLowerCase();
    return total + Number(value) * (units[name] ?? 1_000);
  }, 0);
  return parts.length === 0 ? undefined : sum;
}

/** OpenRouter repeats the headers of the service behind it. */
function resetInside({ metadata }: Record<string, unknown>): number | undefined {
  const headers = isObject(metadata) && isObject(metadata.headers) ? Object.entries(metadata.headers) : [];
  return resetIn(
    new Headers(headers.flatMap(([name, value]) => (/^[\w-]+$/.test(name) ? [[name, String(value)]] : []))),
  );
}

/** The last of the limits to open again, where one of them is used up. */
function resetIn(headers: Headers): number | undefined {
  const waits: number[] = [];
  for (const [name, value] of headers) {
    // RateLimit: "default";r=0;t=12
    const [, left] = name === 'ratelimit' && /\br=0\b/.test(value) ? (/\bt=(\d+)/.exec(value) ?? []) : [];
    if (left !== undefined) waits.push(Number(left) * 1_000);
    const at = name.indexOf('ratelimit');
    if (at === -1 || !name.includes('reset', at)) continue;
    const remaining = headers.get(name.replace('reset', 'remaining'));
    if (remaining !== null && Number(remaining) > 0) continue;
    const wait = timeLeft(value);
    if (wait !== undefined) waits.push(wait);
  }
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** A duration, a date, or seconds or milliseconds since the epoch. */
function timeLeft(value: string, now = Date.now()): number | undefined {
  if (value === '') return undefined;
  const plain = Number(value);
  if (Number.isFinite(plain) && plain > 1e12) return Math.max(0, plain - now);
  if (Number.isFinite(plain) && plain > 1e9) return Math.max(0, plain * 1000 - now);
  if (/^\d{4}-/.test(value)) return Math.max(0, Date.parse(value) - now) || 0;
  return duration(value);
}

/** Milliseconds from Retry-After-Ms or Retry-After (seconds or a date); the caller caps it. */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const value = headers.get('retry-after') ?? headers.get('llm_provider-retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  // Against the rules, and seen: `9s`, `1m0s`.
  if (/^\d[\d.]*(?:ms|s|m|h)/i.test(value)) return duration(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
