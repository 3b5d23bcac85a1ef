/** The plan of a week, before anything is sent: what is compared, from which logs, how much a day, and up to which cost. */
import { votingMinutes } from '../../blind/session/pace.ts';
import { calendar } from '../../logs/days.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunRecord, WatchSettings } from '../../records/run-record.ts';
import type { ArmEstimate } from '../../runs/token-estimate.ts';
import { durationWords } from '../../text/duration.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { oneLine, shortened } from '../../text/shell.ts';
import { wrapLines } from '../../text/wrap.ts';
import type { Context } from '../context.ts';
import { planChances } from '../plan/plan-chances.ts';
import { armRows, planWidth, settingRows } from '../plan/plan-words.ts';
import type { PlanRow } from '../plan/voting-rows.ts';

export interface WeekPlan {
  run: RunRecord;
  estimates: readonly ArmEstimate[];
  /** Prompts of the log so far, like those that the days will bring. */
  sample: readonly PromptRecord[];
  logged: Pick<LoadedPrompts, 'audit'>;
  marginChosen: boolean;
}

export function weekPlan(plan: WeekPlan, context: Context): string {
  const { run, estimates, sample, marginChosen } = plan;
  const watch = run.settings.watch as WatchSettings;
  const width = planWidth(context);
  const about = { run, asked: sample, estimates, marginChosen };
  const rows = [
    ...weekRows(plan, watch),
    ...armRows(about),
    budgetRow(run),
    ...settingRows(about),
    votingRow(run, watch),
  ];
  const label = Math.max(...rows.map(([name]) => name.length));
  const hanging = ' '.repeat(label + 3);
  return [
    ...wrapLines(
      ` Plan for a week of ${logNames(watch)}: ${plural(run.plannedBallots, 'prompt')} in ${plural(watch.days, 'day')}.`,
      width,
      ' ',
    ),
    '',
    ...rows.flatMap(([name, text]) => wrapLines(` ${name.padEnd(label)}  ${text}`, width, hanging, 'whole-words')),
    '',
    ...wrapLines(` ${chances(run)}`, width, ' '),
    ...fixedWords.flatMap((line) => wrapLines(` ${line}`, width, ' ')),
  ].join('\n');
}

const fixedWords = [
  'The models, the number of prompts and the rule of the draw are fixed when you start. The result stays hidden until the last day has closed.',
  'The verdict will be an average over the votes of this week. It says nothing of later weeks.',
];

const logNames = ({ logs }: WatchSettings): string =>
  logs.length === 1 ? shortened(oneLine(logs[0] ?? ''), 40) : plural(logs.length, 'log');

/** More votes decide nearly everything, and the exact reckoning would take minutes. */
const mostReckoned = 100;

function chances(run: RunRecord): string {
  const { watch: _watch, ...settings } = run.settings;
  const planned = Math.min(run.plannedBallots, mostReckoned);
  const words = planChances({ ...run, settings, tasks: [{ ...oneTask(run), planned }] });
  return planned < run.plannedBallots ? `With ${planned} of these votes: ${words}` : words;
}

/** Each prompt of the week counts alike, whatever its task. */
const oneTask = ({ plannedBallots }: RunRecord) => ({
  task: 'all',
  planned: plannedBallots,
  reserve: 0,
  traffic: 1,
  hardTraffic: 0,
  hardPlan: 0,
});

function weekRows({ logged: { audit } }: WeekPlan, watch: WatchSettings): PlanRow[] {
  const last = calendar(watch.tz).plus(watch.from, watch.days - 1);
  const traffic =
    audit.perDay === undefined
      ? ''
      : ` The log has about ${plural(Math.round(audit.perDay.records), 'record')} a day so far.`;
  return [
    ['days', `${watch.from} to ${last} (${watch.tz}); each closes ${durationWords(watch.lateMs)} after its end`],
    [
      'draw',
      `${plural(watch.perDay, 'prompt')} to read of each day, chosen evenly among its different prompts.${traffic}`,
    ],
  ];
}

const budgetRow = ({ settings: { maxCostUsd } }: RunRecord): PlanRow =>
  maxCostUsd === undefined
    ? ['budget', 'no limit; --max-cost sets one for the whole week']
    : ['budget', `${dollars(maxCostUsd)} for the whole week; no call is made that could pass it`];

function votingRow({ pairs, settings: { raters } }: RunRecord, { perDay }: WatchSettings): PlanRow {
  const ballots = perDay * Math.max(1, pairs.length);
  const minutes = votingMinutes(ballots);
  const people = raters > 1 ? `${plural(raters, 'rater')} together, ` : '';
  return ['voting', `${people}${plural(ballots, 'ballot')} a day, about ${plural(minutes, 'minute')}`];
}
