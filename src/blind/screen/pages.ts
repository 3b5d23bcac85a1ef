/** Pages that take the answers' place: questions, the pause, the end. Words only; session.ts has the rules. */

import { printable, printableLine } from '../../text/printable.ts';
import { withJoiners, withoutJoiners } from '../../text/typeset.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, span } from '../lines.ts';
import { causeWords, skipReasons, skipWords } from '../session/after-votes.ts';
import {
  finalVotes,
  fingerprintWords,
  guessCount,
  guessOffer,
  lastBallot,
  sameAnswers,
  votesText,
} from '../session/closing-words.ts';
import { commands, guesses, startKeys, unusableMeaning, voteMeanings } from '../session/keys.ts';
import { choiceRows, leaveOutRows, leftOutMeaning, rowWords, toComeWords } from '../session/leave-out.ts';
import type { Phase, SessionState } from '../session/state.ts';
import type { Size } from './drawn-frame.ts';
import { howItGoes, introduction } from './introduction.ts';
import { header } from './screen-parts.ts';

type Page = (state: SessionState, size: Size) => Line[];

/** A page's lines, or undefined where the phase shows a ballot. */
export function pageLines(state: SessionState, size: Size): Line[] | undefined {
  const page = pages[state.phase];
  if (!page) return undefined;
  const top = [header(state, size.columns), ...(size.rows >= 14 ? [[]] : [])];
  const notice = noticeLines(state, size);
  const lines = [...top, ...page(state, size), ...failureLines(state, size)];
  // What a key has just done is never below the screen.
  return [...lines.slice(0, Math.max(1, size.rows - notice.length)), ...notice];
}

const failureLines: Page = ({ failure }, { columns }) => (failure ? paragraph(`! ${failure}`, columns, 'failure') : []);
const noticeLines: Page = ({ notice }, { columns }) => (notice ? paragraph(`› ${notice}`, columns, 'notice') : []);

/** Questions about the ballot that is shown: whoever writes a note has the answers before them. */
const aboutBallot: ReadonlySet<Phase> = new Set(['skip', 'reason', 'note', 'recognise', 'cause']);
/** Rows of header, prompt and answers, below which a question takes the whole page. */
const leastAbove = 12;

/** Such a question as lines to stand below the answers; undefined where it gets a page of its own. */
export function questionLines(state: SessionState, size: Size): Line[] | undefined {
  const page = pages[state.phase];
  if (!page || !state.ballot || !aboutBallot.has(state.phase)) return undefined;
  const lines = [...page(state, size), ...failureLines(state, size), ...noticeLines(state, size)];
  return size.rows - lines.length < leastAbove ? undefined : lines;
}

const pages: Partial<Record<Phase, Page>> = {
  start: startPage,
  'leave-out': leaveOutPage,
  paused: (_state, { columns }) => [
    ...paragraph('Paused. The clock has stopped and the answers are hidden.', columns),
    [],
    ...paragraph('Any key continues.', columns),
  ],
  skip: (state, { columns }) => [
    title('Skip this ballot: why?'),
    ...choices(skipReasons),
    ...paragraph(`${skipWords(state)} Esc goes back.`, columns),
  ],
  reason: (state, { columns }) => [
    title('Skip this ballot: why?'),
    ...inputLines(state, columns),
    ...paragraph('Enter skips with this reason; Esc goes back.', columns),
  ],
  note: (state, { columns }) => [
    title('A note on this ballot'),
    ...inputLines(state, columns),
    ...paragraph('Enter keeps it with your vote; Esc goes back.', columns),
  ],
  recognise: (_state, { columns }) => [
    title('You recognise the models. Which answer came from the closed one?'),
    [],
    [span(`   ${guesses.left.key}`, 'key'), span(' LEFT     '), span(guesses.right.key, 'key'), span(' RIGHT')],
    [],
    ...paragraph('The ballot still counts: vote on quality alone. Esc goes back.', columns),
  ],
  cause: (_state, { columns }) => [
    title('How did you recognise it?'),
    ...choices(causeWords),
    ...paragraph('Esc goes back.', columns),
  ],
  last: lastPage,
  stuck: () => [
    title('Your votes so far are saved.'),
    keyText('Enter', 'try again'),
    keyText(commands.quit.key, commands.quit.help),
  ],
  locking: () => [[span(' one moment …', 'dim')]],
  'guess-offer': guessOfferPage,
  'guess-paused': (_state, { columns }) => [
    ...paragraph('Paused. Your guesses so far are saved, and the answers are hidden.', columns),
    [],
    keyText('Enter', 'continue'),
    keyText(commands.quit.key, commands.quit.help),
  ],
  end: endPage,
};

const title = (text: string): Line => [span(` ${text}`, 'bold')];
const keyText = (key: string, does: string): Line => [span(`   ${key}`, 'key'), span(`  ${does}`)];

function paragraph(text: string, columns: number, style?: 'failure' | 'bold' | 'notice'): Line[] {
  const safe = withJoiners(printableLine(text));
  return [...wrap(safe, Math.max(8, columns - 2))].map(
    ([from, to]): Line => [span(` ${withoutJoiners(safe.slice(from, to))}`, style)],
  );
}

const choices = (words: readonly string[]): Line[] => words.map((word, at) => keyText(String(at + 1), word));

function inputLines({ input }: SessionState, columns: number): Line[] {
  const text = `${printable(input)}▏`;
  const rows = [...wrap(text, Math.max(8, columns - 4), 'code')].map(
    ([from, to]): Line => [span(`   ${text.slice(from, to)}`)],
  );
  return [[], ...rows.slice(-4), []];
}

/** The page before the first ballot: what is asked, the keys, what the words mean. */
function startPage({ toCome }: SessionState, { columns, rows }: Size): Line[] {
  const blank: Line[] = [[]];
  const [what, meaning, how] = [introduction, unusableMeaning, howItGoes].map((text) => paragraph(text, columns));
  const keys = voteKeys(columns);
  const [apart, about] = toComeLines(toCome, columns);
  const begin = paragraph('Press Enter to begin.', columns);
  const whole = [what, keys, meaning, blank, how, blank, apart, blank, begin];
  const closer = [what, keys, meaning, blank, how, about, blank, begin];
  const dense = [what, keys, meaning, how, about, begin];
  const room = rows - (rows >= 14 ? 2 : 1);
  const fitting = [
    ...(about.length > 0 ? [whole] : []),
    closer,
    dense,
    [what, keys, meaning, about, begin],
    [what, keys, about, begin],
    [what, keys, begin],
  ];
  const shown = fitting.find((parts) => parts.flat().length <= room) ?? [keys, begin];
  return shown.flatMap((lines) => lines ?? []);
}

function voteKeys(columns: number): Line[] {
  const rows = columns >= 72 ? pairsOf(voteMeanings) : voteMeanings.map((key) => [key]);
  return rows.map(
    (row): Line =>
      row.flatMap(([key, does], at): Line => keyCell(key, does, at === 0 ? 3 : Math.floor(columns / 2) + 1)),
  );
}

const keyCell = (key: string, does: string, column: number): Line => [
  { text: key, style: 'key', column },
  span(`  ${does}`),
];

const pairsOf = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / 2) }, (_, at) => list.slice(2 * at, 2 * at + 2));

/** A note on each line, and all in one paragraph. */
function toComeLines(toCome: SessionState['toCome'], columns: number): [apart: Line[], joined: Line[]] {
  if (!toCome) return [[], []];
  const { key, does } = startKeys.leaveOut;
  const choice = leaveOutRows(toCome).length > 0 ? [`Press ${key} to ${does}.`] : [];
  const notes = toCome.notes ?? [];
  const others = [...toComeWords(toCome).slice(notes.length), ...choice].join(' ');
  const parts = [...notes, others].filter((words) => words !== '');
  const joined = parts.length === 0 ? [] : paragraph(parts.join(' '), columns);
  return [parts.flatMap((words) => paragraph(words, columns)), joined];
}

function leaveOutPage(state: SessionState, { columns }: Size): Line[] {
  const keys = choiceRows(state).map(({ key }) => key);
  return [
    title('Which prompts do you leave out?'),
    [],
    ...choiceRows(state).map(
      ({ key, row, out }): Line => [
        span(`   ${key}`, 'key'),
        span(`  [${out ? 'x' : ' '}] ${printableLine(rowWords(row))}`),
      ],
    ),
    [],
    ...paragraph(leftOutMeaning, columns),
    [],
    keyText(keys.length > 1 ? `${keys[0]} to ${keys.at(-1)}` : keys.join(), 'mark, or take the mark away'),
    keyText('Enter', 'take this choice'),
    keyText('Esc', 'go back'),
  ];
}

function lastPage(state: SessionState, { columns }: Size): Line[] {
  const same = sameAnswers(state.identical ?? 0);
  return [
    ...paragraph(
      [lastBallot(votesText(state.votes ?? 0, state.skips), state.later), same ?? []].flat().join(' '),
      columns,
    ),
    [],
    keyText('Enter', state.later ? 'save and leave' : 'make the votes final'),
    ...(state.undoable ? [keyText('u', 'undo the last vote')] : []),
    ...(state.later ? [] : [keyText('q', 'decide later')]),
  ];
}

function guessOfferPage({ guesses }: SessionState, { columns }: Size): Line[] {
  const [question, rest] = guessOffer;
  return [
    ...paragraph(question, columns, 'bold'),
    [],
    ...paragraph(`${guessCount(guesses.length)} ${rest} "gapcheck score" resumes.`, columns),
    [],
    keyText('Enter', 'start'),
    keyText('n', 'no, thanks'),
  ];
}

function endPage({ rater, votes = 0, skips, fingerprint = '' }: SessionState, { columns }: Size): Line[] {
  return [
    ...paragraph(finalVotes(rater, votes, skips), columns, 'bold'),
    [],
    ...paragraph(fingerprintWords(`${fingerprint.slice(0, 12)}…`, votes), columns),
    [],
    keyText('Enter', 'leave'),
  ];
}
