/** Every key with its meaning, wrapped where it is long, scrolled where the rows do not hold it. */

import { textWidth } from '../../text/width.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, span } from '../lines.ts';
import { type CommandName, commands, voteMeanings } from '../session/keys.ts';
import type { SessionState } from '../session/state.ts';
import { hasSteps } from '../shown-text.ts';
import type { Frame, Size } from './drawn-frame.ts';
import { header } from './screen-parts.ts';

type Key = readonly [key: string, does: string];

const helpOf = (name: CommandName): Key => [commands[name].key, commands[name].help];

const helpKeys: readonly Key[] = [
  ...voteMeanings,
  helpOf('undo'),
  helpOf('skip'),
  ['↑ ↓', 'scroll, also PgUp PgDn Home End'],
  ['Tab', 'scroll both answers, only LEFT, only RIGHT'],
  ...(['difference', 'steps', 'fullWidth', 'prompt', 'format', 'note', 'recognise', 'pause', 'quit'] as const).map(
    helpOf,
  ),
];

export function drawHelp(state: SessionState, size: Size): Frame {
  const top = [header(state, size.columns), ...(size.rows >= 14 ? [[]] : [])];
  const room = size.rows - top.length;
  const keys =
    state.ballot && hasSteps(state.ballot) ? helpKeys : helpKeys.filter(([key]) => key !== commands.steps.key);
  const lines = helpLines(keys, size.columns, room - 1);
  const height = Math.min(lines.length, room - 1);
  const first = Math.min(state.top.prompt, lines.length - height);
  const foot = height < lines.length ? ' ↑ ↓ scroll; any other key goes back' : ' any key goes back';
  return {
    lines: [...top, ...lines.slice(first, first + height), [span(foot, 'dim')]],
    // What was scrolled past the end comes back; nothing of a ballot has been seen here.
    viewed: {
      type: 'viewed',
      mode: state.shown?.mode ?? 'beside',
      height: state.shown?.height ?? height,
      prompt: { top: first, end: false },
    },
  };
}

const besideFrom = 76;

/** Two columns where there is width for them and one would be too long. */
function helpLines(keys: readonly Key[], columns: number, room: number): Line[] {
  const one = cellLines(keys, columns - 1, 1);
  if (columns < besideFrom || (one.length <= room && columns < 120)) return one;
  const half = Math.ceil(keys.length / 2);
  const middle = Math.floor(columns / 2);
  const left = cellLines(keys.slice(0, half), middle - 2, 1);
  const right = cellLines(keys.slice(half), columns - middle - 1, middle);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [
    ...(left[at] ?? []),
    ...(right[at] ?? []),
  ]);
}

const keyWidth = 6;

function cellLines(keys: readonly Key[], width: number, column: number): Line[] {
  return keys.flatMap(([key, does]) =>
    [...wrap(does, Math.max(8, width - keyWidth))].map(([from, to], at): Line => {
      const text = does.slice(from, to);
      if (at > 0) return [{ text, column: column + keyWidth }];
      return [
        { text: key, style: 'key', column },
        { text: `${' '.repeat(Math.max(1, keyWidth - textWidth(key)))}${text}` },
      ];
    }),
  );
}
