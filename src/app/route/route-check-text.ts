import { count, percent } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';
import type { MissedFailures } from './missed-failures.ts';
import type { ReplayedTask } from './replayed-routes.ts';

/** Two lines a task: who would have answered, and what no check saw. */
export function routeCheckText(tasks: readonly (ReplayedTask & { missed: MissedFailures | null })[]): string[] {
  if (tasks.length === 0) return ['No task of these routes goes to open: there is nothing to check.'];
  const width = Math.max(...tasks.map(({ task }) => oneLine(task, 40).length));
  return tasks.flatMap((task) => {
    const [name, pad] = [oneLine(task.task, 40).padEnd(width), ' '.repeat(width)];
    return [
      `${name}  ${shareWords(task)}`,
      ...[whyWords(task), missedWords(task.missed)].flat().map((one) => `${pad}  ${one}`),
    ];
  });
}

function shareWords({ replayed, closedShare, interval, promised, kept, addedMs, route }: ReplayedTask): string {
  if (replayed === 0 || interval === null) return 'no prompt of this task was replayed';
  const range = `${Math.round(interval.lower * 100)} to ${percent(interval.upper)}`;
  const wait = addedMs === null ? '' : `; those calls take ${(addedMs / 1000).toFixed(1)} s longer (median)`;
  const said = route === 'open' ? 'the report sends all to open' : `the report said ${percent(promised)}`;
  const verdict = route === 'open' || kept ? '' : ', outside these limits';
  return `${count(replayed)} replayed: closed answers ${percent(closedShare)} (${range}; ${said}${verdict})${wait}`;
}

function whyWords({ failedCheck, notCovered, openFailed }: ReplayedTask): string[] {
  const parts = [
    failedCheck > 0 ? `${count(failedCheck)} failed a check` : '',
    notCovered > 0 ? `${count(notCovered)} could not be asked of open` : '',
    openFailed > 0 ? `${count(openFailed)} got no answer of open` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`Why closed was asked: ${parts.join(', ')}.`];
}

const missedWords = (missed: MissedFailures | null): string[] =>
  missed === null
    ? []
    : [
        `Of the answers that passed, people would redo ${missed.redo} of ${missed.passed} (${Math.round(missed.interval.lower * 100)} to ${percent(missed.interval.upper)}): missed failures.`,
      ];
