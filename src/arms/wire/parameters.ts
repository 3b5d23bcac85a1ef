/**
 * Parameters that a server refuses: each is left out, renamed or made smaller once, remembered for the arm, and
 * recorded in `adjusted`. Never silently: what one arm could not honour is on the report.
 */

import { isObject } from '../../records/plain-json.ts';
import type { Adjustment, Way } from './adjustment.ts';
import { isCap } from './output-cap.ts';

type Body = Record<string, unknown>;

export const isJsonObject = ({ response_format: format }: Body): boolean =>
  isObject(format) && format.type === 'json_object';

export const hasStrict = (sent: Body): boolean =>
  /"strict":true/.test(JSON.stringify([sent.response_format, sent.tools]));

export const hasDeveloper = (sent: Body): boolean => JSON.stringify(sent.messages ?? '').includes('"role":"developer"');

/** What an arm has learned, by the name of what was refused. */
export type Learned = Map<string, Way>;

/** Takes an adjustment over; false when it was known, so that trying again would be the same. */
export function learn(learned: Learned, { name, how }: Adjustment): boolean {
  const known = learned.get(name);
  if (known !== undefined && !isStronger(how, known)) return false;
  // Both names of the cap refused: swapping for ever helps nobody.
  if (how.way === 'rename' && learned.has(how.to)) return false;
  learned.set(name, how);
  return true;
}

function isStronger(how: Way, known: Way): boolean {
  if (known.way === 'as schema') return how.way === 'leave out';
  const size = (way: Way) => (way.way === 'cap' ? way.most : way.way === 'fit' ? way.window : undefined);
  const [now, before] = [size(how), size(known)];
  if (now === undefined) return before !== undefined && how.way === 'leave out';
  return before === undefined ? known.way === 'rename' : how.way !== known.way || now < before;
}

/** The body as this arm takes it. `tokens`: an estimate of the prompt, on the high side. `most`: for this request. */
export function adjust(body: Body, learned: ReadonlyMap<string, Way>, tokens: number, most?: number): Body {
  if (learned.size === 0 && most === undefined) return body;
  const result: Body = { ...body };
  for (const [name, how] of learned) if (most === undefined || how.way !== 'fit') apply(result, name, how, tokens);
  if (most !== undefined) apply(result, 'cap', { way: 'cap', most }, tokens);
  return result;
}

function apply(body: Body, name: string, how: Way, tokens: number): void {
  const value = body[name];
  switch (how.way) {
    case 'leave out':
      delete body[name];
      if (name === 'stream') delete body.stream_options;
      return;
    case 'rename':
      if (!(name in body)) return;
      body[how.to] = value;
      delete body[name];
      return;
    case 'cap':
    case 'fit': {
      const most = how.way === 'cap' ? how.most : Math.max(leastCap, how.window - tokens);
      for (const cap of Object.keys(body).filter(isCap)) body[cap] = Math.min(Number(body[cap]), most);
      return;
    }
    case 'as schema':
      if (isObject(value) && value.type === 'json_object') body[name] = anyObject;
      return;
    case 'strict off':
      for (const key of ['response_format', 'tools']) if (key in body) body[key] = withoutStrict(body[key]);
      return;
    case 'as system':
      body.messages = (body.messages as { role: string }[]).map((message) =>
        message.role === 'developer' ? { ...message, role: 'system' } : message,
      );
  }
}

/** Less is not worth a call. */
export const leastCap = 16;

export const anyObject = { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } };

const withoutStrict = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, item) => (key === 'strict' && item === true ? undefined : item));

/** What was changed in this body, in words, for the record. */
export function notesFor(plain: Body, sent: Body, learned: ReadonlyMap<string, Way>): string[] {
  return [...learned].flatMap(([name, how]) => {
    const note = noteOf(plain, sent, name, how);
    return note === undefined ? [] : [note];
  });
}

const defaults = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'top_k', 'min_p'];

function noteOf(plain: Body, sent: Body, name: string, how: Way): string | undefined {
  if (how.way === 'as system') return hasDeveloper(plain) ? 'role developer: sent as system' : undefined;
  if (how.way === 'strict off') return hasStrict(plain) ? 'strict: not sent' : undefined;
  if (how.way === 'cap' || how.way === 'fit') return capNote(plain, sent);
  if (!(name in plain)) return undefined;
  if (how.way === 'rename') return `${name}: sent as ${how.to}`;
  if (how.way === 'as schema') return sent[name] === plain[name] ? undefined : `${name}: sent as a schema`;
  if (name === 'stream') return 'stream: not streamed';
  if (name === 'stream_options') return 'token counts: not sent while streaming';
  return `${name}: ${defaults.includes(name) ? 'model default' : 'not sent'}`;
}

function capNote(plain: Body, sent: Body): string | undefined {
  const before = Object.keys(plain).find(isCap);
  const after = Object.keys(sent).find(isCap);
  if (before === undefined || after === undefined || Number(sent[after]) >= Number(plain[before])) return undefined;
  return `max_tokens: ${Number(sent[after]).toLocaleString('en')}`;
}
