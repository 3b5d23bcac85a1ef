/** What people preferred in a task or over all prompts: columns of the tables of votes, of the terminal and of CSV. */
import { count, outOf, per100, per100Interval, per100Limits } from '../text/numbers.ts';
import { ofSide } from './figure-columns.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { scopeName } from './scopes.ts';
import { type Column, hidden, left, right } from './table-columns.ts';

/** A scope of a pair; sealed, a task and nothing of the votes. */
export interface ScopeRow {
  report: Report;
  pair: PairReport | null;
  scope: ScopeReport | null;
  task: string | null;
}

export const rowOf = (report: Report, pair: PairReport, scope: ScopeReport): ScopeRow => ({
  report,
  pair,
  scope,
  task: scope.task,
});

/** The row of all prompts, easy and hard together. */
export const isOfAll = ({ scope }: ScopeRow): boolean => scope?.task === null && scope.difficulty === undefined;

/** A column that reads the scope alone. */
const ofScope =
  <T>(of: (scope: ScopeReport) => T) =>
  ({ scope }: ScopeRow): T | null =>
    scope === null ? null : of(scope);

const figure = (title: string, name: string, of: (scope: ScopeReport) => number | null): Column<ScopeRow> =>
  right(title, (row) => count(ofScope(of)(row)), { [name]: ofScope(of) });

/** "34/36, 2 skipped": what is no vote is said. */
function votedWords({ units, planned, skipped, unasked }: ScopeReport): string {
  const unread = Math.max(0, planned - units - skipped - unasked.a - unasked.b);
  const others = [
    ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
    ...(unasked.a + unasked.b > 0 ? [`${count(unasked.a + unasked.b)} not answered`] : []),
    ...(unread > 0 && units > 0 ? [`${count(unread)} without a vote`] : []),
  ];
  return [outOf(units, planned), ...others].join(', ');
}

/** In the order of CSV. */
export const scopeColumns = {
  pair: hidden({ pair: ({ pair }) => pair?.name ?? null }),
  task: left('task', ({ scope, task }) => (scope ? scopeName(scope) : (task ?? '')), {
    task: ({ task }) => task ?? '',
    difficulty: ofScope(({ difficulty }) => difficulty ?? ''),
  }),
  voted: right('voted', ofScopeWords(votedWords), {
    planned: ofScope(({ planned }) => planned),
    voted: ofScope(({ units }) => units),
  }),
  skipped: figure('skipped', 'skipped', ({ skipped }) => skipped),
  openBetter: figure('open better', 'open_better', ({ counts }) => counts.a),
  bothFine: figure('both fine', 'both_fine', ({ counts }) => counts.bothFine),
  bothBad: figure('both unusable', 'both_bad', ({ counts }) => counts.bothBad),
  closedBetter: figure('closed better', 'closed_better', ({ counts }) => counts.b),
  notRead: right(
    'not read',
    ofScopeWords(({ counts }) => count(counts.identical + counts.noAnswer)),
    {
      identical: ofScope(({ counts }) => counts.identical),
      no_answer: ofScope(({ counts }) => counts.noAnswer),
    },
  ),
  net: right(
    'lead',
    ofScopeWords(({ net, extended }) => `${per100(net)}${extended ? ' (votes added)' : ''}`),
    { net: ofScope(({ net }) => net) },
  ),
  interval: right(
    '95 % interval',
    ({ scope, report }) => (scope === null ? '' : per100Limits(scope.interval, report.run.margin)),
    {
      net_lower: ofScope(({ interval }) => interval?.lower ?? null),
      net_upper: ofScope(({ interval }) => interval?.upper ?? null),
    },
  ),
  read: hidden({
    planned_votes: ofScope(({ plannedRead }) => plannedRead),
    votes_read: ofScope(({ read }) => read),
  }),
  redoOpen: right(
    'open',
    ofScopeWords(({ redo }) => outOf(redo.a, redo.asked)),
    {
      redo_open: ofScope(({ redo }) => redo.a),
    },
  ),
  redoClosed: right(
    'closed',
    ofScopeWords(({ redo }) => outOf(redo.b, redo.asked)),
    {
      redo_closed: ofScope(({ redo }) => redo.b),
      redo_asked: ofScope(({ redo }) => redo.asked),
    },
  ),
  redoDifference: right(
    'open minus closed, per 100',
    ofScopeWords(({ redo }) => per100(redo.difference)),
    {
      redo_difference: ofScope(({ redo }) => redo.difference),
    },
  ),
  redoInterval: right(
    '95 % interval',
    ofScopeWords(({ redo }) => per100Interval(redo.interval)),
    {
      redo_lower: ofScope(({ redo }) => redo.interval?.lower ?? null),
      redo_upper: ofScope(({ redo }) => redo.interval?.upper ?? null),
    },
  ),
  verdict: left(
    'verdict',
    ofScopeWords(({ answer, words }) => `${answer}: ${words}`),
    {
      answer: ofScope(({ answer }) => answer),
      verdict: ofScope(({ verdict }) => verdict),
      leaning: ofScope(({ leaning }) => leaning),
      within_margin: ofScope(({ withinMargin }) => withinMargin),
      neither: ofScope(({ neither }) => neither),
      votes_still_needed: ofScope(({ remaining }) => remaining),
    },
  ),
} satisfies Record<string, Column<ScopeRow>>;

function ofScopeWords(of: (scope: ScopeReport) => string): (row: ScopeRow) => string {
  return ({ scope }) => (scope === null ? '' : of(scope));
}

type Retries = NonNullable<ScopeReport['retries']>;

const ofRetries =
  <T>(of: (retries: Retries) => T) =>
  ({ scope }: ScopeRow): T | null =>
    scope?.retries ? of(scope.retries) : null;

/** First answers that failed a check, paired by prompt. */
export const retryColumns = {
  pairs: right('prompts', (row) => count(ofRetries(({ pairs }) => pairs)(row)), {
    checked_prompts: ofRetries(({ pairs }) => pairs),
  }),
  onlyOpen: right('only open failed', (row) => count(ofRetries(({ onlyA }) => onlyA)(row)), {
    only_open_failed: ofRetries(({ onlyA }) => onlyA),
  }),
  onlyClosed: right('only closed failed', (row) => count(ofRetries(({ onlyB }) => onlyB)(row)), {
    only_closed_failed: ofRetries(({ onlyB }) => onlyB),
  }),
  difference: right('open minus closed, per 100', (row) => per100(ofRetries(({ difference }) => difference)(row)), {
    failed_difference: ofRetries(({ difference }) => difference),
  }),
  interval: right('95 % interval', (row) => per100Interval(ofRetries(({ interval }) => interval)(row)), {
    failed_lower: ofRetries(({ interval }) => interval.lower),
    failed_upper: ofRetries(({ interval }) => interval.upper),
  }),
} satisfies Record<string, Column<ScopeRow>>;

/** The place of the pair's open model among all models: for the row of all prompts alone. */
const ranked = (row: ScopeRow) =>
  isOfAll(row) ? row.report.ranking?.arms.find(({ arm }) => arm === row.pair?.open) : undefined;

const rankingColumn = hidden<ScopeRow>({
  would_win: (row) => ranked(row)?.wins ?? null,
  would_win_lower: (row) => ranked(row)?.winsInterval?.lower ?? null,
  would_win_upper: (row) => ranked(row)?.winsInterval?.upper ?? null,
});

/** Machines measured tasks, never easy and hard prompts apart. */
function figuresOf(side: 'open' | 'closed') {
  return ({ report, pair, scope, task }: ScopeRow) => {
    const name = pair === null ? report.arms.find(({ role }) => role === side)?.name : pair[side];
    if (scope?.difficulty !== undefined) return undefined;
    const all =
      task === null ? report.arms.map(({ figures }) => figures) : report.tasks.find((one) => one.task === task)?.arms;
    return all?.find(({ arm }) => arm === name);
  };
}

const partOf = <T extends { pair: string; task: string }>(parts: readonly T[], { pair, scope, task }: ScopeRow) =>
  scope?.difficulty === undefined ? parts.find((one) => one.pair === pair?.name && one.task === task) : undefined;

const routeOf = (row: ScopeRow) => partOf(row.report.routes, row);
const refusalsOf = (row: ScopeRow) => partOf(row.report.refusals, row);

const routeColumn = hidden<ScopeRow>({
  route: (row) => routeOf(row)?.route ?? null,
  saving_per_month_usd: (row) => routeOf(row)?.savingPerMonthUsd ?? null,
  saving_lower_usd: (row) => routeOf(row)?.savingInterval?.lower ?? null,
  saving_upper_usd: (row) => routeOf(row)?.savingInterval?.upper ?? null,
});

const refusalColumn = hidden<ScopeRow>({
  refused_neither: (row) => refusalsOf(row)?.neither ?? null,
  refused_only_open: (row) => refusalsOf(row)?.onlyOpen ?? null,
  refused_only_closed: (row) => refusalsOf(row)?.onlyClosed ?? null,
  refused_both: (row) => refusalsOf(row)?.both ?? null,
});

/** Behind the older columns, whose places scripts know. */
const noTextColumn = hidden<ScopeRow>({
  open_empty: (row) => figuresOf('open')(row)?.empty ?? null,
  open_withheld: (row) => figuresOf('open')(row)?.withheld ?? null,
  closed_empty: (row) => figuresOf('closed')(row)?.empty ?? null,
  closed_withheld: (row) => figuresOf('closed')(row)?.withheld ?? null,
});

/** One row of CSV: votes, verdict, both models' figures, then where the task goes, who refused, who said nothing. */
export const taskColumns: readonly Column<ScopeRow>[] = [
  ...Object.values(scopeColumns),
  rankingColumn,
  ...ofSide<ScopeRow>('open', figuresOf('open')),
  ...ofSide<ScopeRow>('closed', figuresOf('closed')),
  ...Object.values(retryColumns),
  routeColumn,
  refusalColumn,
  noTextColumn,
];
