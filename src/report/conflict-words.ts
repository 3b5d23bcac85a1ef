/** Where preference and unusable answers point different ways: behind the answer in one sentence, and as a note with figures. */
import type { RunRecord } from '../records/run-record.ts';
import { capital, listed, per100, per100Interval } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';

type Endpoint = RunRecord['settings']['endpoint'];

/** The other endpoint points the other way, with an interval that excludes 0. */
export function conflictWords(scope: ScopeVerdict, endpoint: Endpoint): string | null {
  const name = scope.task === null ? 'Over all prompts' : oneLine(scope.task, 60);
  const { difference, interval } = scope.redo;
  const who = `${capital(scope.challenger)} is`;
  const good = scope.verdict === 'open-good-enough' || scope.verdict === 'open-better';
  if (endpoint === 'preference' && good && interval && interval.lower > 0) {
    return `${name}: conflict. ${who} within your margin by preference, yet its answers are unusable more often (${per100(difference)} per 100, 95 % interval ${per100Interval(interval)}).`;
  }
  if (endpoint === 'preference' && scope.verdict === 'keep-closed' && interval && interval.upper < 0) {
    return `${name}: conflict. Closed is preferred, yet its answers are unusable more often (${scope.challenger} minus closed ${per100(difference)} per 100, 95 % interval ${per100Interval(interval)}).`;
  }
  if (endpoint === 'retry' && good && scope.interval && scope.interval.upper < 0) {
    return `${name}: conflict. ${who} within your margin by unusable answers, yet closed is preferred (net ${per100(scope.net)} per 100, 95 % interval ${per100Interval(scope.interval)}).`;
  }
  return null;
}

/** The same conflict in one short sentence, to stand behind the answer; the note has the figures. */
export function conflictHeadline(scopes: readonly ScopeVerdict[], endpoint: Endpoint): string {
  const found = scopes.filter((scope) => conflictWords(scope, endpoint) !== null);
  const [first] = found;
  if (!first) return '';
  const tasks = found.flatMap(({ task }) => (task === null ? [] : [oneLine(task, 60)]));
  const where = first.task === null ? '' : ` for ${listed(tasks)}`;
  const closed = first.verdict === 'keep-closed';
  const what =
    endpoint === 'retry'
      ? 'raters prefer closed'
      : `the answers of ${closed ? 'closed' : first.challenger} are unusable more often`;
  return ` Conflict${where}: ${what}.`;
}
