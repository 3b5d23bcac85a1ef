/** The report as JUnit XML: one suite per open model, one case per task and one for all prompts together. */

import { per100, per100Interval } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { scopeName } from './scopes.ts';
import { daysOfPair } from './week-report.ts';

/** What a gate said about one scope; without one, the verdict itself is the gate "open is good enough". */
export interface JunitGate {
  /** `open:closed`. */
  pair: string;
  task: string | null;
  state: 'passed' | 'failed' | 'undecided';
  message: string;
}

/** `more`: suites of the caller's own, from `suiteXml`. */
export function junitReport(report: Report, gates: readonly JunitGate[] = [], more: readonly string[] = []): string {
  const suites = report.sealed
    ? [sealedSuite(report)]
    : report.pairs.filter((pair) => pair.decides).map((pair) => suite(report, pair, gates));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="gapcheck">',
    ...suites,
    ...more,
    '</testsuites>',
    '',
  ].join('\n');
}

export interface Case {
  name: string;
  state: JunitGate['state'];
  message: string;
}

function suite(report: Report, pair: PairReport, gates: readonly JunitGate[]): string {
  const scopes = [pair.overall, ...pair.tasks];
  const picked = report.bestOf?.pair === pair.name ? `; ${report.bestOf.words}` : '';
  const cases = scopes.map((scope) =>
    caseOf(
      scope,
      gates.find((gate) => gate.pair === pair.name && gate.task === scope.task),
      scope.task === null ? `${picked}${ratersOf(pair)}${weekOf(report, pair)}` : '',
    ),
  );
  return suiteXml(pair.who ?? `${pair.open} instead of ${pair.closed}`, report, cases);
}

/** "; ann −38, bob +42 per 100" */
const ratersOf = ({ raters }: PairReport): string =>
  raters.length < 2
    ? ''
    : `; ${raters.map(({ rater, net }) => `${oneLine(rater, 40)} ${per100(net)}`).join(', ')} per 100`;

/** What the verdict of a watched week is about. */
const weekOf = ({ week }: Report, { name }: PairReport): string => {
  const words = daysOfPair(week, name)?.words;
  return week === null || words === undefined ? '' : `; ${[words, ...week.words].join(' ')}`;
};

function sealedSuite(report: Report): string {
  const message = `Sealed: ${report.sealed?.reason ?? ''}`;
  return suiteXml('sealed', report, [
    { name: 'all prompts', state: 'undecided', message },
    ...report.tasks.map((task): Case => ({ name: oneLine(task.task, 60), state: 'undecided', message })),
  ]);
}

function caseOf(scope: ScopeReport, gate: JunitGate | undefined, more: string): Case {
  const figures = `lead ${per100(scope.net)} per 100 (95 % interval ${per100Interval(scope.interval)}), ${scope.units} voted`;
  const name = scopeName(scope);
  if (gate) return { name, state: gate.state, message: gate.message };
  return { name, state: stateOf(scope), message: `${scope.answer}: ${scope.words}; ${figures}${more}` };
}

function stateOf(scope: ScopeReport): JunitGate['state'] {
  if (scope.answer === 'NO' || scope.answer === 'NEITHER') return 'failed';
  return scope.answer === 'NOT YET' ? 'undecided' : 'passed';
}

export function suiteXml(name: string, report: Pick<Report, 'generatedAt'>, cases: readonly Case[]): string {
  const failures = cases.filter((one) => one.state === 'failed').length;
  const skipped = cases.filter((one) => one.state === 'undecided').length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
  const head = `  <testsuite name="${attribute(name)}" ${counts} timestamp="${attribute(report.generatedAt.slice(0, 19))}">`;
  return [head, ...cases.map((one) => caseXml(one, name)), '  </testsuite>'].join('\n');
}

function caseXml({ name, state, message }: Case, suiteName: string): string {
  const open = `    <testcase name="${attribute(name)}" classname="gapcheck.${attribute(suiteName)}" time="0"`;
  if (state === 'passed') return `${open}>\n      <system-out>${text(message)}</system-out>\n    </testcase>`;
  const inner =
    state === 'failed'
      ? `<failure message="${attribute(message)}" type="gate">${text(message)}</failure>`
      : `<skipped message="${attribute(message)}"/>`;
  return `${open}>\n      ${inner}\n    </testcase>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML 1.0 has no way to write most control characters: `printable` draws them. */
const text = (value: string): string => printable(value).replace(/[&<>"']/g, (char) => entities[char] ?? char);
const attribute = (value: string): string => text(oneLine(value, 2000));
