/** How raters voted on the answers that failed a check. */
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { CheckedVotes } from './checked-votes.ts';
import type { Report } from './model.ts';

const figures = ['failed a check', 'lost the vote', 'tie', 'won it'];
const columns = [
  { title: 'model', align: 'left' as const },
  ...figures.map((title) => ({ title, align: 'right' as const })),
];

export function checkedVotesSection(report: Report) {
  const rows = report.checkedVotes.map((row) => [
    named(row, report),
    ...[row.failed, row.lost, row.tied, row.won].map((figure) => count(figure)),
  ]);
  const table = { kind: 'table' as const, caption: 'Answers that failed a check and were voted on', columns, rows };
  return {
    id: 'checked-votes',
    title: 'Failed checks beside the votes',
    blocks: rows.length === 0 ? [] : [table, { kind: 'text' as const, text: meaning }],
  };
}

const meaning =
  'Raters saw these answers whole and did not know that a check had failed. Where such answers win, look at the check before you rely on it.';

/** "open: 7 voted answers failed a check and lost the vote: 5; won it: 2; tie: 0." */
export const checkedVotesWords = (report: Pick<Report, 'checkedVotes' | 'pairs'>): string[] =>
  report.checkedVotes.map(
    (row) =>
      `${named(row, report)}: ${plural(row.failed, 'answer')} failed a check. Lost the vote: ${row.lost}; won it: ${row.won}; tie: ${row.tied}.`,
  );

const named = ({ side, arm, pair }: CheckedVotes, { pairs }: Pick<Report, 'pairs'>): string =>
  pairs.length > 1 ? `${oneLine(arm, 40)} in ${oneLine(pair, 80)}` : side;
