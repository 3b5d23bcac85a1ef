/** Many files that were read alike are told in one line: a folder of sessions has hundreds of them. */

const few = 3;

/** In the order of the first one of each kind; a few of a kind stay apart, each by its own name. */
export function alike<T>(items: readonly T[], kindOf: (item: T) => string): T[][] {
  const kinds = new Map<string, T[]>();
  for (const item of items) {
    const kind = kindOf(item);
    const known = kinds.get(kind);
    if (known) known.push(item);
    else kinds.set(kind, [item]);
  }
  return [...kinds.values()].flatMap((group) => (group.length > few ? [group] : group.map((item) => [item])));
}

/** `a.jsonl and 11 more files` */
export const filesNamed = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more files`;
