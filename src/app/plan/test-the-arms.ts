/** The test calls of a plan: made after its consent, before anything is frozen. */
import type { Arm } from '../../arms/arm.ts';
import { nearestNames } from '../../arms/wire/nearest-names.ts';
import { exitCodes, GapcheckError } from '../../errors.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunSettings } from '../../records/run-record.ts';
import { causeOf, isTested, type TestFinding, testCalls } from '../../runs/test-call.ts';
import { contextNeeded } from '../../runs/token-estimate.ts';
import { plural } from '../../text/numbers.ts';
import type { Config } from '../config/load-config.ts';
import { runSettings } from '../config/run-settings.ts';
import type { Context } from '../context.ts';

/** Longer than this no test is waited for: the run meets the same with its own patience. */
const mostMs = 120_000;

/** Tokens: enough for a test, and no reason to load a model with more. */
const testWindow = 4_096;

/** Throws (exit 2) where nothing can work until the user acts; says what else was met. */
export async function testTheArms(
  arms: readonly Arm[],
  prompts: readonly PromptRecord[],
  settings: RunSettings,
  context: Pick<Context, 'err'>,
): Promise<void> {
  const signal = AbortSignal.timeout(mostMs);
  const found = await testCalls(arms, prompts, settings, contextNeeded(prompts, settings), signal);
  const stop = found.find(({ stops }) => stops);
  if (stop) throw await refused(stop, arms, signal);
  for (const finding of found) if (finding.error.failure !== 'aborted') context.err(noteOf(finding));
}

const concernsPrompts = ['role', 'feature', 'context', 'payload', 'unknown'];

function noteOf({ arm, error, prompts }: TestFinding): string {
  const of = concernsPrompts.includes(causeOf(error)) ? ` (${plural(prompts, 'prompt')} of this shape)` : '';
  const hint = error.hint === undefined ? '' : ` (${error.hint})`;
  return `Note: the test call of ${arm} met: ${error.message}${hint}${of}. The run goes on.`;
}

async function refused(
  { error, arm: name }: TestFinding,
  arms: readonly Arm[],
  signal: AbortSignal,
): Promise<GapcheckError> {
  const arm = arms.find(({ config }) => config.name === name);
  const served = causeOf(error) === 'model' ? await arm?.listModels?.(signal).catch(() => []) : [];
  const names = arm && served ? nearestNames(arm.config.model, served).slice(0, 6) : [];
  const list = names.length > 0 ? ` It lists ${names.join(', ')}.` : '';
  return new GapcheckError(
    'test-call',
    `The test call of arm ${name} failed, so nothing was frozen. ${error.message}${list}`,
    {
      exitCode: exitCodes.userCanFix,
      hint: error.hint,
      cause: error,
    },
  );
}

/** The call that `run` makes before it freezes anything, with a text of ours. */
export async function testCallOf(arm: Arm, config: Config): Promise<TestFinding | undefined> {
  if (!isTested(arm)) return undefined;
  const settings = { ...runSettings({}, config), n: 1 };
  const prompt: PromptRecord = {
    id: 'p_0000000000000000',
    task: 'test',
    messages: [{ role: 'user', content: 'OK?' }],
    difficulty: 'easy',
    weight: 1,
    source: { format: 'gapcheck', file: 'doctor', line: 1 },
  };
  const found = await testCalls([arm], [prompt], settings, testWindow, AbortSignal.timeout(mostMs));
  return found[0];
}
