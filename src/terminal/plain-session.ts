/**
 * The session for screen readers and simple terminals: line by line, numbers and Enter, no cursor movement, no
 * colour. The same state machine; this file only reads aloud.
 */
import { createInterface } from 'node:readline';
import { minutesLeft } from '../blind/screen-parts.ts';
import { createSessionEngine, type SessionEnd, type SessionEngine } from '../blind/session-engine.ts';
import { causeWords, skipReasons } from '../blind/session-questions.ts';
import type { Phase, SessionState } from '../blind/session-state.ts';
import { answerBlocks, type Block, promptBlocks } from '../blind/shown-text.ts';
import { voteMeanings } from '../blind/vote-meanings.ts';
import { sanitise, sanitiseLine } from './sanitise.ts';
import type { SessionOptions } from './session-loop.ts';

/** Number typed → key of the session. Letters work too. */
const ballotMenu: readonly (readonly [key: string, does: string])[] = [
  ...voteMeanings,
  ['s', 'skip, with a reason'],
  ['u', 'take back the vote before'],
  ['n', 'a note'],
  ['i', 'I recognise which is which'],
  ['m', 'read it again in the other view (raw or plain)'],
  ['q', 'save and quit'],
];
const numbered: Partial<Record<Phase, readonly string[]>> = {
  ballot: ballotMenu.map(([key]) => key),
  recognise: ['l', 'r', 'escape'],
  last: ['enter', 'u', 'q'],
  'guess-offer': ['enter', 'n'],
  guess: ['left', 'right', 'space', 'q'],
  end: ['enter'],
};

/** Runs until the rater leaves or the input ends; what was voted is saved. */
export async function runPlainSession({ rater, port, input, output, now }: SessionOptions): Promise<SessionEnd> {
  const engine = createSessionEngine(rater, port, now);
  const say = (text: string): void => void output.write(`${sanitise(text)}\n`);
  const reader = createInterface({ input, terminal: false });
  // Taken at once: lines that come before the first ballot is read out would be lost.
  const lines = reader[Symbol.asyncIterator]();
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
    reader.close();
  };
  process.once('SIGINT', onInterrupt);
  try {
    await engine.dispatch({ type: 'tick', at: now() });
    let before = aloud(undefined, engine, say);
    for await (const line of lines) {
      await answer(line.trim(), engine, now);
      if (engine.ended()) break;
      before = aloud(before, engine, say);
    }
    return engine.ended() ?? (interrupted ? 'interrupted' : 'saved');
  } finally {
    process.off('SIGINT', onInterrupt);
    reader.close();
  }
}

/** A typed line as the key presses it stands for. */
async function answer(line: string, engine: SessionEngine, now: () => number): Promise<void> {
  const { phase } = engine.state();
  const press = (key: string, text = ''): Promise<void> => engine.dispatch({ type: 'key', at: now(), key, text });
  if (phase === 'note' || phase === 'reason') {
    if (line !== '') await press('text', line);
    return press('enter');
  }
  const keys = numbered[phase];
  const key = keys === undefined ? line : (keys[Number(line) - 1] ?? (phase === 'end' ? 'enter' : line.toLowerCase()));
  return press(key);
}

type Say = (text: string) => void;

/** Says what changed; returns the state it spoke about. */
function aloud(before: SessionState | undefined, engine: SessionEngine, say: Say): SessionState {
  // Everything is printed, so everything has been on the screen.
  const seen = { top: 0, end: true };
  engine.viewed({ type: 'viewed', mode: 'stacked', height: 24, left: seen, right: seen, prompt: seen });
  const state = engine.state();
  const words = { failure: state.failure && `Not saved: ${state.failure}`, notice: state.notice };
  for (const text of [words.failure, words.notice]) if (text) say(sanitiseLine(text));
  const same = before?.phase === state.phase && before.ballot?.id === state.ballot?.id && before.view === state.view;
  if (!same) sayPhase(state, say);
  say('Your answer, then Enter:');
  return state;
}

interface Speech {
  words(state: SessionState, say: Say): void;
  menu?: readonly string[];
}

const speeches: Partial<Record<Phase, Speech>> = {
  ballot: { words: sayBallot, menu: ballotMenu.map(([, does]) => does) },
  guess: { words: sayGuess, menu: ['LEFT', 'RIGHT', "I don't know", 'enough guesses'] },
  skip: { words: (_, say) => say('Why skip this ballot?'), menu: skipReasons },
  reason: { words: (_, say) => say('Type the reason.') },
  note: { words: (_, say) => say('Type the note.') },
  recognise: { words: (_, say) => say('Which one is the closed model?'), menu: ['LEFT', 'RIGHT', 'go back'] },
  cause: { words: (_, say) => say('What told you?'), menu: causeWords },
  last: {
    words: (_, say) => say('That was the last ballot.'),
    menu: ['lock your votes: they can no longer change', 'take back your last vote', 'save and quit, lock later'],
  },
  'guess-offer': { words: (_, say) => say(guessOffer), menu: ['start', 'no, thanks'] },
  end: {
    words: ({ votes = 0, fingerprint = '' }, say) =>
      say(`Thank you. ${votes} votes saved, and locked.\nFingerprint of your votes: ${fingerprint}`),
  },
};

const guessOffer =
  'Your votes are locked. Some ballots once more, about a minute: which one is the closed model? Nothing is revealed.';

function sayPhase(state: SessionState, say: Say): void {
  const speech = speeches[state.phase];
  speech?.words(state, say);
  for (const [at, word] of (speech?.menu ?? []).entries()) say(`${at + 1}  ${word}`);
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
