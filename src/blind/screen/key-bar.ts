/** The keys below the answers: LEFT's under LEFT, RIGHT's under RIGHT; quiet until a vote counts. */
import { textWidth } from '../../text/width.ts';
import { type Line, lineWidth, type Span, span } from '../lines.ts';
import { asking } from '../session/asks-to-guess.ts';
import { type CommandName, commands, guesses, voteMeaning, votes } from '../session/keys.ts';
import type { SessionState } from '../session/state.ts';
import { hasSteps } from '../shown-text.ts';

type Key = readonly [key: string, does: string];

type VoteName = keyof typeof votes;

/** "LEFT better, RIGHT unusable", shorter where there is less room. */
function voteWords(name: VoteName, columns: number): string {
  if (columns < narrowBelow) return votes[name].narrow;
  const whole = voteMeaning(votes[name]);
  return columns < wholeFrom && votes[name].retry.length === 1 ? whole.replace(' better', '') : whole;
}

const wideFrom = 104;
const wholeFrom = 64;
const narrowBelow = 52;

export interface BarShape {
  columns: number;
  /** Where RIGHT's keys begin; the line between the answers stands two columns before. */
  middle: number;
  /** A line between the two halves, as between the answers. */
  divided: boolean;
  /** Rows for the keys: 3, or 2 where the screen has few. */
  rows: number;
}

/** Everything below the answers, the last row being the one that a message takes. */
export function keyBar(state: SessionState, shape: BarShape, ready: boolean): Line[] {
  if (asking(state)) return guessBar(state, shape.columns);
  const { columns } = shape;
  const cell = (name: VoteName): Key => [votes[name].key, voteWords(name, columns)];
  const half = (left: Key[], right: Key[]): Line => halves(left, right, shape, ready);
  const others = otherKeys(state, columns);
  if (shape.rows < 3)
    return [
      half([cell('left'), cell('leftAlone')], [cell('right'), cell('rightAlone')]),
      commandLine([cell('bothFine'), cell('bothUnusable')], others, columns, ready),
    ];
  if (columns >= wideFrom)
    return [
      half([cell('left'), cell('bothFine')], [cell('right'), cell('bothUnusable')]),
      half([cell('leftAlone')], [cell('rightAlone')]),
      commandLine([], others, columns, ready),
    ];
  return [
    half([cell('left')], [cell('right')]),
    half([cell('leftAlone')], [cell('rightAlone')]),
    commandLine([cell('bothFine'), cell('bothUnusable')], others, columns, ready),
  ];
}

function guessBar(state: SessionState, columns: number): Line[] {
  const keys: Key[] =
    columns >= 64
      ? [
          [guesses.left.key, guesses.left.does],
          [guesses.right.key, 'RIGHT is'],
          [guesses.unknown.key, guesses.unknown.does],
        ]
      : [
          [guesses.left.key, 'LEFT'],
          [guesses.right.key, 'RIGHT'],
          [guesses.unknown.key, guesses.unknown.does],
        ];
  const others: Key[] = [...scrollKeys(state, columns), ['Esc', 'pause'], [commands.quit.key, 'no more guesses']];
  return [cells(keys, columns, true), cells(others, columns, true)];
}

function halves(
  left: readonly Key[],
  right: readonly Key[],
  { columns, middle, divided }: BarShape,
  ready: boolean,
): Line {
  const room = divided ? middle - 3 : middle - 1;
  const line: Span[] = [...cells(left, room, ready)];
  if (divided) line.push({ text: '│', style: 'dim', column: middle - 2 });
  const [first = span(''), ...rest] = cells(right, columns - middle + 1, ready).slice(1);
  return [...line, { ...first, column: middle }, ...rest];
}

/** As many as fit, in this order. */
function cells(keys: readonly Key[], columns: number, ready: boolean): Line {
  const line: Span[] = [span(' ')];
  for (const [at, [key, does]] of keys.entries()) {
    const gap = at === 0 ? '' : '   ';
    if (lineWidth(line) + gap.length + textWidth(key) + 1 + textWidth(does) > columns) break;
    line.push(span(gap), span(key, ready ? 'key' : 'dim'), span(` ${does}`, ready ? undefined : 'dim'));
  }
  return line;
}

/** Votes keep their place; of the others the last ones go first, and `?` names what is not shown. */
function commandLine(votes: readonly Key[], others: readonly Key[], columns: number, ready: boolean): Line {
  const width = ([key, does]: Key): number => textWidth(key) + 1 + textWidth(does) + 3;
  const total = (list: readonly Key[]): number => list.reduce((sum, key) => sum + width(key), -2);
  const kept = [...others];
  while (kept.some(([key]) => key !== 'PgDn') && total([...votes, ...kept]) > columns) {
    const last = kept.findLastIndex(([key]) => key !== commands.help.key && key !== 'PgDn');
    kept.splice(last === -1 ? kept.findIndex(([key]) => key === commands.help.key) : last, 1);
  }
  const before = kept.filter(([key]) => key === 'PgDn' || key === 'Tab');
  const after = kept.filter((key) => !before.includes(key));
  const line: Span[] = [span(' ')];
  const add = (keys: readonly Key[], quiet: boolean): void => {
    for (const [key, does] of keys) {
      if (line.length > 1) line.push(span('   '));
      line.push(span(key, quiet ? 'dim' : 'key'), span(` ${does}`, 'dim'));
    }
  };
  add(before, false);
  for (const [key, does] of votes) {
    if (line.length > 1) line.push(span('   '));
    line.push(span(key, ready ? 'key' : 'dim'), span(` ${does}`, ready ? undefined : 'dim'));
  }
  add(after, false);
  return line;
}

function scrollKeys(state: SessionState, columns: number): Key[] {
  // Short, so that the keys for skip and stop keep their room.
  const down: Key = ['PgDn', columns < narrowBelow ? 'more' : columns < wideFrom ? 'scroll' : 'scroll down'];
  if (state.seen.left && state.seen.right) return [];
  if (state.shown?.mode !== 'single') return [down];
  const isRead = state.seen[state.focus === 'right' ? 'right' : 'left'];
  return [['Tab', 'other answer'], ...(isRead ? [] : [down])];
}

const command = (name: CommandName, does: string = commands[name].does): Key => [commands[name].key, does];

function otherKeys(state: SessionState, columns: number): Key[] {
  const wide = columns >= wideFrom;
  const undo: Key[] = state.undoable ? [command('undo')] : [];
  const more: Key[] = [
    command('note', state.note ? 'note ✓' : undefined),
    command('prompt'),
    command('format', state.view === 'raw' ? 'formatted' : undefined),
    command('fullWidth', state.fullWidth ? 'both' : undefined),
  ];
  return [
    ...scrollKeys(state, columns),
    ...(wide ? [command('difference')] : []),
    ...(state.ballot && hasSteps(state.ballot) ? [command('steps', state.steps ? 'answers' : undefined)] : []),
    ...undo,
    command('skip'),
    ...(wide ? more : []),
    command('help'),
    command('quit'),
  ];
}
