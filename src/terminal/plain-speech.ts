/** What the plain session says in each phase, and which number stands for which key of the session. */
import { introduction } from '../blind/screen/pages.ts';
import { minutesLeft } from '../blind/screen/screen-parts.ts';
import { causeWords, skipReasons } from '../blind/session/after-votes.ts';
import type { Phase, SessionState } from '../blind/session/state.ts';
import { firstNotice } from '../blind/session/step.ts';
import { voteMeanings } from '../blind/session/vote-meanings.ts';
import { answerBlocks, type Block, promptBlocks } from '../blind/shown-text.ts';

export type Say = (text: string) => void;
type Choice = readonly [key: string, does: string];

interface Speech {
  words(state: SessionState, say: Say): void;
  /** By number; the letter of a key works too. A phase without one takes a line of text. */
  menu?: readonly Choice[];
}

const ballotMenu: readonly Choice[] = [
  ...voteMeanings,
  ['s', 'skip, with a reason'],
  ['u', 'take back the vote before'],
  ['n', 'a note'],
  ['i', 'I recognise which is which'],
  ['m', 'read it again in the other view (raw or plain)'],
  ['q', 'save and quit'],
];

const goBack: Choice = ['escape', 'go back'];
const byNumber = (words: readonly string[]): Choice[] => words.map((word, at) => [String(at + 1), word]);

const speeches: Partial<Record<Phase, Speech>> = {
  start: {
    words: (_, say) =>
      say(`Two answers, one vote.\n${introduction[0]}\nA number, then Enter, votes, and is saved at once.`),
    menu: [
      ['enter', 'begin'],
      ['q', 'leave'],
    ],
  },
  ballot: { words: sayBallot, menu: ballotMenu },
  guess: {
    words: sayGuess,
    menu: [
      ['f', 'LEFT'],
      ['j', 'RIGHT'],
      ['space', "I don't know"],
      ['q', 'enough guesses'],
    ],
  },
  skip: { words: (_, say) => say('Why skip this ballot?'), menu: [...byNumber(skipReasons), goBack] },
  reason: { words: (_, say) => say('Type the reason.') },
  note: { words: (_, say) => say('Type the note.') },
  recognise: {
    words: (_, say) => say('Which one is the closed model?'),
    menu: [['f', 'LEFT'], ['j', 'RIGHT'], goBack],
  },
  cause: { words: (_, say) => say('What told you?'), menu: [...byNumber(causeWords), goBack] },
  last: {
    words: (_, say) => say('That was the last ballot.'),
    menu: [
      ['enter', 'lock your votes: they can no longer change'],
      ['u', 'take back your last vote'],
      ['q', 'save and quit, lock later'],
    ],
  },
  'guess-offer': {
    words: (_, say) => say(guessOffer),
    menu: [
      ['enter', 'start'],
      ['n', 'no, thanks'],
    ],
  },
  stuck: {
    words: (_, say) => say('Your votes so far are saved.'),
    menu: [
      ['enter', 'try again'],
      ['q', 'leave'],
    ],
  },
  end: {
    words: ({ votes = 0, fingerprint = '' }, say) =>
      say(`Thank you. ${votes} votes saved, and locked.\nFingerprint of your votes: ${fingerprint}`),
  },
};

const guessOffer =
  'Your votes are locked. Some ballots once more, about a minute: which one is the closed model? Nothing is revealed.';

/** Notices are written for a screen with single keys. */
export const spokenNotice = (notice: string): string =>
  notice === firstNotice ? 'Which answer would you rather have? A number, then Enter, votes.' : notice;

export const menuOf = ({ phase }: SessionState): readonly Choice[] | undefined => speeches[phase]?.menu;

export function sayPhase(state: SessionState, say: Say): void {
  speeches[state.phase]?.words(state, say);
  sayMenu(state, say);
}

export function sayMenu(state: SessionState, say: Say): void {
  for (const [at, [, does]] of (menuOf(state) ?? []).entries()) say(`${at + 1}  ${does}`);
}

function sayGuess(state: SessionState, say: Say): void {
  say(`Question ${state.guessAt + 1} of ${state.guesses.length}.`);
  sayTexts(state, say);
  say('Which one is the closed model?');
}

function sayBallot(state: SessionState, say: Say): void {
  const { number, atMost } = state.progress;
  say(`\nBallot ${number}. At most ${atMost} left, about ${minutesLeft(state)} minutes.`);
  say(`Task: ${state.ballot?.task ?? ''}`);
  if (state.ballot) say(`The prompt.\n${spoken(promptBlocks(state.ballot.prompt))}`);
  sayTexts(state, say);
}

function sayTexts({ ballot, view }: SessionState, say: Say): void {
  if (!ballot) return;
  say(`\nLEFT answer.\n${spoken(answerBlocks(ballot.left, view))}\nEnd of LEFT.`);
  say(`\nRIGHT answer.\n${spoken(answerBlocks(ballot.right, view))}\nEnd of RIGHT.\n`);
}

const spoken = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n');
