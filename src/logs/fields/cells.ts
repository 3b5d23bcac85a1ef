/** Columns nearly all of whose cells are messages, a request or a completion: those are decoded, all others stay text. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { foldedName } from './names.ts';
import { pythonLiteral } from './python-literal.ts';

export interface DecodedCells {
  why: string;
  /** The row with its cells decoded; a sentence where one of them cannot be. */
  open(row: JsonObject): JsonObject | string;
}

const nearlyAll = 0.9;
const candidates = new Set([
  'messages',
  'prompt',
  'input',
  'content',
  'request',
  'request_body',
  'body',
  'conversation',
  'question',
  'query',
  'inputs',
  'output',
  'response',
  'response_body',
  'completion',
  'answer',
  'outputs',
  'reply',
]);

/** From the first rows; undefined where no cell is to be opened. */
export function cellsOfJson(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): DecodedCells | undefined {
  const opened = columns.filter((name, at) => candidates.has(foldedName(name)) && isJsonColumn(rows, at));
  const asked = opened.filter((name) => isAsked(columns, rows, name));
  // A completion alone is opened by the reader of answers.
  if (asked.length === 0) return undefined;
  return {
    why: `the cells of ${opened.map((name) => `"${name}"`).join(', ')} are messages, requests or completions and were decoded`,
    open: (row) => open(row, opened, asked[0] as string),
  };
}

function isJsonColumn(rows: readonly (readonly string[])[], at: number): boolean {
  const filled = rows
    .map((cells) => cells[at] ?? '')
    .filter((cell) => cell.trim() !== '')
    .slice(0, 200);
  return filled.length > 0 && filled.filter((cell) => kindOf(cell) !== undefined).length >= nearlyAll * filled.length;
}

function isAsked(columns: readonly string[], rows: readonly (readonly string[])[], name: string): boolean {
  const at = columns.indexOf(name);
  return (
    rows.slice(0, 200).some((cells) => ['messages', 'request'].includes(kindOf(cells[at] ?? '') ?? '')) &&
    !/^(?:output|outputs|response|response_body|completion|answer|reply)$/.test(foldedName(name))
  );
}

function kindOf(cell: string): 'messages' | 'request' | 'reply' | undefined {
  const value = opened(cell);
  if (isMessages(value)) return 'messages';
  if (!isObject(value)) return undefined;
  if (
    isMessages(value.messages) ||
    Array.isArray(value.contents) ||
    (value.model !== undefined && value.input !== undefined)
  )
    return 'request';
  const isReply =
    ['choices', 'candidates', 'generations', 'stop_reason'].some((key) => value[key] !== undefined) ||
    (typeof value.role === 'string' && value.content !== undefined);
  return isReply ? 'reply' : undefined;
}

const isMessages = (value: Json | undefined): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item) =>
      isObject(item) &&
      typeof (item.role ?? item.from ?? item.type) === 'string' &&
      (item.role !== undefined || item.from !== undefined || item.data !== undefined || item.content !== undefined),
  );

function opened(cell: string): Json | undefined {
  const value = /^\s*["[{]/.test(cell) ? pythonLiteral(cell) : undefined;
  return typeof value === 'string' ? opened(value) : value;
}

function open(row: JsonObject, names: readonly string[], asked: string): JsonObject | string {
  const made: JsonObject = { ...row };
  for (const name of names) {
    const cell = row[name] as string;
    if (cell.trim() === '') {
      delete made[name];
      continue;
    }
    const value = opened(cell);
    if (value === undefined || kindOf(cell) === undefined)
      return `the cell of "${name}" is no message or request, as nearly all of its column are`;
    delete made[name];
    made[name === asked && isMessages(value) ? 'messages' : foldedName(name)] = value;
  }
  return made;
}
