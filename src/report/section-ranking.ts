/** Four models or more on one scale. The order itself carries no error rate, and the section says so. */

import { percent, percentInterval, plural } from '../text/numbers.ts';
import { armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { left, right, type TableBlock, table } from './table-columns.ts';

export function rankingSection(report: Report): Section {
  return { id: 'ranking', title: 'All models on one scale', blocks: rankingBlocks(report) };
}

function rankingBlocks(report: Report): Block[] {
  if (report.ranking === null) return [];
  return [rankingTable(report), { kind: 'text', text: rankingWords(report) }];
}

/** Place, model, share, interval. */
export const rankingTable = ({ ranking, arms }: Report): TableBlock =>
  table(
    'Share of prompts on which it would win against the closed model, ties as half (Bradley-Terry)',
    (ranking?.arms ?? []).map((ranked, at) => ({ ranked, at })),
    [
      right('place', ({ ranked, at }) => (ranked.wins === null ? 'not compared' : String(at + 1))),
      left('model', ({ ranked }) => {
        const arm = arms.find(({ name }) => name === ranked.arm);
        return arm ? armTitle(arm) : ranked.arm;
      }),
      right('would win', ({ ranked }) => percent(ranked.wins)),
      right('95 % interval', ({ ranked }) => percentInterval(ranked.winsInterval)),
    ],
  );

export function rankingWords({ ranking }: Report): string {
  if (ranking === null) return '';
  const few = ranking.arms.every(({ winsInterval }) => winsInterval === null);
  return [
    `From ${plural(ranking.prompts, 'prompt')}, each counted once.`,
    ...(few ? ['Intervals need at least 10 prompts.'] : []),
    ...(ranking.regularised
      ? [
          'One model won or lost everything; half a win and half a loss were added to every pair, or its share would be 0 or 100 %.',
        ]
      : []),
    'The order is an estimate without an error rate: decide by the verdicts.',
  ].join(' ');
}
