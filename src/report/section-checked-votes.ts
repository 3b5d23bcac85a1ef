/** How raters voted on the answers that failed a check. */
import { checkInWords } from '../checks/registry.ts';
import { count, listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Section } from './blocks.ts';
import type { CheckedVotes } from './checked-votes.ts';
import type { Report } from './model.ts';
import { left, right, table } from './table-columns.ts';

export function checkedVotesSection(report: Report): Section {
  const found = table('Answers that failed a check and were voted on', report.checkedVotes, [
    left('model', (row) => named(row, report)),
    right('failed a check', ({ failed }) => count(failed)),
    left('which', checkWords),
    right('lost the vote', ({ lost }) => count(lost)),
    right('tie', ({ tied }) => count(tied)),
    right('won it', ({ won }) => count(won)),
  ]);
  return {
    id: 'checked-votes',
    title: 'Failed checks beside the votes',
    blocks: found.rows.length === 0 ? [] : [found, { kind: 'text', text: meaning }],
  };
}

const meaning =
  'Raters saw these answers whole and did not know that a check had failed. Where such answers win, look at the check before you rely on it.';

/** "open: 1 answer of those that were read failed a check (repetition, prompt 5). Lost the vote: 1; won it: 0; tie: 0." */
export const checkedVotesWords = (report: Pick<Report, 'checkedVotes' | 'pairs'>): string[] =>
  report.checkedVotes.map(
    (row) =>
      `${named(row, report)}: ${plural(row.failed, 'answer')} of those that were read failed a check (${checkWords(row)}). Lost the vote: ${row.lost}; won it: ${row.won}; tie: ${row.tied}.`,
  );

const mostNamed = 5;

/** "repetition, prompt 5"; of many the first. */
function checkWords({ checks, prompts }: CheckedVotes): string {
  const shown = prompts.slice(0, mostNamed).map(String);
  const rest = prompts.length - shown.length;
  const which = listed(rest > 0 ? [...shown, `${rest} more`] : shown);
  return `${listed(checks.map((check) => oneLine(checkInWords(check), 40)))}, ${prompts.length === 1 ? 'prompt' : 'prompts'} ${which}`;
}

const named = ({ side, arm, pair }: CheckedVotes, { pairs }: Pick<Report, 'pairs'>): string =>
  pairs.length > 1 ? `${oneLine(arm, 40)} in ${oneLine(pair, 80)}` : side;
