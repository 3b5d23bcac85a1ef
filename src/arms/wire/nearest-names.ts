/** Names that a server lists, those most like the one that was asked for first. */
export const nearestNames = (asked: string, names: readonly string[]): string[] =>
  [...names].sort((a, b) => distance(asked, a) - distance(asked, b));

/** Pairs of letters that only one of two names has: enough to put names in order. */
function distance(one: string, other: string): number {
  const a = pairs(one);
  const b = pairs(other);
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size - 2 * shared;
}

const pairs = (name: string): Set<string> => {
  const text = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2)));
};
