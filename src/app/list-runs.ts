/** `gapcheck list` and `gapcheck status`: what is there, and what each run waits for. Names no model. */
import { join, resolve } from 'node:path';
import { paceOf } from '../blind/packet-port.ts';
import { minutesLeft } from '../blind/session/pace.ts';
import { type ExitCode, exitCodes, userError } from '../errors.ts';
import type { RunRecord } from '../records/run-record.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ReportInput } from '../report/report-input.ts';
import { readEvents } from '../store/events-file.ts';
import { findRun, listRuns, openRun } from '../store/run-folder.ts';
import { count, plural } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { shortened } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import { toWidth, wrapLines } from '../text/wrap.ts';
import { tasksAsked } from '../voting/questions.ts';
import { weekAsPlan } from '../voting/watched-days.ts';
import type { Context } from './context.ts';
import { runLine } from './name-run.ts';
import { gather } from './result/gather.ts';
import { type RunState, runState } from './run-state.ts';
import { shortPath } from './short-path.ts';
import type { ListOptions } from './verb-options.ts';

/** Runs shown without `--all`: each is read whole. */
const shownRuns = 15;

/** Newest first. Exit 0 also where there is no run yet: that is an answer. */
export async function list(options: ListOptions & { all?: boolean }, context: Context): Promise<ExitCode> {
  const results = resolve(context.cwd, options.results ?? 'results');
  const names = listRuns(results).reverse();
  const states = names
    .slice(0, options.all ? names.length : shownRuns)
    .map((name) => runState(join(results, name), context));
  if (options.json) {
    context.data(JSON.stringify({ results, runs: states }, null, 2));
    return exitCodes.done;
  }
  if (states.length === 0) {
    context.out(`There is no run in ${shortPath(context.cwd, results)} yet.\nNext: gapcheck demo`);
    return exitCodes.done;
  }
  for (const line of table(states, context.stdout.columns)) context.out(line);
  const more = names.length - states.length;
  if (more > 0) context.out(`${plural(more, 'older run')} not shown. --all shows them.`);
  const next = nextRun(states)?.next;
  if (next) context.out(`Next: ${next}`);
  return exitCodes.done;
}

/** The newest that waits and was not abandoned, else the newest with something to report. */
const nextRun = (states: readonly RunState[]): RunState | undefined =>
  states.find((state) => state.waits && !isAbandoned(state, states)) ??
  states.find((state) => !isAbandoned(state, states)) ??
  states[0];

const castIn = ({ votes }: RunState): number => votes?.cast ?? 0;
const isAnswered = ({ answers }: RunState): boolean => answers !== null && answers.there > 0;

/** Nobody voted, and the same prompts were answered in a newer run; or it has no answer, and another run has. */
function isAbandoned(state: RunState, states: readonly RunState[]): boolean {
  if (castIn(state) > 0 || state.answers === null) return false;
  const newer = states.slice(0, states.indexOf(state));
  const others = states.filter((other) => other !== state);
  return (
    newer.some((other) => other.prompts === state.prompts && (castIn(other) > 0 || isAnswered(other))) ||
    (!isAnswered(state) && others.some((other) => castIn(other) > 0 || isAnswered(other)))
  );
}

const head = ['run', 'prompts', 'answers', 'ballots', 'state'];

function table(states: readonly RunState[], columns = 100): string[] {
  const whole = [head, ...states.map(cells)];
  const fits = widthsOf(whole).reduce((sum, width) => sum + width + 2, -2) <= columns;
  // A run is called after its file: on a narrow screen once is enough.
  const rows = fits || !states.every(isCalledAfterFile) ? whole : whole.map((row) => row.toSpliced(1, 1));
  const last = (rows[0]?.length ?? 1) - 1;
  const widths = widthsOf(rows);
  const fixed = widths.slice(1, last).reduce((sum, width) => sum + width + 2, 0);
  // Names and states give way to a narrow terminal; counts do not.
  const name = Math.max(12, Math.min(widths[0] ?? 0, columns - fixed - 2 - Math.min(24, widths[last] ?? 0)));
  return rows.map(([run = '', ...rest]) =>
    [toWidth(run, name), ...rest.map((cell, at) => (at === last - 1 ? cell : toWidth(cell, widths[at + 1] ?? 0)))]
      .join('  ')
      .trimEnd(),
  );
}

const widthsOf = (rows: readonly string[][]): number[] =>
  (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));

const isCalledAfterFile = ({ run, prompts }: RunState): boolean =>
  run.includes(prompts.replace(/\.[^.]*$/, '').toLowerCase());

const cells = ({ run, prompts, answers, votes, state }: RunState): string[] => [
  printableLine(run),
  shortened(prompts, 24),
  answers === null ? '–' : ofWhole(answers.there, answers.asked),
  votes === null ? '–' : [ofPlanned(votes), ...notCast(votes)].join(', '),
  state,
];

type Votes = NonNullable<RunState['votes']>;

const ofPlanned = ({ cast, planned }: Votes): string => `${count(cast)} of ${count(planned)}`;

/** A skip is done, and is no vote; a prompt that a model could not be asked is put to nobody. */
const notCast = ({ skipped, lost }: Votes): string[] => [
  ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
  ...(lost > 0 ? [`${count(lost)} without a ballot`] : []),
];

const ofWhole = (part: number, whole: number): string =>
  part === whole ? count(whole) : `${count(part)} of ${count(whole)}`;

/** One run: its plan, its raters, voting pages that are out, and what to do next. */
export async function status(ref: string | undefined, options: ListOptions, context: Context): Promise<ExitCode> {
  const results = resolve(context.cwd, options.results ?? 'results');
  const folder = findRun(results, ref);
  const state = runState(folder, context);
  if (options.json) {
    context.data(JSON.stringify(state, null, 2));
    return exitCodes.done;
  }
  context.out(runLine(folder, ref));
  if (state.answers === null) {
    if (state.next === null)
      throw userError('unreadable-run', `${runLine(folder, folder)} cannot be read.`, 'gapcheck list');
    context.out(`This run was ${state.state}.\nNext: ${state.next}`);
    return exitCodes.done;
  }
  const { input, stored, votes } = gather(folder, folder, context);
  const paceMs = votes.flatMap(({ lines }) => paceOf([...standingVotes(lines).values()]));
  for (const [label, text] of [...planRows(folder, state, paceMs), ...voterRows(input, stored.run)])
    context.out(row(label, text, context.stdout.columns));
  if (state.next !== null) context.out(`Next: ${state.next}`);
  return exitCodes.done;
}

/** What does not fit goes on under the text, not under the label. */
function row(label: string, text: string, columns: number | undefined): string {
  const [first = '', ...more] = columns === undefined ? [text] : wrapLines(text, columns - 11);
  return [` ${label.padEnd(8)} ${first}`, ...more.map((line) => `${' '.repeat(10)}${line}`)].join('\n');
}

function planRows(
  folder: string,
  { prompts, answers, votes, state }: RunState,
  paceMs: readonly number[],
): [string, string][] {
  const stored = openRun(folder);
  const events = readEvents(stored.paths);
  const week = weekAsPlan(stored.run, stored.prompts, events);
  const counted = tasksAsked(week.run, week.prompts, stored.run.settings.watch ? [] : events);
  const tasks = counted.filter(({ asked }) => asked > 0).map(({ task, asked }) => `${printableLine(task)} ${asked}`);
  const unused = counted.reduce((sum, one) => sum + one.unused, 0);
  return [
    [
      'prompts',
      `${prompts}${tasks.length > 0 ? `: ${tasks.join(', ')}` : ''}${unused > 0 ? `; ${unused} more ${unused === 1 ? 'is' : 'are'} unused` : ''}`,
    ],
    ['answers', answers ? `${count(answers.there)} of ${count(answers.asked)}` : '–'],
    ['votes', votes ? votesRow(votes, paceMs) : '–'],
    ['state', state],
  ];
}

/** "15 of 48, 11 of these needed no vote (…), about 28 minutes are left": what nobody voted on is no vote of a rater. */
function votesRow(votes: Votes, paceMs: readonly number[]): string {
  const { cast, planned, settled, skipped, lost } = votes;
  const left = planned - cast - skipped - lost;
  const minutes = minutesLeft({ progress: { number: cast + 1, atMost: left, voted: cast }, paceMs });
  return [
    ofPlanned(votes),
    ...(settled > 0 ? [`${count(settled)} of these needed no vote (identical answers, or votes that were kept)`] : []),
    ...notCast(votes),
    ...(left > 0 ? [`about ${plural(minutes, 'minute')} ${minutes === 1 ? 'is' : 'are'} left`] : []),
  ].join(', ');
}

function voterRows(input: ReportInput, run: RunRecord): [string, string][] {
  const raters = input.raters.map(
    ({ rater, votes, skipped, finished }) =>
      `${printableLine(rater)}: ${plural(votes, 'vote')}${skipped > 0 ? `, ${plural(skipped, 'skipped ballot')}` : ''}, ${finished ? 'final' : 'not finished'}`,
  );
  const planned = run.settings.raters;
  return [
    ['raters', raters.length === 0 ? `${plural(planned, 'rater')} planned, none has voted yet` : raters.join('; ')],
    ...(input.seal.packets ?? []).map(({ rater, prompts }): [string, string] => [
      'page',
      `${printableLine(rater)} has a voting page or file with ${plural(prompts, 'prompt')}`,
    ]),
  ];
}
