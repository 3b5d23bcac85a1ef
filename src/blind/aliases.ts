/** A name and the same name in another script, in brackets behind it. */
import type { FoundName } from './find-names.ts';

/** "클로드(Claude)": of a name and the same in brackets behind it, none goes alone. */
export function aliasesOf(found: readonly FoundName[], names: readonly FoundName[], text: string): FoundName[] {
  const gone = new Set(found.map(({ start }) => start));
  const pairs = names.slice(1).map((name, at) => [names[at] as FoundName, name] as const);
  return pairs.flatMap(([own, other]) => {
    const isPair =
      /^ ?[(（]$/.test(text.slice(own.end, other.start)) && /^[)）]/.test(text.slice(other.end, other.end + 1));
    if (!isPair || own.kind !== other.kind || gone.has(own.start) === gone.has(other.start)) return [];
    const left = gone.has(own.start) ? other : own;
    return left.held ? [] : [left];
  });
}
