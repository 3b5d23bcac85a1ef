/** The report as CSV (RFC 4180): one row per task, ballot, rater or agent. No cell of a stranger can become a formula. */
import { printable } from '../text/printable.ts';
import { agentArms, agentCsvColumns, agentTaskColumns, hasAgents } from './agent-columns.ts';
import { ballotColumns, ballotRows } from './ballot-columns.ts';
import { dayColumns, dayRows, driftColumn } from './day-columns.ts';
import type { Report } from './model.ts';
import { raterColumns, raterRows } from './rater-columns.ts';
import { rowOf, type ScopeRow, taskColumns } from './scope-columns.ts';
import { type Column, type Value, valuesOf } from './table-columns.ts';

/** One row per pair and scope: tasks, their easy and hard rows, and all prompts together (empty task). */
export const csvTasks = (report: Report): string =>
  csv(
    [...taskColumns, ...(report.week ? [driftColumn] : []), ...(hasAgents(report) ? agentTaskColumns : [])],
    taskRows(report),
  );

/** Sealed, what machines measured of each task may stand. */
const taskRows = (report: Report): ScopeRow[] =>
  report.sealed
    ? report.tasks.map(({ task }) => ({ report, pair: null, scope: null, task }))
    : report.pairs.flatMap((pair) =>
        [...pair.tasks, ...pair.rows, pair.overall].map((scope) => rowOf(report, pair, scope)),
      );

/** One row per ballot as voted; a prompt with identical answers, which no rater was asked about, has one row too. */
export const csvBallots = ({ ballots }: Report): string => csv(ballotColumns, ballotRows(ballots));

/** One row per pair and rater: what each alone thinks of the two models. */
export const csvRaters = (report: Report): string =>
  csv(
    raterColumns,
    report.pairs.flatMap((pair) => raterRows(report, pair)),
  );

/** One row per whole agent; none in a run without any, and while the report is sealed. */
export const csvAgents = ({ arms }: Report): string => csv(agentCsvColumns, agentArms(arms));

/** One row per closed day of a watched week and pair; without the votes while the report is sealed. */
export const csvDays = ({ week }: Report): string => csv(dayColumns(true), week ? dayRows(week) : []);

function csv<R>(columns: readonly Column<R>[], all: readonly R[]): string {
  const { names, rows } = valuesOf(columns, all);
  return [names, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** Spreadsheets run cells that begin like this, also after blanks and in full-width forms (OWASP, CSV injection). */
const formulaStart = /^[\s\u00a0\u3000]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/;

function cellText(cell: Value): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = printable(cell);
  const safe = formulaStart.test(text) || /^[\t\n]/.test(text) ? `'${text}` : text;
  return /^[\w.-]*$/.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`;
}
