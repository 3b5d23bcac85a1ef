/**
 * Gwet's AC1: agreement beyond chance that does not collapse when one category is common.
 * `ratings[rater][item]` is a category or null. Items rated once count for the shares of the categories only.
 * Categories are those observed. Null without any item that two rated; 1 when only one category was ever used.
 * Source: Gwet 2008, Br J Math Stat Psychol 61:29.
 */
export function gwetAC1(ratings: readonly (readonly (number | null)[])[]): number | null {
  const length = Math.max(0, ...ratings.map((row) => row.length));
  const items = Array.from({ length }, (_, item) => countBy(ratings.map((row) => row[item] ?? null)));
  const rated = items.filter((counts) => total(counts) > 0);
  const shared = rated.filter((counts) => total(counts) > 1);
  if (shared.length === 0) return null;
  const agreed = mean(shared.map(agreeingPairs));
  const categories = [...new Set(rated.flatMap((counts) => [...counts.keys()]))];
  if (categories.length === 1) return 1;
  const shares = categories.map((k) => mean(rated.map((counts) => (counts.get(k) ?? 0) / total(counts))));
  const chance = shares.reduce((sum, share) => sum + share * (1 - share), 0) / (categories.length - 1);
  return (agreed - chance) / (1 - chance);
}

function countBy(values: readonly (number | null)[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function agreeingPairs(counts: Map<number, number>): number {
  const n = total(counts);
  return [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0) / (n * (n - 1));
}

const total = (counts: Map<number, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
