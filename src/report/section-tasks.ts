/** What people preferred, task by task: counts first, then the estimate with its intervals, then the verdict. */

import { percent, plural } from '../text/numbers.ts';
import type { Block, Section } from './blocks.ts';
import { evidenceBorder, evidenceColumns, extendedScopes } from './evidence-columns.ts';
import { answerRule } from './five-answers.ts';
import { intervalWords } from './interval-words.ts';
import type { PairReport, Report } from './model.ts';
import { retryColumns, rowOf, scopeColumns } from './scope-columns.ts';
import { answeredScopes, scopeName, scopesOf } from './scopes.ts';
import { sourceWords } from './source-words.ts';
import { left, right, table } from './table-columns.ts';
import { contradictWords, reachedWords, skipWords } from './verdict-words.ts';

export function taskSections(report: Report): Section[] {
  return report.pairs.map((pair, at) => ({
    id: `votes-${at + 1}`,
    title: pair.who === null ? 'Votes' : `Votes: ${pair.who}`,
    blocks: [
      { kind: 'chart', chart: 'votes', pair: at },
      { kind: 'chart', chart: 'net', pair: at },
      ...(pair.decides ? [{ kind: 'chart' as const, chart: 'traffic' as const, pair: at }] : []),
      preferenceTable(report, pair),
      ...evidenceBlocks(pair, at),
      ...(pair.decides ? trafficTable(report, pair) : []),
      { kind: 'chart', chart: 'unusable', pair: at },
      redoBlock(report, pair),
      ...retryTable(report, pair),
      ...notes(pair, report),
    ],
  }));
}

function preferenceTable(report: Report, pair: PairReport): Block {
  const { task, verdict, voted, openBetter, bothFine, bothBad, closedBetter, notRead, net, interval } = scopeColumns;
  return table(
    'Votes and lead (open better minus closed better, per 100 prompts)',
    scopesOf(pair).map((scope) => rowOf(report, pair, scope)),
    [task, verdict, voted, openBetter, bothFine, bothBad, closedBetter, notRead, net, interval],
  );
}

function redoBlock(report: Report, pair: PairReport): Block {
  const { a, b, asked } = pair.overall.redo;
  if (asked > 0 && a + b === 0) return { kind: 'text', text: 'Raters found no answer unusable.' };
  const { task, redoOpen, redoClosed, redoDifference, redoInterval } = scopeColumns;
  return table(
    'Answers a rater would not use, by task',
    scopesOf(pair).map((scope) => rowOf(report, pair, scope)),
    [task, redoOpen, redoClosed, redoDifference, redoInterval],
  );
}

const evidenceMeaning = `Planned votes are read once, by their counts. From then on a statement needs evidence of ${evidenceBorder}. If it were false, evidence would reach ${evidenceBorder} in at most 1 of ${evidenceBorder} such runs, however often anybody looks.`;

/** Only where votes were added: the planned ones are read by their counts. */
function evidenceBlocks(pair: PairReport, at: number): Block[] {
  const rows = extendedScopes(pair);
  if (rows.length === 0) return [];
  return [
    { kind: 'chart', chart: 'evidence', pair: at },
    table(`How close each verdict was (evidence of ${evidenceBorder} decides)`, rows, evidenceColumns),
    { kind: 'text', text: evidenceMeaning },
  ];
}

/** The numbers of the bar of calls. */
function trafficTable({ run }: Report, { tasks }: PairReport): Block[] {
  if (tasks.length < 2) return [];
  const { records, log } = sourceWords(run);
  const share = (task: string | null): number | null => run.traffic.find((one) => one.task === task)?.share ?? null;
  return [
    table(`Share of the ${records} in ${log}`, tasks, [
      left('task', scopeName),
      right(`share of ${records}`, ({ task }) => percent(share(task))),
      left('answer', ({ answer }) => answer),
    ]),
  ];
}

/** Absent where retries were not measured: answers that were there before the run cannot be asked again. */
function retryTable(report: Report, pair: PairReport): Block[] {
  const scopes = [...pair.tasks, pair.overall].filter((scope) => scope.retries !== null);
  if (scopes.length === 0) return [];
  const { pairs, onlyOpen, onlyClosed, difference, interval } = retryColumns;
  return [
    table(
      'First answers that failed a check, on the same prompts',
      scopes.map((scope) => rowOf(report, pair, scope)),
      [scopeColumns.task, pairs, onlyOpen, onlyClosed, difference, interval],
    ),
  ];
}

const reachedLines = (pair: PairReport): Block[] => {
  const items = answeredScopes(pair).flatMap((scope) => {
    const words = [reachedWords(scope), contradictWords(scope), skipWords(scope)].filter((text) => text !== null);
    return words.length > 0 ? [`${scopeName(scope)}: ${words.join('; ')}.`] : [];
  });
  return items.length > 0 ? [{ kind: 'list', items }] : [];
};

function notes(pair: PairReport, { week, run, carried }: Report): Block[] {
  const { identical, noAnswer } = pair.overall.counts;
  return [
    {
      kind: 'text',
      text: `${intervalWords(
        scopesOf(pair).some(({ extended }) => extended),
        carried !== null,
      )}${answerRule(run)}`,
    },
    ...reachedLines(pair),
    ...(pair.tasks.length > 1 && week === null
      ? [
          {
            kind: 'text' as const,
            text: `Over all prompts the lead is weighted by how often each task comes in ${sourceWords(run).log}, so it can differ from the plain counts.`,
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
            text: `No answer from either: ${noAnswer}. There was nothing to read on ${plural(noAnswer, 'prompt')}: an empty answer counts as failed, one that a filter withheld as a refusal.`,
          },
        ]
      : []),
  ];
}
