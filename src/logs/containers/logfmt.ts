/** Log lines of names and values (logfmt): `time=… level=info prompt="…" response="…"`. */
import type { TextForm } from './text-form.ts';

const pair = /([\w.@-]{1,80})=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s|$)/y;
const leastPairs = 3;

/** The fields of a line that holds nothing else; undefined for any other line. */
function fieldsOf(line: string): Record<string, string> | undefined {
  const text = line.trim();
  const fields: [string, string][] = [];
  pair.lastIndex = 0;
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (!found) return undefined;
    fields.push([found[1] ?? '', textIn(found[2] ?? '')]);
    while (text[pair.lastIndex] === ' ') pair.lastIndex += 1;
  }
  return fields.length >= leastPairs ? Object.fromEntries(fields) : undefined;
}

/** Quoted as Go and Python quote. */
function textIn(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1).replaceAll('\\"', '"');
  }
}

/** Nearly all of the first lines are such lines. */
export function isLogfmt(head: string, file: string): boolean {
  if (/\.(?:csv|tsv|jsonl?|ndjson)$/i.test(file)) return false;
  const lines = head
    .split('\n')
    .slice(0, 40)
    .filter((line) => line.trim() !== '');
  // The last line may be cut off here.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return whole.length > 0 && whole.filter((line) => fieldsOf(line) !== undefined).length >= 0.8 * whole.length;
}

/** One JSON object a line, each on the line it had; the other lines are counted. */
export function logfmtLines(text: string, file: string): TextForm {
  let other = 0;
  const lines = text.split('\n').map((line) => {
    const fields = fieldsOf(line);
    if (!fields && line.trim() !== '') other += 1;
    return fields ? JSON.stringify(fields) : '';
  });
  const notes = other
    ? [`${file}: passed over ${other} ${other === 1 ? 'line' : 'lines'} without names and values.`]
    : [];
  return { text: lines.join('\n'), notes };
}
