/**
 * How long the models of this machine will take, said before anybody consents. One warm-up answer to a text of ours
 * tells their speed; nothing leaves the machine for it. What the answers will be as long as is not known, so it is a range.
 */
import type { Arm, ArmReply } from '../../arms/arm.ts';
import { whereOf } from '../../records/arm-where.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../../records/run-record.ts';
import { requestFor } from '../../runs/attempt.ts';
import { type ArmEstimate, contextNeeded } from '../../runs/token-estimate.ts';
import { plural } from '../../text/numbers.ts';

const question = 'Write three sentences about the sea.';
/** Tokens: enough to tell the speed, and soon written. */
const cap = 48;
/** A model that takes longer to load is not waited for; an answer is stopped, and what came of it is measured. */
const [mostMs, answerMs] = [90_000, 15_000];
/** Tokens of an answer where no log tells: short ones, and long ones. */
const [shortAnswer, longAnswer] = [80, 400];
/** Answers of a log are as long as those to come, within this much. */
const around = { least: 0.7, most: 1.6 };
/** A prompt is read so many times faster than an answer is written, where the server does not say. */
const readFaster = 8;

export interface Speed {
  /** Tokens per second. */
  writes: number;
  reads: number;
}

interface Ahead {
  arms: readonly Arm[];
  records: readonly ArmRecord[];
  estimates: readonly ArmEstimate[];
  prompts: readonly PromptRecord[];
  settings: RunSettings;
}

/** One line for the plan; undefined where no model of this machine answers, or none could be measured. */
export async function timeAhead(ahead: Ahead, signal = AbortSignal.timeout(mostMs)): Promise<string | undefined> {
  const { prompts, settings } = ahead;
  const [sample] = prompts;
  if (!sample) return undefined;
  let [least, most] = [0, 0];
  const speeds: string[] = [];
  for (const { arm, estimate } of answeringHere(ahead)) {
    const { name } = arm.config;
    const speed = await speedOf(arm, sample, settings, contextNeeded(prompts, settings), signal);
    if (speed === 'too slow')
      return `Time on this machine: not known, and long: ${name} wrote hardly a word in ${plural(answerMs / 1_000, 'second')}.`;
    if (!speed) continue;
    const seconds = secondsOf(estimate, speed);
    least += seconds.least;
    most += seconds.most;
    speeds.push(`${name} writes ${perSecond(speed.writes)}`);
  }
  if (speeds.length === 0) return undefined;
  return `Time on this machine: ${spanOf(least, most)}, by one warm-up answer (${speeds.join(', ')}).`;
}

const perSecond = (tokens: number): string =>
  tokens >= 1.5
    ? `about ${Math.round(tokens)} tokens per second`
    : `about ${Math.max(1, Math.round(60 * tokens))} tokens per minute`;

/** Whether a model of this machine is going to answer. */
export const answersHere = (ahead: Ahead): boolean => answeringHere(ahead).length > 0;

const answeringHere = ({ arms, records, estimates }: Ahead): { arm: Arm; estimate: ArmEstimate }[] =>
  arms.flatMap((arm) => {
    const { name } = arm.config;
    const estimate = estimates.find((one) => one.arm === name);
    return estimate?.calls && isHere(records.find((one) => one.name === name)) ? [{ arm, estimate }] : [];
  });

const isHere = (record: ArmRecord | undefined): boolean =>
  record !== undefined && whereOf(record) === 'local' && !record.leavesMachine && !record.agent;

async function speedOf(
  arm: Arm,
  sample: PromptRecord,
  settings: RunSettings,
  contextTokens: number,
  signal: AbortSignal,
): Promise<Speed | 'too slow' | undefined> {
  const tokens: number[] = [];
  const enough = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    await arm.warmUp?.(signal, { contextTokens });
    timer = setTimeout(() => enough.abort(), answerMs);
    const reply = await arm.call(requestOf(arm, sample, settings), {
      signal: AbortSignal.any([signal, enough.signal]),
      onToken: () => tokens.push(performance.now()),
    });
    return speedIn(reply) ?? speedBetween(tokens);
  } catch {
    // A slow answer was stopped; what the server refuses the test call after the consent meets again.
    return speedBetween(tokens) ?? (enough.signal.aborted ? 'too slow' : undefined);
  } finally {
    clearTimeout(timer);
  }
}

function requestOf(arm: Arm, sample: PromptRecord, settings: RunSettings) {
  const { tools: _, tool_choice: __, response_format: ___, ...bare } = sample;
  const messages = [{ role: 'user' as const, content: question }];
  const cell = { prompt: { ...bare, messages }, trial: 1, attempt: 1, answers: 0, steps: [] };
  const request = requestFor(arm, cell, messages, settings);
  return { ...request, params: { ...request.params, max_tokens: cap } };
}

function speedIn({ usage, ms }: ArmReply): Speed | undefined {
  if (!ms || !usage.out || usage.out < 2) return undefined;
  const writes = ms.tokensPerSecond ?? (1_000 * usage.out) / Math.max(1, ms.total - (ms.ttft ?? 0));
  return { writes, reads: ms.readPerSecond ?? readFaster * writes };
}

/** By the clock, where an answer came too slowly to be waited for. */
function speedBetween(tokens: readonly number[]): Speed | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined || tokens.length < 3) return undefined;
  const writes = (1_000 * (tokens.length - 1)) / Math.max(1, last - first);
  return { writes, reads: readFaster * writes };
}

/** Calls of one machine share it: in flight together they take as long as one by one. */
export function secondsOf(
  { calls, tokensIn, tokensOutMost, tokensOutLikely }: ArmEstimate,
  { writes, reads }: Speed,
): { least: number; most: number } {
  const reading = tokensIn / reads;
  const of = (tokens: number): number => reading + Math.min(tokens, tokensOutMost) / writes;
  if (tokensOutLikely !== undefined)
    return { least: of(around.least * tokensOutLikely), most: of(around.most * tokensOutLikely) };
  return { least: of(shortAnswer * calls), most: of(longAnswer * calls) };
}

/** "about 12 to 40 minutes", "about 2 to 5 hours", "less than a minute". */
export function spanOf(least: number, most: number): string {
  if (most < 60) return 'less than a minute';
  if (most >= 3 * 3_600) return span(least / 3_600, most / 3_600, 'hour');
  return span(least / 60, most / 60, 'minute');
}

function span(least: number, most: number, unit: string): string {
  const [low, high] = [Math.max(1, Math.round(least)), Math.max(1, Math.round(most))];
  return low === high ? `about ${plural(high, unit)}` : `about ${low} to ${plural(high, unit)}`;
}
