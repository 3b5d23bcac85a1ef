/** The report as CSV (RFC 4180): one row per task, per ballot or per rater. No cell of a stranger can become a formula. */

import { printable } from '../text/printable.ts';
import type { ArmFigures } from './arm-figures.ts';
import type { BallotVote, ReportBallot } from './ballot-list.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import type { RankingReport } from './ranking-report.ts';

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

/** One row per pair and scope: tasks, their easy and hard rows, and all prompts together (empty task). */
export function csvTasks(report: Report): string {
  const rows = report.sealed
    ? report.tasks.map((task) => ({ task: task.task, ...machineCells(report, task.task, null) }))
    : report.pairs.flatMap((pair) =>
        [...pair.tasks, ...pair.rows, pair.overall].map((scope) => ({
          ...voteCells(pair, scope, scope.task === null ? report.ranking : null),
          ...machineCells(report, scope.task, pair, scope.difficulty !== undefined),
        })),
      );
  return csv(rows, [...voteColumns, ...machineColumns]);
}

/** `ranking`: for the row of all prompts, whose open model it places. */
function voteCells(pair: PairReport, scope: ScopeReport, ranking: RankingReport | null) {
  const ranked = ranking?.arms.find(({ arm }) => arm === pair.open);
  return {
    pair: pair.name,
    task: scope.task ?? '',
    difficulty: scope.difficulty ?? '',
    planned: scope.planned,
    voted: scope.units,
    skipped: scope.skipped,
    open_better: scope.counts.a,
    both_fine: scope.counts.bothFine,
    both_bad: scope.counts.bothBad,
    closed_better: scope.counts.b,
    identical: scope.counts.identical,
    no_answer: scope.counts.noAnswer,
    net: scope.net,
    net_lower: scope.interval?.lower ?? null,
    net_upper: scope.interval?.upper ?? null,
    planned_votes: scope.plannedRead,
    votes_read: scope.read,
    redo_open: scope.redo.a,
    redo_closed: scope.redo.b,
    redo_asked: scope.redo.asked,
    redo_difference: scope.redo.difference,
    redo_lower: scope.redo.interval?.lower ?? null,
    redo_upper: scope.redo.interval?.upper ?? null,
    answer: scope.answer,
    verdict: scope.verdict,
    leaning: scope.leaning,
    within_margin: scope.withinMargin,
    neither: scope.neither,
    votes_still_needed: scope.remaining,
    would_win: ranked?.wins ?? null,
    would_win_lower: ranked?.winsInterval?.lower ?? null,
    would_win_upper: ranked?.winsInterval?.upper ?? null,
  } satisfies Row;
}

const voteColumns = [
  'pair',
  'task',
  'difficulty',
  'planned',
  'voted',
  'skipped',
  'open_better',
  'both_fine',
  'both_bad',
  'closed_better',
  'identical',
  'no_answer',
  'net',
  'net_lower',
  'net_upper',
  'planned_votes',
  'votes_read',
  'redo_open',
  'redo_closed',
  'redo_asked',
  'redo_difference',
  'redo_lower',
  'redo_upper',
  'answer',
  'verdict',
  'leaning',
  'within_margin',
  'neither',
  'votes_still_needed',
  'would_win',
  'would_win_lower',
  'would_win_upper',
] as const satisfies readonly (keyof ReturnType<typeof voteCells>)[];

const figureCells = (figures: ArmFigures | undefined): Row => ({
  asked: figures?.trials ?? null,
  usable: figures?.usable ?? null,
  unusable: figures?.unusable ?? null,
  missing: figures?.missing ?? null,
  first_answer_failed: figures?.firstFailed?.x ?? null,
  first_answers: figures?.firstFailed?.n ?? null,
  answer_retries: figures?.answerRetries ?? null,
  transport_retries: figures?.transportRetries ?? null,
  first_token_ms_median: figures?.firstTokenMs?.median ?? null,
  first_token_ms_p95: figures?.firstTokenMs?.p95 ?? null,
  total_ms_median: figures?.totalMs?.median ?? null,
  total_ms_p95: figures?.totalMs?.p95 ?? null,
  finished_ms_median: figures?.finishedMs?.median ?? null,
  cost_per_1000_usd: figures?.costPer1000 ?? null,
});

const sides = ['open', 'closed'] as const;
const machineColumns = sides.flatMap((side) => Object.keys(figureCells(undefined)).map((key) => `${side}_${key}`));

/** Machine figures exist per task, not per difficulty: those rows stay empty. */
function machineCells(report: Report, task: string | null, pair: PairReport | null, none = false): Row {
  const arms =
    task === null ? report.arms.map((arm) => arm.figures) : report.tasks.find((one) => one.task === task)?.arms;
  const cells = sides.map((side) => {
    const name = pair === null ? report.arms.find((arm) => arm.role === side)?.name : pair[side];
    const figures = none ? undefined : arms?.find((one) => one.arm === name);
    return Object.fromEntries(Object.entries(figureCells(figures)).map(([key, value]) => [`${side}_${key}`, value]));
  });
  return Object.assign({}, ...cells);
}

/** One row per ballot as voted; a prompt with identical answers, which nobody was asked about, has one row too. */
export function csvBallots(report: Report): string {
  const rows = report.ballots.flatMap((ballot) =>
    ballot.votes.length === 0 ? [ballotRow(ballot, null)] : ballot.votes.map((vote) => ballotRow(ballot, vote)),
  );
  return csv(rows, ballotColumns);
}

const ballotColumns = [
  'n',
  'pair',
  'prompt_id',
  'source_id',
  'task',
  'difficulty',
  'identical',
  'no_answer',
  'score',
  'rater',
  'vote',
  'redo_open',
  'redo_closed',
  'refused_open',
  'refused_closed',
  'shown_left',
  'seconds',
  'recognised_by',
  'recognised_rightly',
  'note',
  'prompt',
  'rules',
  'open_answer',
  'closed_answer',
];

function ballotRow(ballot: ReportBallot, vote: BallotVote | null): Row {
  return {
    n: ballot.n,
    pair: ballot.pair,
    prompt_id: ballot.prompt,
    source_id: ballot.sourceId,
    task: ballot.task,
    difficulty: ballot.difficulty,
    identical: ballot.identical,
    no_answer: ballot.noAnswer,
    score: ballot.score,
    rater: vote?.rater ?? null,
    vote: vote?.outcome ?? null,
    redo_open: vote?.redo.open ?? null,
    redo_closed: vote?.redo.closed ?? null,
    refused_open: ballot.refused.open,
    refused_closed: ballot.refused.closed,
    shown_left: vote?.shownLeft ?? null,
    seconds: vote?.seconds ?? null,
    recognised_by: vote?.recognised?.cause ?? null,
    recognised_rightly: vote?.recognised?.right ?? null,
    note: vote?.note ?? null,
    prompt: ballot.texts?.prompt ?? null,
    rules: ballot.texts?.rules ?? null,
    open_answer: ballot.texts?.open ?? null,
    closed_answer: ballot.texts?.closed ?? null,
  };
}

const csv = (rows: Row[], columns: string[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => cellText(row[column] ?? null)).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');

/** One row per pair and rater: what each alone thinks of the two models. */
export function csvRaters(report: Report): string {
  const rows = report.pairs.flatMap((pair) =>
    pair.raters.map(({ rater, votes, net, interval }) => ({
      pair: pair.name,
      rater,
      votes,
      net,
      net_lower: interval.lower,
      net_upper: interval.upper,
      raters_differ: pair.ratersDiffer,
    })),
  );
  return csv(rows, ['pair', 'rater', 'votes', 'net', 'net_lower', 'net_upper', 'raters_differ']);
}

/** Spreadsheets run cells that begin like this, also after blanks and in full-width forms (OWASP, CSV injection). */
const formulaStart = /^[\s\u00a0\u3000]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = printable(cell);
  const safe = formulaStart.test(text) || /^[\t\n]/.test(text) ? `'${text}` : text;
  return /^[\w.-]*$/.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`;
}
