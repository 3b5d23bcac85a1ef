/** What was not used, for each file, or once for many files that were read alike. */
import { alike, filesNamed } from '../many-files.ts';
import type { Unused, UnusedFields } from './unused.ts';
import { unusedText } from './unused-text.ts';

export interface FileTally {
  file: string;
  format: string;
  why: string;
  tally: UnusedFields;
  fields: Unused[];
}

export function unusedOfFiles(files: readonly FileTally[]): string[] {
  return alike(files, ({ format, why }) => `${format} ${why}`).flatMap((group) => {
    const elsewhere = group.flatMap(({ tally, fields }) => tally.elsewhere.said(tally, fields) ?? []);
    const answered = group.some(({ tally }) => tally.answered);
    const [only] = group;
    const fields = group.length === 1 && only ? only.fields : merged(group);
    const said = [...new Set(elsewhere).values()].slice(0, 1).concat(unusedText(fields, answered) ?? []);
    return said.length > 0 ? [`${filesNamed(group.map(({ file }) => file))}: ${said.join(' ')}`] : [];
  });
}

/** A field that some of the files do not have counts as empty there. */
function merged(group: readonly FileTally[]): Unused[] {
  const records = group.reduce((sum, { tally }) => sum + tally.size, 0);
  const named = new Map<string, Unused>();
  for (const field of group.flatMap(({ fields }) => fields)) {
    const known = named.get(field.name);
    named.set(field.name, known ? joined(known, field) : { ...field, records });
  }
  return [...named.values()];
}

function joined(one: Unused, other: Unused): Unused {
  const filled = one.filled + other.filled;
  const kind = one.kind === 'words' ? one.kind : (other.kind ?? one.kind);
  const values = Math.max(one.values ?? 0, other.values ?? 0);
  return {
    ...one,
    filled,
    length: Math.round((one.length * one.filled + other.length * other.filled) / filled),
    ...(values > 0 && { values }),
    ...(kind && { kind }),
  };
}
