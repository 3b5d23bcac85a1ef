/** What a session says at its end: in the terminal, read aloud and on the page alike. */
import { plural } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';

/** "22 votes", "21 votes, 1 skip" or "no vote, 8 skips": a skip is no vote. `ballots` counts both. */
export function votesText(ballots: number, skips = 0): string {
  const votes = ballots > 0 && skips === ballots ? 'no vote' : plural(ballots - skips, 'vote');
  return skips === 0 ? votes : `${votes}, ${plural(skips, 'skip')}`;
}

/** `votes`: as `votesText` has it. */
export const lastBallot = (votes: string, later = false): string =>
  later
    ? `That was the last ballot for now: ${votes}. The week brings more before your votes are final.`
    : `That was the last ballot: ${votes}.`;

/** Pairs that no rater had to read; undefined where there are none. */
export function sameAnswers(pairs: number): string | undefined {
  if (pairs === 0) return undefined;
  return pairs === 1
    ? '1 prompt had identical answers; it counts as a tie and was not shown.'
    : `${pairs} prompts had identical answers; they count as ties and were not shown.`;
}

/** "Your 22 votes are", "Your 21 votes and 1 skip are": how a sentence on them begins. `ballots` counts both. */
export function yourVotes(ballots: number, skips = 0): string {
  const votes = plural(ballots - skips, 'vote');
  if (skips === 0) return `Your ${votes} ${areWord(votes)}`;
  if (skips === ballots) return `Your ${plural(skips, 'skip')} ${skips === 1 ? 'is' : 'are'}`;
  return `Your ${votes} and ${plural(skips, 'skip')} are`;
}

export const finalVotes = (rater: string, ballots: number, skips = 0): string =>
  `Thank you, ${printableLine(rater)}. ${yourVotes(ballots, skips)} final.`;

/** The verb behind such a text. */
export const areWord = (votes: string): 'is' | 'are' => (votes === '1 vote' ? 'is' : 'are');

/** `votes`: how many. `fingerprint`: hex of the last line of the votes, or its first characters. */
export const fingerprintWords = (fingerprint: string, votes = 0): string =>
  `${votes === 1 ? 'Its' : 'Their'} fingerprint is ${fingerprint}${fingerprint.endsWith('…') ? '' : '.'} The full report shows the same one as "last hash", so you can check that nobody changed ${votes === 1 ? 'it' : 'them'}.`;

/** One more question, asked once and never required. */
export const guessOffer = [
  'One more question (1–2 minutes, optional): could you tell the models apart?',
  'Your votes stay as they are. Esc pauses.',
] as const;

export const guessCount = (ballots: number): string =>
  `You see ${ballots === 1 ? 'one ballot' : `${ballots} ballots`} again and guess which answer came from the closed model. The better answer can come from either model.`;
