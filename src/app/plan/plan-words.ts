/** The plan in words, before anything is spent: what is compared, what it can decide, what leaves the machine. */
import { providerOf } from '../../arms/registry.ts';
import { mayPassOn } from '../../arms/wire/hosts.ts';
import { checkInWords } from '../../checks/registry.ts';
import { suggestChecks } from '../../checks/suggest-checks.ts';
import { perhapsTask } from '../../logs/fields/unused-text.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { votesPerTask } from '../../logs/sample.ts';
import { whereOf } from '../../records/arm-where.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import { askedWith } from '../../runs/asked-with.ts';
import type { ArmEstimate } from '../../runs/token-estimate.ts';
import { replacedValues } from '../../text/fake-values.ts';
import { ifOneTask } from '../../text/guessed-tasks.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';
import { failedPrompts, repeatedPrompts } from '../../text/repeated-prompts.ts';
import { oneLine, shellWord, shortened } from '../../text/shell.ts';
import { typesetProse } from '../../text/typeset.ts';
import { wrapLines } from '../../text/wrap.ts';
import { repeatsFrom } from '../../verdicts/next-ballot.ts';
import type { Context } from '../context.ts';
import { agentRows, agentSends } from './agent-plan.ts';
import { planChances } from './plan-chances.ts';
import { readAlike } from './read-alike.ts';
import { type ReplayCounts, replayWords } from './replayed-prompts.ts';
import { type PlanRow, votingRows } from './voting-rows.ts';

export interface PlanText {
  run: RunRecord;
  prompts: number;
  /** The prompts that are answered: the plan says what the log asks for. */
  asked: readonly PromptRecord[];
  reserve: number;
  /** Conversations of the log that are asked from the user's turn, and the records they were, if not none. */
  replays?: ReplayCounts;
  /** Prompts of the planned tasks that are not frozen with the run. */
  beyond: number;
  /** Ballots per rater that somebody asked for; undefined for the default and for all. */
  askedFor?: number;
  /** Somebody chose the margin. */
  marginChosen?: boolean;
  /** Where the tasks come from: `from the column "task"`. */
  tasksFrom?: string;
  estimates: readonly ArmEstimate[];
  /** Columns. */
  width: number;
}

export function planText(plan: PlanText): string {
  const { run, width } = plan;
  const label = labelWidth(run);
  const hanging = ' '.repeat(label + 3);
  const rows = [...promptRows(plan), ...armRows(plan), ...settingRows(plan), ...votingRows(run, plan.asked)];
  return [
    ...headline(plan).flatMap((line) => wrapLines(` ${line}`, width, ' ')),
    '',
    ...rows.flatMap(([name, text]) =>
      typesetProse(` ${name.padEnd(label)}  ${text}`, { npx: false, columns: width, indent: hanging }),
    ),
    '',
    ...wrapLines(` ${planChances(run)}`, width, ' '),
    ...repeatLines(run).flatMap((line) => wrapLines(` ${line}`, width, ' ')),
    ...wrapLines(` ${fixed}`, width, ' '),
  ].join('\n');
}

const repeatLines = ({ settings }: RunRecord): string[] =>
  settings.n < repeatsFrom
    ? [`Whether a rater would vote the same again is not measured below ${repeatsFrom} ballots.`]
    : [];

const fixed = 'When you start, the prompts, their order and the left/right order of the answers are fixed.';

/** Columns of the terminal, less one; what a line may be elsewhere. */
export const planWidth = ({ stdout }: Pick<Context, 'stdout'>): number => Math.min(stdout.columns ?? 110, 110) - 1;

const labelWidth = (run: RunRecord): number => Math.max(...run.arms.map((arm) => arm.name.length), 'settings'.length);

function headline({ run, prompts, reserve, askedFor, tasksFrom }: PlanText): string[] {
  const files = run.sources.map(({ file }) => file);
  const named = files.length === 1 ? ` for ${shortened(oneLine(files[0] ?? ''), 40)}` : ` for ${files.length} files`;
  const all = prompts + reserve;
  const tasks = plural(run.tasks.filter(({ planned }) => planned > 0).length, 'task');
  return [
    `Plan${files.length === 0 ? '' : named}: ${plural(all, 'prompt')} in ${tasks}${tasksFrom === undefined ? '' : ` (${tasksFrom})`}.`,
    ...fewer(run, prompts, askedFor),
  ];
}

const whyBeyond = `${votesPerTask} of a task are enough to decide it. To take every prompt: -n all`;

function promptRows({ run, prompts, reserve, beyond, replays }: PlanText): PlanRow[] {
  const tasks = run.tasks.filter(({ planned }) => planned > 0).map(({ task, planned }) => `${task} ${planned}`);
  const left = run.leftOut.map(({ task, prompts: count }) => `${task} (${count})`);
  const said = [repeatedPrompts(run.logged), failedPrompts(run.logged)].filter((text) => text !== undefined);
  const every = [...run.tasks, ...run.leftOut].map(({ task }) => task).join(',');
  return [
    ['prompts', `${prompts} now: ${tasks.join(', ')}`],
    ...said.map((text): PlanRow => ['', text]),
    ...(replays === undefined ? [] : [['', replayWords(replays)] as const]),
    ...(reserve > 0
      ? [
          [
            '',
            `${reserve} more ${reserve === 1 ? 'stays' : 'stay'} unused; "gapcheck more" adds ${reserve === 1 ? 'it' : 'them'} later`,
          ] as const,
        ]
      : []),
    ...(beyond > 0 ? [['', `${beyond} are not part of this run: ${whyBeyond}`] as const] : []),
    ...(left.length > 0
      ? [
          [
            '',
            `Not included: ${left.join(', ')}. Add ${left.length === 1 ? 'it' : 'them'} with --tasks ${shellWord(every)}`,
          ] as const,
        ]
      : []),
  ];
}

/** What is compared, and what of it leaves this machine. */
export const armRows = ({ run, asked, estimates }: Pick<PlanText, 'run' | 'asked' | 'estimates'>): PlanRow[] =>
  run.arms.flatMap((arm): PlanRow[] => [
    [arm.name, `${describeArm(arm)}${sends(arm, estimates)}`],
    ...askedWith(arm, run.settings, asked).map((line): PlanRow => ['', line]),
  ]);

export function settingRows({ run, asked, marginChosen }: Pick<PlanText, 'run' | 'asked' | 'marginChosen'>): PlanRow[] {
  const replaced = replacedValues(run.redacted);
  const points = Math.round(run.margin * 100);
  return [
    ...(replaced === undefined ? [] : [['privacy', `${replaced} are replaced with fake values`] as const]),
    ...(run.settings.agent ? agentRows(run.settings) : ([['checks', checkWords(run)]] as const)),
    ...suggestChecks(asked, run.settings).map(
      ({ task, asks, check }): PlanRow => [
        '',
        `The prompts of ${task} ask for ${asks}; --check ${shellWord(`${task}=${check}`)} checks it`,
      ],
    ),
    ['margin', `${points} per 100${marginChosen ? '' : ', the default. --margin changes it'}`],
  ];
}

/** What a machine looks at in every answer, and what was set. */
function checkWords({ settings }: RunRecord): string {
  const set = Object.entries(settings.checks ?? {}).map(
    ([task, checks]) =>
      `${task === '*' ? 'all tasks' : task}: ${checks.map(({ check }) => checkInWords(check)).join(', ')}`,
  );
  return `empty, cut off, refusal, repetition${set.length > 0 ? `; ${set.join('; ')}` : ''}`;
}

const mostLookedAt = 200;

/** What three of the prompts ask, so that a misreading is seen before money is spent. */
function firstWords(prompts: LoadedPrompts['prompts']): string[] {
  const shown = new Set<string>();
  // Prompts of one template begin alike: the next that begins otherwise says more.
  for (const { messages } of prompts.slice(0, mostLookedAt)) {
    if (shown.size === 3) break;
    const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const text =
      typeof asked === 'string' ? asked : asked.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
    const line = printableLine(text.slice(0, 200)).trim();
    shown.add(`“${line.length > 48 ? `${line.slice(0, 47).trimEnd()}…` : line}”`);
  }
  return shown.size > 0 ? [`Prompts begin: ${[...shown].join(' · ')}`] : [];
}

/** Fewer than asked for is said, not only seen. */
function fewer({ settings: { raters }, leftOut, sources }: RunRecord, prompts: number, askedFor = 0): string[] {
  const asked = askedFor * raters;
  if (prompts >= asked) return [];
  const how = raters > 1 ? ` (${askedFor} × ${raters} raters)` : '';
  const have = leftOut.length > 0 ? 'these tasks have' : sources.length > 1 ? 'the files have' : 'the file has';
  return [`You asked for ${asked}${how}; ${have} ${prompts}.`];
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
  if (arm.agent) return agentSends(estimate);
  const tests = estimate.tests ? ` and ${plural(estimate.tests, 'test call')}` : '';
  const calls = `: ${estimate.loops ? 'about ' : ''}${plural(estimate.calls, 'call')}${tests} to`;
  if (whereOf(arm) === 'program')
    return `${calls} a program on this machine; gapcheck cannot see what it sends, ${cost(estimate)}`;
  if (arm.leavesMachine && !mayPassOn(arm)) return `${calls} ${arm.host ?? 'another machine'}, ${cost(estimate)}`;
  const host = arm.host ?? 'this machine';
  if (!mayPassOn(arm)) return `${calls} ${host} (stays on this machine), ${cost(estimate)}`;
  return arm.price === undefined
    ? `${calls} ${host} (on your machine; if it forwards calls, they leave it and may cost money)`
    : `${calls} ${host} (on your machine; if it forwards calls, they leave it), ${cost(estimate)}`;
}

function cost({ usdLikely, usdMost, tokensIn }: ArmEstimate): string {
  if (usdMost === undefined) return `≈ ${tokensIn.toLocaleString('en')} tokens in, price unknown`;
  if (usdMost === 0) return 'no fee per call';
  const likely = usdLikely === undefined ? '' : `about ${dollars(usdLikely)}, `;
  return `${likely}at most about ${dollars(usdMost)}`;
}

/** `from "name"; --task-field traceName would give 2`. */
export function choiceWords({ field, others }: NonNullable<LoadedPrompts['taskChoice']>): string {
  const flags = others.map((other) => `--task-field ${shellWord(other.field)} would give ${other.tasks}`);
  return `from "${printableLine(field)}"; ${flags.join(', ')}`;
}

/** Tasks that nobody named are said, with the field that perhaps names them. */
export function guessedTasks({ guessed, unused, prompts }: LoadedPrompts): string[] {
  if (guessed === undefined) return [];
  const field = perhapsTask(unused);
  const ask =
    field === undefined
      ? `${prompts.length > 1 ? ifOneTask(guessed, 1) : ''} A column or field named task sets them.`
      : ` Not used: "${printableLine(field)}". Is it the task? Then add --task-field ${shellWord(field)}`;
  return [`${guessed.words}${ask}`];
}

/** What the log reader understood and could not use: one line each, nothing hidden. */
export function loadedNotes(loaded: LoadedPrompts): string[] {
  const { rejected, warnings, prompts } = loaded;
  return [
    ...readAlike(loaded).map(
      ({ files, format, why, records }) => `${files}: ${plural(records, 'record')}, read as ${format} (${why}).`,
    ),
    ...guessedTasks(loaded),
    ...warnings.map((warning) => `Note: ${warning}`),
    ...rejected.map(({ reason, count, firstLines }) => {
      const where = firstLines.map(({ file, line }) => `${file}:${line}`).join(', ');
      return `Left out: ${plural(count, 'record')}, ${reason}${where === '' ? '' : ` (${where})`}.`;
    }),
    ...firstWords(prompts),
  ];
}
