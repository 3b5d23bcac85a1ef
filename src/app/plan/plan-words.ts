/** The plan in words, before anything is spent: what is compared, what it can decide, what leaves the machine. */
import { providerOf } from '../../arms/registry.ts';
import { mayPassOn } from '../../arms/wire/hosts.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { whereOf } from '../../records/arm-where.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import { askedWith } from '../../runs/asked-with.ts';
import type { ArmEstimate } from '../../runs/estimate.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import { wrapLines } from '../../text/wrap.ts';
import type { Context } from '../context.ts';
import { planChances } from './plan-chances.ts';

/** Reading and voting, minutes a ballot: 24 ballots took people about 18 minutes. */
export const minutesPerBallot = 0.75;

export interface PlanText {
  run: RunRecord;
  prompts: number;
  /** Those that are answered: what the log itself asks for stands in the plan. */
  asked: readonly PromptRecord[];
  reserve: number;
  /** Ballots per rater that somebody asked for; undefined for the default and for all. */
  askedFor?: number;
  estimates: readonly ArmEstimate[];
  /** Columns. */
  width: number;
}

export function planText(plan: PlanText): string {
  const { run, asked, reserve, estimates, width } = plan;
  const hanging = ' '.repeat(labelWidth(run) + 4);
  const lines = [...armLines(run, asked, estimates), ...sideLines(run, reserve)];
  return [
    ...headline(plan).flatMap((line) => wrapLines(line, width)),
    '',
    ...lines.flatMap((line) => wrapLines(line, width, hanging)),
  ].join('\n');
}

/** Columns of the terminal, less one; what a line may be elsewhere. */
export const planWidth = ({ stdout }: Pick<Context, 'stdout'>): number => Math.min(stdout.columns ?? 110, 110) - 1;

const labelWidth = (run: RunRecord): number => Math.max(...run.arms.map((arm) => arm.name.length), 'left out'.length);

function headline({ run, prompts, askedFor }: PlanText): string[] {
  const sizes = run.tasks.map((task) => task.planned).join('/');
  const minutes = Math.max(1, Math.round(run.settings.n * minutesPerBallot));
  const each = run.settings.raters > 1 ? ` for each of ${run.settings.raters} raters` : '';
  const tasks = run.tasks.length === 1 ? `1 task` : `${run.tasks.length} tasks (${sizes})`;
  return [
    `${plural(prompts, 'prompt')}, ${tasks}: about ${minutes} min of voting${each}.`,
    ...fewer(run, prompts, askedFor),
    planChances(run),
  ];
}

/** Fewer than asked for is said, not only seen. */
function fewer({ settings: { raters }, leftOut, sources }: RunRecord, prompts: number, askedFor = 0): string[] {
  const asked = askedFor * raters;
  if (prompts >= asked) return [];
  const how = raters > 1 ? ` (${askedFor} × ${raters} raters)` : '';
  const have = leftOut.length > 0 ? 'these tasks have' : sources.length > 1 ? 'the files have' : 'the file has';
  return [`You asked for ${asked}${how}; ${have} ${prompts}.`];
}

function armLines(run: RunRecord, asked: readonly PromptRecord[], estimates: readonly ArmEstimate[]): string[] {
  const width = labelWidth(run);
  return run.arms.flatMap((arm) => [
    `  ${arm.name.padEnd(width)}  ${describeArm(arm)}${sends(arm, estimates)}`,
    ...askedWith(arm, run.settings, asked).map((line) => `  ${' '.repeat(width)}  ${line}`),
  ]);
}

function describeArm(arm: ArmRecord): string {
  const words = providerOf(arm.provider)?.inWords?.(arm.model);
  if (words !== undefined) return words;
  const details = [
    arm.quantization,
    arm.parameterSize,
    arm.contextAsked && `${arm.contextAsked.toLocaleString('en')} tokens of context`,
  ];
  const known = details.filter((detail) => detail !== undefined && detail !== 0 && detail !== '');
  return `${arm.provider}:${arm.model}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
}

function sends(arm: ArmRecord, estimates: readonly ArmEstimate[]): string {
  const estimate = estimates.find(({ arm: name }) => name === arm.name);
  if (!estimate || estimate.calls === 0) return ': nothing is sent';
  const tests = estimate.tests ? ` and ${plural(estimate.tests, 'test call')}` : '';
  const calls = `: ${plural(estimate.calls, 'call')}${tests} to`;
  if (whereOf(arm) === 'program')
    return `${calls} a program on this machine; what it sends is its own affair, ${cost(estimate)}`;
  if (arm.leavesMachine && !mayPassOn(arm)) return `${calls} ${arm.host ?? 'another machine'}, ${cost(estimate)}`;
  const host = arm.host ?? 'this machine';
  if (!mayPassOn(arm)) return `${calls} ${host} (stays on this machine), ${cost(estimate)}`;
  return arm.price === undefined
    ? `${calls} ${host} (a proxy there may pass them on and charge)`
    : `${calls} ${host} (a proxy there may pass them on), ${cost(estimate)}`;
}

function cost({ usdLikely, usdMost, tokensIn }: ArmEstimate): string {
  if (usdMost === undefined) return `≈ ${tokensIn.toLocaleString('en')} tokens in, price unknown`;
  if (usdMost === 0) return 'no fee per call';
  const likely = usdLikely === undefined ? '' : `about ${dollars(usdLikely)}, `;
  return `${likely}at most about ${dollars(usdMost)}`;
}

function sideLines(run: RunRecord, reserve: number): string[] {
  const lines: string[] = [];
  const add = (name: string, text: string): void => void lines.push(`  ${name.padEnd(labelWidth(run))}  ${text}`);
  if (run.tasks.length > 0) add('tasks', run.tasks.map((task) => `${task.task} ${task.planned}`).join(', '));
  if (reserve > 0) add('reserve', `${plural(reserve, 'more prompt')} in a fixed order, for "gapcheck more"`);
  if (run.leftOut.length > 0)
    add(
      'left out',
      `${run.leftOut.map((out) => `${out.task} ${out.prompts}`).join(', ')}; --tasks A,B takes others, a larger -n more of them`,
    );
  const redacted = Object.entries(run.redacted).filter(([, times]) => times > 0);
  if (redacted.length > 0)
    add('replaced', `by look-alikes: ${redacted.map(([kind, times]) => `${kind} ${times}`).join(', ')}`);
  return lines;
}

/** What the log reader understood and could not use: one line each, nothing hidden. */
/** Field names that often hold what the log calls a task. */
const taskLike = /^(?:kind|type|category|label|intent|topic|class|action|use_?case|feature|route|endpoint)$/i;

/** Tasks that nobody named are said, with the field that perhaps names them. */
function guessedTasks({ guessed, unused }: Pick<LoadedPrompts, 'guessed' | 'unused'>): string[] {
  if (guessed === undefined) return [];
  const field = unused.find(({ name, length }) => taskLike.test(name) && length <= 40)?.name;
  const ask =
    field === undefined ? '' : ` Not used: "${field}". Is it the task? Then add --task-field ${shellWord(field)}`;
  return [guessed + ask];
}

export function loadedNotes(loaded: LoadedPrompts): string[] {
  const { understood, rejected, warnings, duplicates } = loaded;
  return [
    ...understood.map(
      ({ file, format, why, records }) => `${file}: ${plural(records, 'record')}, read as ${format} (${why}).`,
    ),
    ...guessedTasks(loaded),
    ...warnings.map((warning) => `Note: ${warning}`),
    ...rejected.map(({ reason, count, firstLines }) => {
      const where = firstLines.map(({ file, line }) => `${file}:${line}`).join(', ');
      return `Left out: ${plural(count, 'record')}, ${reason}${where === '' ? '' : ` (${where})`}.`;
    }),
    ...(duplicates > 0 ? [`${plural(duplicates, 'exact duplicate')} counted once.`] : []),
  ];
}
