import type { Check, CheckInput } from './check.ts';
import { checkOptions, onOrOff } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

export type ParsedAnswer = { ok: true; value: unknown } | { ok: false; why: string };

/** A whole answer in one ``` fence is read without it: programs that take JSON usually strip that, and chat models add it. */
const fence = /^```(?:json|JSON|Json)?[ \t]*\r?\n([\s\S]*?)\r?\n?```$/;

/** The answer as JSON. Words around the JSON make it invalid: a program that parses it would fail. */
export function parseAnswer(text: string, { fences }: { fences: boolean }): ParsedAnswer {
  const trimmed = text.trim();
  const body = fences ? (fence.exec(trimmed)?.[1] ?? trimmed) : trimmed;
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false, why: notJson(trimmed, body) };
  }
}

function notJson(trimmed: string, body: string): string {
  if (!/^[[{"]/.test(body)) return `The answer is not JSON: it starts with ${quote(trimmed, 40)}.`;
  if (!/[\]}"]$/.test(body)) return `The answer is not JSON: it ends with ${quote(trimmed.slice(-40), 40)}.`;
  return 'The answer looks like JSON but does not parse.';
}

/** A prompt with tools may be answered by a call: then there is no text to judge. */
export const isCallOnly = ({ text, toolCalls }: CheckInput): boolean => toolCalls.length > 0 && text.trim() === '';

/** `json`: the answer parses. `fences: false` also rejects a fence of backticks around it. */
export const json = {
  name: 'json',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff, fences: onOrOff }),
  run: (spec, input) => {
    if (isCallOnly(input)) return pass(spec);
    const parsed = parseAnswer(input.text, { fences: spec.fences !== false });
    return parsed.ok ? pass(spec) : fail(spec, 'json', parsed.why);
  },
} satisfies Check;
