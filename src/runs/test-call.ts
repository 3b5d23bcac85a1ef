/**
 * One call per arm and shape of request before anything is frozen: it meets a wrong address, key, model name or
 * parameter while that still costs nothing. What the arm learns on the way it keeps.
 */
import { type Arm, ArmError } from '../arms/arm.ts';
import { whereOf } from '../records/arm-where.ts';
import { ruleOf } from '../records/outcomes.ts';
import type { Message, PromptRecord } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { requestFor } from './attempt.ts';

/** Prompts that are asked alike: the same roles before the question, tools or none, the same kind of format. */
export interface Shape {
  sample: PromptRecord;
  prompts: number;
}

/** Shapes that are tried of one arm, the most frequent first. */
const mostShapes = 4;
const cap = 16;
const question = 'Reply with the word OK.';

export function shapesOf(prompts: readonly PromptRecord[]): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const prompt of prompts) {
    const key = JSON.stringify([
      systemRoles(prompt),
      Boolean(prompt.tools?.length),
      prompt.tool_choice !== undefined,
      prompt.response_format?.type ?? 'text',
    ]);
    const known = shapes.get(key);
    if (known) known.prompts += 1;
    else shapes.set(key, { sample: prompt, prompts: 1 });
  }
  return [...shapes.values()].sort((a, b) => b.prompts - a.prompts).slice(0, mostShapes);
}

const systemRoles = ({ messages }: PromptRecord): string[] => [
  ...new Set(messages.map(({ role }) => role).filter((role) => role === 'system' || role === 'developer')),
];

export interface TestFinding {
  arm: string;
  error: ArmError;
  prompts: number;
  /** Nothing on this arm can work until the user acts. */
  stops: boolean;
}

/** Arms that are called at all: programs of the user have their own idea of what a call does. */
export const isTested = ({ config: { provider }, job }: Arm): boolean =>
  job === undefined && ['local', 'hosted'].includes(whereOf({ provider }));

/** All at once, one try each, no waits. Never throws for what an arm does. */
export async function testCalls(
  arms: readonly Arm[],
  prompts: readonly PromptRecord[],
  settings: RunSettings,
  contextTokens: number,
  signal: AbortSignal,
): Promise<TestFinding[]> {
  const shapes = shapesOf(prompts);
  const found = await Promise.all(
    arms.filter(isTested).map((arm) => testArm(arm, shapes, settings, contextTokens, signal)),
  );
  return found.flat();
}

async function testArm(
  arm: Arm,
  shapes: readonly Shape[],
  settings: RunSettings,
  contextTokens: number,
  signal: AbortSignal,
): Promise<TestFinding[]> {
  const everything = shapes.reduce((sum, { prompts }) => sum + prompts, 0);
  const cold = await failureOf(async () => arm.warmUp?.(signal, { contextTokens }));
  const failed = cold
    ? [{ error: cold, prompts: everything }]
    : await Promise.all(
        shapes.map(async ({ sample, prompts }) => {
          const error = await failureOf(() => arm.call(testRequest(arm, sample, settings), { signal }));
          return error ? [{ error, prompts }] : [];
        }),
      ).then((all) => all.flat());
  const unknownAll =
    failed.length === (cold ? 1 : shapes.length) && failed.every(({ error }) => causeOf(error) === 'unknown');
  return failed.map(({ error, prompts }) => ({
    arm: arm.config.name,
    error,
    prompts,
    stops: isForTheUser(error) || unknownAll || isNoApi(error),
  }));
}

const stopping = [
  ...['dns', 'refused-connection', 'tls', 'proxy', 'base-url', 'key', 'permission', 'model', 'memory'],
  // Another model would give every answer.
  'substituted',
];

/** Met before a run begins: nothing can come of it until the user acts. */
export const isForTheUser = (error: ArmError): boolean => stopping.includes(causeOf(error));

/** Web pages alone came back. */
const isNoApi = (error: ArmError): boolean => causeOf(error) === 'garbage' && error.fault === 'setup';

export const causeOf = ({ failure, why }: ArmError): string => ruleOf({ outcome: failure, cause: why }).cause;

async function failureOf(work: () => Promise<unknown>): Promise<ArmError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ArmError) return error;
    return new ArmError('garbage', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A text of ours in the sample's shape, with the run's parameters and a small cap. */
function testRequest(arm: Arm, sample: PromptRecord, settings: RunSettings) {
  const messages: Message[] = [
    ...systemRoles(sample).map((role): Message => ({ role: role as Message['role'], content: 'Be brief.' })),
    { role: 'user', content: question },
  ];
  const cell = { prompt: sample, trial: 1, attempt: 1, answers: 0, steps: [] };
  const request = requestFor(arm, cell, messages, settings);
  return { ...request, params: { ...request.params, max_tokens: Math.min(cap, request.params.max_tokens) } };
}
