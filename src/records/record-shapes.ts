/**
 * Is what a file holds what gapcheck writes? Deep enough that no reader behind it meets a wrong type; a field that this
 * version does not know is nobody's business.
 */

import type { JsonObject } from './plain-json.ts';
import { oddField, toolCall } from './prompt-shape.ts';
import {
  amount,
  either,
  isFields,
  list,
  maybe,
  number,
  object,
  one,
  orNull,
  record,
  type Shape,
  text,
  truth,
} from './shape.ts';

const share: Shape = (value) => amount(value) && (value as number) <= 1;
/** Larger counts than any file holds would only make loops long. */
const count: Shape = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1e9;
const time: Shape = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const anything: Shape = () => true;

const side = one('left', 'right');
const usage = object({ in: maybe(amount), out: maybe(amount), cached: maybe(amount), reasoning: maybe(amount) });
const check = object({ check: text, pass: truth, why: maybe(text), kind: maybe(text) });

// ───────────────────────────── prompts ─────────────────────────────

/** What was measured of a logged answer: no reader reckons with less than nothing. */
const measured = object({
  usage: maybe(usage),
  latency_ms: maybe(amount),
  ttft_ms: maybe(amount),
  cost_usd: maybe(amount),
});
const frozen = object({
  id: text,
  task: text,
  difficulty: one('easy', 'hard'),
  weight: amount,
  source: isFields,
  ref: maybe(measured),
  answers: maybe(record(measured)),
  count: maybe(count),
});

/** A prompt as an import writes it, with what freezing adds. */
export const isPrompt = (value: unknown): boolean => frozen(value) && oddField(value as JsonObject) === undefined;

// ───────────────────────────── run.json ─────────────────────────────

const price = object({ in: amount, out: amount, cached: maybe(amount), source: text, matched: text, date: text });
const arm = object({
  name: text,
  role: one('closed', 'open', 'control'),
  spec: text,
  provider: text,
  model: text,
  identity: text,
  host: orNull(text),
  leavesMachine: truth,
  digest: maybe(text),
  quantization: maybe(text),
  parameterSize: maybe(text),
  contextMax: maybe(amount),
  contextAsked: maybe(amount),
  template: maybe(text),
  templateEnds: maybe(text),
  system: maybe(text),
  modelParameters: maybe(record(text)),
  think: maybe(either(truth, text)),
  capabilities: maybe(list(text)),
  licence: maybe(object({ text: maybe(text), spdx: maybe(text) })),
  serverVersion: maybe(text),
  sends: maybe(isFields),
  price: maybe(price),
  setup: maybe(isFields),
});
const settings = object({
  n: count,
  raters: count,
  checkN: count,
  trials: count,
  retries: count,
  retryMode: one('same', 'feedback'),
  seed: number,
  maxTokens: count,
  temperature: orNull(number),
  endpoint: one('preference', 'retry'),
  hard: orNull(share),
  redact: truth,
  maxSteps: count,
  maxCostUsd: maybe(amount),
  checks: maybe(record(list(isFields))),
  faults: maybe(object({ toolError: maybe(share) })),
  tools: maybe(
    object({ exec: maybe(either(text, list(text))), seconds: maybe(amount), stubs: maybe(record(anything)) }),
  ),
});
const task = object({
  task: text,
  planned: count,
  reserve: count,
  traffic: share,
  hardTraffic: share,
  hardPlan: share,
  failureCost: maybe(one('low', 'medium', 'high')),
});
const run = object({
  schema: count,
  gapcheck: text,
  id: text,
  createdAt: time,
  arms: list(arm),
  pairs: list(object({ a: text, b: text, decides: truth })),
  settings,
  margin: share,
  alpha: share,
  plannedBallots: count,
  tasks: list(task),
  leftOut: list(object({ task: text, prompts: count })),
  command: maybe(text),
  logCallsPerMonth: maybe(amount),
  redacted: record(count),
  sources: list(object({ file: text, sha256: text, format: text, records: count })),
  promptsHash: text,
  keyCommitment: text,
  dealVersion: count,
  baseline: maybe(text),
});

/** The shape, and every pair is of two arms that are there. */
export function isRun(value: unknown): boolean {
  if (!run(value)) return false;
  const { arms, pairs } = value as { arms: { name: string }[]; pairs: { a: string; b: string }[] };
  const names = new Set(arms.map(({ name }) => name));
  return names.size === arms.length && pairs.every(({ a, b }) => names.has(a) && names.has(b));
}

// ───────────────────────────── attempts ─────────────────────────────

const failures = 'rate-limit overload timeout network server cut garbage'.split(' ');
const endings = 'auth quota model-missing out-of-memory bad-request too-long aborted no-answer'.split(' ');

export const isStep: Shape = object({
  prompt: text,
  trial: count,
  attempt: count,
  step: count,
  outcome: one('answered', ...failures, ...endings),
  cause: maybe(text),
  fault: maybe(one('setup', 'provider', 'network', 'model')),
  message: maybe(text),
  text: maybe(text),
  reasoning: maybe(text),
  tool_calls: maybe(list(toolCall)),
  tool_results: maybe(list(object({ id: text, name: text, content: text, from: text }))),
  finish: maybe(text),
  refusal: maybe(text),
  model: maybe(text),
  fingerprint: maybe(text),
  usage: maybe(usage),
  ms: maybe(record(number)),
  waited: maybe(amount),
  costUsd: maybe(amount),
  adjusted: maybe(list(text)),
  checks: maybe(list(check)),
  last: truth,
  reused: maybe(text),
});

// ───────────────────────────── events ─────────────────────────────

const carriedVote = object({
  rater: text,
  n: count,
  ballot: text,
  aSide: side,
  outcome: one('a', 'both-fine', 'both-bad', 'b'),
  redo: object({ a: truth, b: truth }),
  ms: orNull(amount),
  note: maybe(text),
  recognised: maybe(object({ closed: side, cause: text, right: truth })),
});

const events: Record<string, Record<string, Shape>> = {
  started: { gapcheck: text, node: text, runHash: maybe(text) },
  resumed: { gapcheck: text },
  'arm-observed': {
    arm: text,
    model: maybe(text),
    context: maybe(amount),
    fingerprint: maybe(text),
    note: maybe(text),
  },
  answered: { answers: count, missing: count, files: maybe(record(object({ bytes: count, sha256: text }))) },
  claimed: { rater: text, prompt: text },
  entered: { rater: text, n: count, ballot: text, prompt: text },
  'entered-identical': { prompt: text, pair: text, empty: maybe(truth) },
  carried: { prompt: text, pair: text, from: text, votes: list(carriedVote) },
  verdict: { pair: text, task: orNull(text), verdict: one('open-good-enough', 'keep-closed'), units: amount },
  merged: { rater: text, votes: count, lastHash: text },
  more: { prompts: list(text), task: maybe(text) },
  finished: { rater: text, votes: count, lastHash: text },
  unblinded: { early: truth, voted: count, planned: count },
};

/** An event that this version does not know is passed over by its readers. */
export function isEvent(value: unknown): boolean {
  if (!isFields(value) || typeof value.event !== 'string' || !text(value.at)) return false;
  const fields = Object.hasOwn(events, value.event) ? events[value.event] : undefined;
  return fields === undefined || object(fields)(value);
}
