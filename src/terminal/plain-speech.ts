/** What the plain session says in each phase, and which number stands for which key of the session. */
import { introduction } from '../blind/screen/introduction.ts';
import { causeWords, skipReasons, skipWords } from '../blind/session/after-votes.ts';
import { guessCount, guessOffer, lastBallot, sameAnswers, votesText } from '../blind/session/closing-words.ts';
import { commands, guesses, startKeys, unusableMeaning, voteMeanings } from '../blind/session/keys.ts';
import {
  choiceRows,
  leaveOutRows,
  leaving,
  leftOutMeaning,
  leftOutWords,
  rowWords,
  toComeWords,
} from '../blind/session/leave-out.ts';
import { minutesLeft } from '../blind/session/pace.ts';
import type { Phase, SessionState } from '../blind/session/state.ts';
import { answerBlocks, type Block, hasSteps, promptBlocks, stepBlocks } from '../blind/shown-text.ts';
import { plural } from '../text/numbers.ts';

export type Say = (text: string) => void;
type Choice = readonly [key: string, does: string];

interface Speech {
  words(state: SessionState, say: Say): void;
  /** By number; the letter of a key works too. A phase without one takes a line of text. */
  menu?: readonly Choice[] | ((state: SessionState) => readonly Choice[]);
}

const ballotMenu = (steps: boolean): readonly Choice[] => [
  ...voteMeanings,
  [commands.skip.key, 'skip, with a reason'],
  [commands.undo.key, 'undo the last vote'],
  [commands.note.key, 'a note'],
  [commands.recognise.key, 'I recognise which is which'],
  [commands.format.key, 'read it again, unformatted or formatted'],
  ...(steps
    ? [[commands.steps.key, `hear what each agent did, or go back to the answers (${commands.steps.key})`] as const]
    : []),
  [commands.quit.key, commands.quit.help],
];

const goBack: Choice = ['escape', 'go back'];
const byNumber = (words: readonly string[]): Choice[] => words.map((word, at) => [String(at + 1), word]);

const speeches: Partial<Record<Phase, Speech>> = {
  start: {
    words: ({ toCome }, say) => {
      say(`${introduction}\n${unusableMeaning}\nA number, then Enter, saves one vote.`);
      for (const words of toComeWords(toCome)) say(words);
    },
    menu: ({ toCome }) => [
      ['enter', 'begin'],
      ...(toCome && leaveOutRows(toCome).length > 0
        ? [[startKeys.leaveOut.key, startKeys.leaveOut.does] as const]
        : []),
      ['q', 'leave'],
    ],
  },
  'leave-out': { words: (_, say) => say(`Which prompts do you leave out?\n${leftOutMeaning}`), menu: leaveOutMenu },
  ballot: { words: sayBallot, menu: ({ ballot }) => ballotMenu(ballot !== undefined && hasSteps(ballot)) },
  guess: {
    words: sayGuess,
    menu: [
      [guesses.left.key, 'LEFT'],
      [guesses.right.key, 'RIGHT'],
      [guesses.unknown.key, "I don't know"],
      ['q', 'no more guesses'],
    ],
  },
  skip: {
    words: (state, say) => say(`Why skip this ballot? ${skipWords(state)}`),
    menu: [...byNumber(skipReasons), goBack],
  },
  reason: { words: (_, say) => say('Type the reason.') },
  note: { words: (_, say) => say('Type the note.') },
  recognise: {
    words: (_, say) => say('Which one is the closed model?'),
    menu: [[guesses.left.key, 'LEFT'], [guesses.right.key, 'RIGHT'], goBack],
  },
  cause: { words: (_, say) => say('How did you recognise it?'), menu: [...byNumber(causeWords), goBack] },
  last: {
    words: ({ votes = 0, skips, identical = 0, later }, say) =>
      say([lastBallot(votesText(votes, skips), later), sameAnswers(identical) ?? []].flat().join(' ')),
    menu: ({ later, undoable }) => [
      ['enter', later ? 'save and leave' : 'make the votes final'],
      ...(undoable ? [[commands.undo.key, 'undo the last vote'] as const] : []),
      ...(later ? [] : [['q', 'decide later'] as const]),
    ],
  },
  'guess-offer': {
    words: ({ guesses }, say) => say(`${guessOffer[0]}\n${guessCount(guesses.length)}`),
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
};

export function menuOf(state: SessionState): readonly Choice[] | undefined {
  const menu = speeches[state.phase]?.menu;
  return typeof menu === 'function' ? menu(state) : menu;
}

function leaveOutMenu(state: SessionState): Choice[] {
  const names = leaving(state);
  return [
    ...choiceRows(state).map(({ key, row, out }): Choice => [key, `${out ? 'read' : 'leave out'} ${rowWords(row)}`]),
    ['enter', names.length === 0 ? 'leave nothing out' : `leave out ${leftOutWords(names)}`],
    goBack,
  ];
}

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
  if (state.steps) {
    saySteps(state, say);
    return;
  }
  const { number, atMost } = state.progress;
  say(`\nBallot ${number}. At most ${atMost} to go, about ${plural(minutesLeft(state), 'minute')}.`);
  say(`Task: ${state.ballot?.task ?? ''}`);
  if (state.ballot) say(`The prompt.\n${spoken(promptBlocks(state.ballot.prompt))}`);
  sayTexts(state, say);
}

function sayTexts({ ballot, view }: SessionState, say: Say): void {
  if (!ballot) return;
  say(`\nLEFT answer.\n${spoken(answerBlocks(ballot.left, view))}\nEnd of LEFT.`);
  say(`\nRIGHT answer.\n${spoken(answerBlocks(ballot.right, view))}\nEnd of RIGHT.\n`);
}

function saySteps({ ballot }: SessionState, say: Say): void {
  if (!ballot) return;
  say(`\nSteps of LEFT.\n${spoken(stepBlocks(ballot.left))}\nEnd of LEFT.`);
  say(`\nSteps of RIGHT.\n${spoken(stepBlocks(ballot.right))}\nEnd of RIGHT.\n`);
}

const spoken = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n');
