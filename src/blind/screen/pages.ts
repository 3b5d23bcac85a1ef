/** Pages that take the answers' place: questions, the pause, the end. Words only; session.ts has the rules. */

import { printable, printableLine } from '../../text/printable.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, span } from '../lines.ts';
import { causeWords, skipReasons } from '../session/after-votes.ts';
import type { Phase, SessionState } from '../session/state.ts';
import type { Size } from './screen.ts';
import { header } from './screen-parts.ts';

/** What it is about, and how it goes: for eyes and for ears. */
export const introduction = [
  'Two models answered the same prompt. Nothing says who wrote which: which answer would you rather have?',
  'One key votes, and is saved at once. u takes the last vote back, q leaves, ? shows all keys.',
] as const;

type Page = (state: SessionState, size: Size) => Line[];

/** A page's lines, or undefined where the phase shows a ballot. */
export function pageLines(state: SessionState, size: Size): Line[] | undefined {
  const page = pages[state.phase];
  if (!page) return undefined;
  const top = [...header(state, size.columns), ...(size.rows >= 14 ? [[]] : [])];
  const failure: Line[] = state.failure ? paragraph(`! ${state.failure}`, size.columns, 'failure') : [];
  return [...top, ...page(state, size), ...failure];
}

const pages: Partial<Record<Phase, Page>> = {
  start: (_state, { columns, rows }) => {
    const between: Line[] = rows >= 14 ? [[]] : [];
    const [what, how] = introduction;
    return [
      title('Two answers, one vote'),
      ...between,
      ...paragraph(what, columns),
      ...between,
      ...paragraph(how, columns),
      ...between,
      ...paragraph('Any key begins.', columns),
    ];
  },
  paused: (_state, { columns }) => [
    ...paragraph('Paused. The clock has stopped and the answers are hidden.', columns),
    [],
    ...paragraph('Any key goes on.', columns),
  ],
  skip: (_state, { columns }) => [
    title('Skip this ballot: why?'),
    ...choices(skipReasons),
    ...paragraph('Esc goes back. A skip is no evidence for either side.', columns),
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
    title('You know which is which. Which one is the closed model?'),
    [],
    [span('   f', 'key'), span(' LEFT     '), span('j', 'key'), span(' RIGHT')],
    [],
    ...paragraph('Esc: never mind. The ballot still counts; vote on quality alone.', columns),
  ],
  cause: (_state, { columns }) => [
    title('What told you?'),
    ...choices(causeWords),
    ...paragraph('Esc goes back.', columns),
  ],
  last: (state, { columns }) => [
    title('That was the last ballot.'),
    ...(state.undoable ? [keyText('u', 'take back your last vote')] : []),
    keyText('Enter', 'lock your votes: they can no longer change'),
    keyText('q', 'save and quit, lock later'),
    ...paragraph('', columns),
  ],
  stuck: () => [
    title('Your votes so far are saved.'),
    keyText('Enter', 'try again'),
    keyText('q', 'leave; it says how to go on'),
  ],
  locking: () => [[span(' one moment …', 'dim')]],
  'guess-offer': guessOfferPage,
  end: endPage,
};

const title = (text: string): Line => [span(` ${text}`, 'bold')];
const keyText = (key: string, does: string): Line => [span(`   ${key}`, 'key'), span(`  ${does}`)];

function paragraph(text: string, columns: number, style?: 'failure'): Line[] {
  const safe = printableLine(text);
  return [...wrap(safe, Math.max(8, columns - 2))].map(([from, to]): Line => [span(` ${safe.slice(from, to)}`, style)]);
}

const choices = (words: readonly string[]): Line[] => words.map((word, at) => keyText(String(at + 1), word));

function inputLines({ input }: SessionState, columns: number): Line[] {
  const text = `${printable(input)}▏`;
  const rows = [...wrap(text, Math.max(8, columns - 4), 'code')].map(
    ([from, to]): Line => [span(`   ${text.slice(from, to)}`)],
  );
  return [[], ...rows.slice(-4), []];
}

function guessOfferPage({ guesses }: SessionState, { columns }: Size): Line[] {
  const count = guesses.length === 1 ? 'One ballot' : `${guesses.length} ballots`;
  const words = `${count} once more, a minute or two: which one is the closed model? It measures how blind this was. A hunch is enough, nothing is revealed, your votes stay.`;
  return [
    title('Your votes are locked. Thank you.'),
    [],
    ...paragraph(words, columns),
    [],
    keyText('Enter', 'start'),
    keyText('n', 'no, thanks'),
  ];
}

function endPage({ votes = 0, fingerprint = '' }: SessionState, { columns }: Size): Line[] {
  const count = votes === 1 ? '1 vote' : `${votes} votes`;
  return [
    title(`Thank you. ${count} saved, and locked.`),
    [],
    ...paragraph('Fingerprint of your votes; it stands on the report too, so nobody can change them unseen:', columns),
    ...[...wrap(fingerprint, Math.max(8, columns - 4), 'code')].map(
      ([from, to]): Line => [span(`   ${fingerprint.slice(from, to)}`, 'bold')],
    ),
    [],
    keyText('Enter', 'leave'),
  ];
}
