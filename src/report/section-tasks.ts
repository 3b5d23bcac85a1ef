/** What people preferred, task by task: counts first, then the estimate with its intervals, then the verdict. */

import { count, outOf, per100, per100Interval, plural } from '../text/numbers.ts';
import { type Block, left, right, type Section } from './blocks.ts';
import type { PairReport, Report } from './model.ts';
import { scopeName, scopesOf } from './scopes.ts';
import { contradictWords, reachedWords, skipWords } from './verdict-words.ts';

export function taskSections(report: Report): Section[] {
  return report.pairs.map((pair, at) => ({
    id: `votes-${at + 1}`,
    title: pair.who === null ? 'Votes' : `Votes: ${pair.who}`,
    blocks: [
      { kind: 'chart', chart: 'votes', pair: at },
      { kind: 'chart', chart: 'net', pair: at },
      ...(pair.decides ? [{ kind: 'chart' as const, chart: 'traffic' as const, pair: at }] : []),
      preferenceTable(pair),
      { kind: 'chart', chart: 'unusable', pair: at },
      redoBlock(pair),
      ...retryTable(pair),
      ...notes(pair),
    ],
  }));
}

function preferenceTable(pair: PairReport): Block {
  return {
    kind: 'table',
    caption: 'Votes and net preference (open wins minus closed wins, per 100 prompts)',
    columns: [
      left('task'),
      left('verdict'),
      right('voted'),
      right('open better'),
      right('both fine'),
      right('both bad'),
      right('closed better'),
      right('not read'),
      right('net preference'),
      right('95 % interval'),
    ],
    rows: scopesOf(pair).map((scope) => [
      scopeName(scope),
      `${scope.answer}: ${scope.words}`,
      outOf(scope.units, scope.planned),
      count(scope.counts.a),
      count(scope.counts.bothFine),
      count(scope.counts.bothBad),
      count(scope.counts.b),
      count(scope.counts.identical + scope.counts.noAnswer),
      `${per100(scope.net)}${scope.extended ? ' (leans outwards)' : ''}`,
      per100Interval(scope.interval),
    ]),
  };
}

function redoBlock(pair: PairReport): Block {
  const { a, b } = pair.overall.redo;
  if (pair.overall.redo.asked > 0 && a + b === 0) {
    return { kind: 'text', text: 'Raters would have to redo no answer.' };
  }
  return {
    kind: 'table',
    caption: 'Answers that raters would have to redo',
    columns: [
      left('task'),
      right('open'),
      right('closed'),
      right('open minus closed, per 100'),
      right('95 % interval'),
    ],
    rows: scopesOf(pair).map((scope) => [
      scopeName(scope),
      outOf(scope.redo.a, scope.redo.asked),
      outOf(scope.redo.b, scope.redo.asked),
      per100(scope.redo.difference),
      per100Interval(scope.redo.interval),
    ]),
  };
}

/** Absent where retries were not measured: answers that were there before the run cannot be asked again. */
function retryTable(pair: PairReport): Block[] {
  const scopes = [...pair.tasks, pair.overall].filter((scope) => scope.retries !== null);
  if (scopes.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'First answers that failed a check, on the same prompts',
      columns: [
        left('task'),
        right('prompts'),
        right('only open failed'),
        right('only closed failed'),
        right('open minus closed, per 100'),
        right('95 % interval'),
      ],
      rows: scopes.map((scope) => [
        scopeName(scope),
        count(scope.retries?.pairs ?? null),
        count(scope.retries?.onlyA ?? null),
        count(scope.retries?.onlyB ?? null),
        per100(scope.retries?.difference ?? null),
        per100Interval(scope.retries?.interval ?? null),
      ]),
    },
  ];
}

/** After later votes only what holds after looking may stand beside a verdict. */
const intervalWords = (pair: PairReport): string =>
  [pair.overall, ...pair.tasks].some(({ extended }) => extended)
    ? 'The planned votes were read once. Where votes were added after the result was open, the interval is one that holds after looking, and the net preference leans outwards.'
    : 'The planned votes were read once, when the result was opened. The verdict follows from the interval beside it.';

const reachedLines = (pair: PairReport): Block[] => {
  const items = [...pair.tasks, pair.overall].flatMap((scope) => {
    const words = [reachedWords(scope), contradictWords(scope), skipWords(scope)].filter((text) => text !== null);
    return words.length > 0 ? [`${scopeName(scope)}: ${words.join('; ')}.`] : [];
  });
  return items.length > 0 ? [{ kind: 'list', items }] : [];
};

function notes(pair: PairReport): Block[] {
  const { identical, noAnswer } = pair.overall.counts;
  return [
    {
      kind: 'text',
      text: intervalWords(pair),
    },
    ...reachedLines(pair),
    ...(pair.tasks.length > 1
      ? [
          {
            kind: 'text' as const,
            text: 'Over all prompts the estimate is weighted by how often each task comes in your traffic, so it can differ from the plain counts.',
          },
        ]
      : []),
    ...(identical > 0
      ? [
          {
            kind: 'text' as const,
            text: `Identical, not read: ${identical}. Both models gave the same answer, so it counts as a tie. Nobody judged whether it is right.`,
          },
        ]
      : []),
    ...(noAnswer > 0
      ? [
          {
            kind: 'text' as const,
            text: `No answer from either: ${noAnswer}. There was nothing to read on ${plural(noAnswer, 'prompt')}; both models count as failed there.`,
          },
        ]
      : []),
  ];
}
