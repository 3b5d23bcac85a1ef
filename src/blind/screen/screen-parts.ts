/** The fixed parts above the answers: how far, the prompt, its rules. */

import { plural } from '../../text/numbers.ts';
import { printable, printableLine } from '../../text/printable.ts';
import { textWidth } from '../../text/width.ts';
import { clip, toWidth, wrap } from '../../text/wrap.ts';
import { type Line, type Span, span } from '../lines.ts';
import { asking } from '../session/asks-to-guess.ts';
import { minutesLeft } from '../session/pace.ts';
import type { SessionState } from '../session/state.ts';
import { earlierTurns, goesOn, promptSummary, recordedWords, rulesSummary } from '../shown-text.ts';
import type { Size } from './drawn-frame.ts';

const endPhases = ['end', 'guess-offer', 'last', 'locking'];

/** Who, how far, how long: one line, its bar included. */
export function header(state: SessionState, columns: number): Line {
  const { voted, atMost, number } = state.progress;
  const rater = `rater ${printableLine(state.rater)} `;
  if (asking(state)) {
    const { guessAt, guesses } = state;
    return ends(
      [span(' Which answer came from the closed model?', 'bold')],
      `${guessAt + 1} of ${guesses.length} `,
      columns,
    );
  }
  if (endPhases.includes(state.phase))
    return ends([span(' Blind session · all ballots are done', 'bold')], rater, columns);
  if (state.phase === 'start' || state.phase === 'leave-out') return startHeader(state, columns);
  const left = [span(` ballot ${number}  `, 'bold')];
  if (columns < 56) return ends(left, `≤ ${atMost} to go · ~${minutesLeft(state)} min `, columns);
  const time = `  at most ${atMost} to go · about ${minutesLeft(state)} min`;
  const width = Math.min(40, Math.floor(columns / 4), columns - textWidth(` ballot ${number}  ${time}`) - 1);
  const all: Line = [...left, ...bar(voted, voted + atMost, width), span(time)];
  return columns >= 72 ? ends(all, rater, columns) : all;
}

function startHeader(state: SessionState, columns: number): Line {
  const ballots = state.progress.atMost === 1 ? '1 ballot' : `${state.progress.atMost} ballots`;
  const minutes = minutesLeft(state);
  const parts = [
    ' Blind session',
    `at most ${ballots}`,
    `about ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
    'stop whenever you like',
  ];
  while (parts.length > 1 && textWidth(parts.join(' · ')) > columns) parts.pop();
  return [span(parts.join(' · '), 'bold')];
}

/** The left part gives way where both do not fit. */
function ends(left: Line, right: string, columns: number): Line {
  const shown = textWidth(right) < columns ? right : clip(right, columns - 1);
  return [...left, { text: shown, column: columns - textWidth(shown) }];
}

function bar(done: number, all: number, columns: number): Line {
  const width = Math.max(1, columns);
  const filled = all === 0 ? 0 : Math.min(width, Math.round((done / all) * width));
  return [
    span('━'.repeat(filled), 'mark'),
    span(`${filled < width ? '╺' : ''}${'─'.repeat(Math.max(0, width - filled - 1))}`, 'dim'),
  ];
}

/** What a prompt would take, and the least that it gets. Rows. */
export interface PromptRoom {
  least: number;
  most: number;
}

interface Label {
  prompt: string;
  earlier: string;
  recorded: string;
  rules: string;
  /** Columns, gap included. */
  width: number;
}

const longestLabel = 24;
/** Rows laid out at most; `p` shows the rest. */
const unfolded = 40;

function labelFor({ ballot }: SessionState, columns: number): Label {
  if (columns < 56) return { prompt: '▸', earlier: '‹', recorded: '←', rules: '·', width: 2 };
  const task = printableLine(ballot?.task ?? '');
  const isLong = earlierTurns(ballot?.prompt.messages ?? []).length > 0;
  const least = ballot?.prompt.recorded ? 'recorded' : isLong ? 'earlier' : 'rules';
  const width = Math.max(...inRows(task).map(textWidth), least.length) + 2;
  return { prompt: task, earlier: 'earlier', recorded: 'recorded', rules: 'rules', width };
}

/** A long name goes on below its first row, at a word of it. */
function inRows(name: string): string[] {
  if (textWidth(name) <= longestLabel) return [name];
  const [start] = /^.{8,24}(?<=[-_./: ])/u.exec(name) ?? [];
  if (start === undefined || textWidth(start) > longestLabel) return [clip(name, longestLabel)];
  return [start.trimEnd(), clip(name.slice(start.length), longestLabel)];
}

interface Folded {
  prompt: string[];
  /** Rows of the beginning that others of the run have as well, and of what follows it; none without one. */
  opening: string[];
  own: string[];
  /** Rows of what was said before the question, and of how many messages. */
  earlier: string[];
  turns: number;
  /** Rows of what tools gave back in the log, which an answer may rest on. */
  recorded: string[];
  rules: string[];
  /** Something is only in the whole prompt. */
  more: boolean;
}

function folded(state: SessionState, columns: number): Folded {
  const messages = state.ballot?.prompt.messages ?? [];
  const width = Math.max(8, columns - labelFor(state, columns).width - 2);
  const lines = (text: string): string[] => rowsOf(text, width);
  const rules = rulesSummary(messages);
  const turns = earlierTurns(messages);
  const asked = promptSummary(messages);
  const end = state.ballot?.shared ?? 0;
  return {
    prompt: lines(asked),
    // Its lines run on: each row holds as much of an instruction as it can.
    opening: end === 0 ? [] : lines(asked.slice(0, end).replace(/\s*\n\s*/g, ' ')),
    own: end === 0 ? [] : lines(asked.slice(end)),
    earlier: latestRows(turns, lines),
    turns: turns.length,
    recorded: state.ballot
      ? recordedWords(state.ballot.prompt)
          .flatMap(lines)
          .slice(0, unfolded + 1)
      : [],
    rules: rules.trim() === '' ? [] : lines(rules),
    more: goesOn(messages) || (state.ballot?.prompt.tools?.length ?? 0) > 0,
  };
}

/** The last turns, those next to the question, one row more than are ever shown. */
function latestRows(turns: readonly string[], lines: (text: string) => string[]): string[] {
  let rows: string[] = [];
  for (const turn of [...turns].reverse()) {
    if (rows.length > unfolded) break;
    rows = [...lines(turn), ...rows];
  }
  return rows.slice(-unfolded - 1);
}

/** The first rows of a text, one more than are ever shown. */
function rowsOf(text: string, width: number): string[] {
  const start = printable(text.slice(0, unfolded * width * 2)).trim();
  const rows: string[] = [];
  for (const line of start.split(/\s*\n\s*/)) {
    for (const [from, to] of wrap(line, width)) rows.push(line.slice(from, to));
    if (rows.length > unfolded) break;
  }
  return rows.slice(0, unfolded + 1);
}

/** How many rows the prompt and its rules take at least (both are always there), and would take whole. */
export function promptRoom(state: SessionState, { columns, rows }: Size): PromptRoom {
  if (!state.ballot) return { least: 0, most: 0 };
  const { prompt, opening, earlier, recorded, rules } = folded(state, columns);
  const whole = [prompt, earlier, recorded, rules].map((part) => Math.min(unfolded, part.length));
  const least =
    leastPrompt(prompt, opening.length, rows) +
    (rows < 10 ? 0 : Math.min(1, rules.length)) +
    leastEarlier(earlier, rows) +
    leastEarlier(recorded, rows);
  return { least, most: whole.reduce((sum, count) => sum + count, 0) };
}

/**
 * A third row is given where it makes the prompt whole: two rows and a sign would take as much reading. A template has
 * rows of its own, because it holds the rules that answers are voted on by.
 */
const leastPrompt = ({ length }: readonly string[], opening: number, rows: number): number =>
  Math.min(
    length,
    rows < 20 ? 1 : rows < 24 ? 2 : Math.max(length === 3 ? 3 : 2, 2 + Math.min(mostOfOpening, opening)),
  );

/** Rows of a template that are shown where little fits. */
const mostOfOpening = 2;

/** That there is more of the conversation is said wherever there is a row for it. */
const leastEarlier = (earlier: readonly string[], rows: number): number =>
  rows < 14 ? 0 : Math.min(1, earlier.length);

/** The prompt in so many rows: first the question, then what was said before it; rules keep one of them. */
export function promptLines(state: SessionState, { columns, rows }: Size, given: number): Line[] {
  const { prompt: whole, earlier, turns, recorded, rules, more, ...parts } = folded(state, columns);
  const label = labelFor(state, columns);
  const forRules = rows < 10 || rules.length === 0 ? 0 : 1;
  const forEarlier = leastEarlier(earlier, rows);
  const forRecorded = leastEarlier(recorded, rows);
  const ofPrompt = Math.min(whole.length, Math.max(1, given - forRules - forEarlier - forRecorded));
  const prompt = ofPrompt < whole.length ? ownFirst(whole, parts, ofPrompt, columns - label.width - 2) : whole;
  const spare = given - ofPrompt - forRules;
  const ofRecorded = forRecorded === 0 ? 0 : Math.min(recorded.length, spare - forEarlier);
  const ofEarlier = forEarlier === 0 ? 0 : Math.min(earlier.length, spare - ofRecorded);
  const ofRules = forRules === 0 ? 0 : Math.min(rules.length, given - ofPrompt - ofEarlier - ofRecorded);
  const shown = ofPrompt + ofEarlier + ofRecorded + ofRules;
  const isCut = more || shown < whole.length + earlier.length + recorded.length + rules.length;
  const lines = [
    ...section(label.prompt, label.width, prompt, ofPrompt, columns, 'label'),
    ...section(label.earlier, label.width, earlierRows(earlier, turns, ofEarlier), ofEarlier, columns, 'dim'),
    ...section(label.recorded, label.width, recorded, ofRecorded, columns, 'dim'),
    ...section(label.rules, label.width, rules, ofRules, columns, 'dim'),
  ];
  const end = lines.at(-1);
  return isCut && end ? [...lines.slice(0, -1), withFold(end, columns)] : lines;
}

/** Where not all fit: the prompt's own words in two rows or more, and above them as much of the shared beginning as fits. */
function ownFirst(
  prompt: readonly string[],
  { opening, own }: Pick<Folded, 'opening' | 'own'>,
  shown: number,
  width: number,
): readonly string[] {
  if (opening.length === 0) return prompt;
  const least = shown > 1 ? Math.max(1, Math.min(mostOfOpening, shown - 2)) : 0;
  const rows = Math.min(opening.length, Math.max(least, shown - own.length));
  const start = opening.slice(0, rows);
  const last = start.at(-1);
  const cut = last !== undefined && rows < opening.length;
  return [...(cut ? [...start.slice(0, -1), clip(`${last} …`, width)] : start), ...own];
}

/** Whole where there is room; else how many messages there are, and the end of them. */
const earlierRows = (earlier: readonly string[], turns: number, shown: number): readonly string[] =>
  earlier.length <= shown
    ? earlier
    : [`${plural(turns, 'earlier message')}: p`, ...(shown > 1 ? earlier.slice(1 - shown) : [])];

function section(
  name: string,
  width: number,
  all: readonly string[],
  shown: number,
  columns: number,
  style: 'label' | 'dim',
): Span[][] {
  const names = shown > 1 ? inRows(name) : [textWidth(name) < width ? name : clip(name, width - 2)];
  return all.slice(0, shown).map((text, at): Span[] => {
    const cut = at === shown - 1 && all.length > shown;
    return [
      span(' '),
      span(toWidth(names[at] ?? '', width), style),
      span(cut ? clip(`${text} …`, columns - width - 2) : text, style === 'dim' ? 'dim' : undefined),
    ];
  });
}

const fold = '  p more';

/** The last row ends with the key that shows the rest. It covers what was there. */
function withFold(line: Span[], columns: number): Line {
  const start = columns - textWidth(fold) - 1;
  const [margin, label, text = span('')] = line;
  const room = start - 1 - (label ? textWidth(label.text) : 0);
  return [
    ...(margin ? [margin] : []),
    ...(label ? [label] : []),
    { ...text, text: clip(text.text, room) },
    { text: fold, style: 'key', column: start },
  ];
}
