/** The values of indented JSON: for each its path, and its place in the text. */
import { indentJson } from '../text/json-lines.ts';

export interface Leaf {
  value: string;
  /** Code units [from, to) of the line, key included, without its comma. */
  from: number;
  to: number;
  /** Where the value begins. */
  valueFrom: number;
}

/** Undefined when the text is no JSON, or is not shown one value a line. */
export function jsonLeaves(text: string): Map<string, Leaf> | undefined {
  if (indentJson(text) !== text.trim()) return undefined;
  const leaves = new Map<string, Leaf>();
  const above: { path: string; index: number }[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const [, key, value = ''] = /^\s*("(?:[^"\\]|\\.)*": )?(.*?),?$/.exec(line) ?? [];
    if (/^[}\]]/.test(value)) above.pop();
    else {
      const parent = above.at(-1);
      const name = key ?? `${parent ? parent.index++ : ''}`;
      const path = `${parent?.path ?? ''}/${name}`;
      if (value === '{' || value === '[') above.push({ path, index: 0 });
      else {
        const start = from + indent;
        const valueFrom = start + (key?.length ?? 0);
        // A key that stands twice is compared once more by its number.
        leaves.set(leaves.has(path) ? `${path}#${leaves.size}` : path, {
          value,
          from: start,
          to: valueFrom + value.length,
          valueFrom,
        });
      }
    }
    from += line.length + 1;
  }
  return leaves;
}
