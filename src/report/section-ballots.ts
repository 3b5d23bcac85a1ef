/** All ballots, unblinded. The layout decides how to fold, search and shorten them. */

import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { BallotVote, ReportBallot } from './ballot-list.ts';
import type { Section } from './blocks.ts';
import type { Report } from './model.ts';

export function ballotSection(report: Report): Section {
  return {
    id: 'ballots',
    title: 'All ballots with model names',
    folded: true,
    blocks:
      report.ballots.length === 0
        ? []
        : [
            { kind: 'text', text: `${coverage(report)} ${report.texts.words}${againWords(report)}` },
            { kind: 'ballots' },
          ],
  };
}

/** How one of them is seen again, whole and with its checks. */
export const againWords = ({ texts: { command } }: Report): string =>
  command === null ? '' : ` ${command} NUMBER shows one prompt again in the terminal.`;

function coverage(report: Report): string {
  if (report.texts.held === 'none') return `${plural(report.ballots.length, 'ballot')}.`;
  const full = report.ballots.filter((ballot) => ballot.texts !== null).length;
  const all = plural(report.ballots.length, 'ballot');
  return full === report.ballots.length
    ? `${all}, with ${report.texts.held === 'prompts' ? 'prompts' : 'texts'}.`
    : `${all}; the first ${full} with ${report.texts.held === 'prompts' ? 'prompts' : 'texts'}, the rest in the run folder.`;
}

export const outcomeWords = {
  open: 'open better',
  closed: 'closed better',
  'both-fine': 'both fine',
  'both-bad': 'both unusable',
} satisfies Record<BallotVote['outcome'], string>;

/** "maria: open better, closed unusable (open was left; 8.1 s)". */
export function voteWords(vote: BallotVote): string {
  const redone = (['open', 'closed'] as const).filter((side) => vote.redo[side]);
  const redo = redone.length === 0 ? '' : `, ${redone.join(' and ')} unusable`;
  const seen = vote.recognised
    ? `; thought to recognise the closed side, ${vote.recognised.right ? 'rightly' : 'wrongly'} (${oneLine(vote.recognised.cause, 40)})`
    : '';
  return `${oneLine(vote.rater, 60)}: ${outcomeWords[vote.outcome]}${redo} (${vote.shownLeft} was left; ${vote.seconds === null ? 'time unknown' : `${vote.seconds} s`})${seen}`;
}

/** What each vote said, or why there is none. */
export function ballotOutcomes({ identical, noAnswer, votes }: ReportBallot): string[] {
  if (identical) return ['identical answers'];
  return noAnswer ? ['no answer from either'] : votes.map((vote) => outcomeWords[vote.outcome]);
}

export const ballotTitle = (ballot: ReportBallot): string => {
  const outcomes = [...new Set(ballotOutcomes(ballot))].join(' / ');
  const id = ballot.sourceId === null ? '' : ` (${oneLine(ballot.sourceId, 40)})`;
  const hard = ballot.difficulty === 'hard' ? ', a hard prompt' : '';
  return `${ballot.n}. ${oneLine(ballot.task, 60)}${id}${hard}: ${outcomes}${refusedWords(ballot)}`;
};

/** "both refused"; empty where both answered. */
export function refusedBy({ refused: { open, closed } }: ReportBallot): string {
  if (open && closed) return 'both refused';
  if (open) return 'open refused';
  return closed ? 'closed refused' : '';
}

/** So that a search for "closed refused" finds them all. */
const refusedWords = (ballot: ReportBallot): string => {
  const words = refusedBy(ballot);
  return words === '' ? '' : `; ${words}`;
};
