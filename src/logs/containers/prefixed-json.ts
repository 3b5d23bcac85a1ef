/** Log lines with a time, a level or a name before their JSON. */
import { pythonLiteral } from '../fields/python-literal.ts';
import type { TextForm } from './text-form.ts';

const looksLikeObject = /\{"|\{ "|\{'/;

/** The object at the end of a line behind some other text; undefined where there is none. */
function objectAtEnd(line: string): string | undefined {
  const text = line.trimEnd();
  if (!text.endsWith('}')) return undefined;
  const named = namedObjects(text);
  if (named) return named;
  for (let at = text.search(looksLikeObject), tries = 0; at >= 0 && tries < 4; tries += 1) {
    const rest = text.slice(at);
    if (isObject(rest)) return asJson(rest);
    const next = text.slice(at + 1).search(looksLikeObject);
    at = next < 0 ? -1 : at + 1 + next;
  }
  return undefined;
}

/** `request={…} response={…}`: two objects or more, each behind its name, are the fields of one. */
function namedObjects(line: string): string | undefined {
  const found: [string, unknown][] = [];
  const name = /(?<!\w)(\w+)\s{0,20}[=:]\s{0,20}(?=\{\s{0,20}["'}])/g;
  for (let match = name.exec(line); match; match = name.exec(line)) {
    const end = closing(line, name.lastIndex);
    if (end === undefined) return undefined;
    const text = line.slice(name.lastIndex, end);
    if (!isObject(text)) return undefined;
    found.push([match[1] as string, readObject(text)]);
    name.lastIndex = end;
  }
  return found.length > 1 ? JSON.stringify(Object.fromEntries(found)) : undefined;
}

/** The place behind the brace that closes the one at `from`; braces in strings do not count. */
function closing(line: string, from: number): number | undefined {
  let open = 0;
  let quoted = false;
  for (let at = from; at < line.length; at += 1) {
    const letter = line[at];
    if (quoted && letter === '\\') at += 1;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '{') open += 1;
    else if (!quoted && letter === '}') {
      open -= 1;
      if (open === 0) return at + 1;
    }
  }
  return undefined;
}

/** JSON, or what Python prints of a dict. */
const isObject = (text: string): boolean => readObject(text) !== undefined;

function readObject(text: string): object | undefined {
  const value = pythonLiteral(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** As JSON on one line. */
const asJson = (text: string): string => (text.startsWith("{'") ? JSON.stringify(readObject(text)) : text);

/** At least a fifth of the first lines ends in an object, and the first one does not begin with one. */
export function isPrefixedJson(head: string): boolean {
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  if (!lines.length || /^\s*[[{]/.test(lines[0] as string)) return false;
  const first = lines.slice(0, 50);
  const found = first.filter((line) => objectAtEnd(line) !== undefined && !/^\s*\{/.test(line)).length;
  // A cell of a table that holds JSON is quoted, so its line does not end in a brace.
  return found > 0 && found >= first.length / 5;
}

/** The objects alone, each on the line it had; the other lines are counted. */
export function prefixedJson(text: string, file: string): TextForm {
  let other = 0;
  const lines = text.split('\n').map((line) => {
    const found = objectAtEnd(line);
    if (found === undefined && line.trim() !== '') other += 1;
    return found ?? '';
  });
  const notes = other ? [`${file}: passed over ${other} ${other === 1 ? 'line' : 'lines'} without JSON.`] : [];
  return { text: lines.join('\n'), notes: [`${file}: the JSON behind the start of each line is read.`, ...notes] };
}
