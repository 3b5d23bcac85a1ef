/**
 * How numbers read, once for every format, so that no two formats can round the same number differently.
 * Every function takes null for "not known" and then says so with a dash.
 */
export const unknown = '–';
const minus = '−';

/** -0.25 as "−25": prompts per 100. */
export function per100(share: number | null): string {
  if (share === null) return unknown;
  // Rounded away from zero on both sides, so that a pair and its mirror image read alike.
  const rounded = Math.round(Math.abs(share) * 100);
  if (rounded === 0) return '0';
  return `${share > 0 ? '+' : minus}${rounded}`;
}

/** "−54 to +11". */
export const per100Interval = (interval: { lower: number; upper: number } | null): string =>
  interval === null ? unknown : `${per100(interval.lower)} to ${per100(interval.upper)}`;

/** The same; a limit that rounding would put on the border of a verdict (the margin, or 0) is shown inside of it. */
export function per100Limits(interval: { lower: number; upper: number } | null, margin: number): string {
  if (interval === null || isWhole(interval)) return unknown;
  const { lower, upper } = interval;
  const low = lower > -margin && per100(lower) === per100(-margin) ? tenthInside(lower) : offZero(lower, lower > 0);
  return `${low} to ${offZero(upper, upper < 0)}`;
}

/** Nothing is ruled out: below 8 votes nobody looks. */
const isWhole = ({ lower, upper }: { lower: number; upper: number }): boolean => lower <= -1 && upper >= 1;

const offZero = (limit: number, excludes: boolean): string =>
  excludes && per100(limit) === '0' ? tenthInside(limit) : per100(limit);

/** Towards 0, so that −29.97 does not read −30; never 0 itself. */
function tenthInside(limit: number): string {
  const tenths = Math.max(1, Math.floor(Math.abs(limit) * 1000 + 1e-9)) / 10;
  return `${limit > 0 ? '+' : minus}${tenths.toFixed(1)}`;
}

/** The first letter as a sentence begins. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Whole numbers as they are, halves and thirds of overlap prompts with at most two decimals. */
export function count(value: number | null): string {
  if (value === null) return unknown;
  return Number.isInteger(value) ? thousands(value) : String(Math.round(value * 100) / 100);
}

/** 12345 as "12,345". */
export const thousands = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Two significant digits, for numbers that stand after "about": 1,701,471 as "1,700,000". */
export const about = (value: number): string => thousands(Number(value.toPrecision(2)));

/** "3/24": small counts are printed as counts. */
export const outOf = (part: number | null, whole: number): string =>
  part === null || whole === 0 ? unknown : `${count(part)}/${count(whole)}`;

/** Milliseconds as "840 ms" or "12.4 s". */
export function duration(ms: number | null): string {
  if (ms === null) return unknown;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${thousands(ms / 1000)} s`;
}

/** US dollars: cents where they matter, three significant digits below ten cents. */
export function dollars(value: number | null): string {
  if (value === null) return unknown;
  const size = Math.abs(value);
  const sign = value < 0 ? minus : '';
  if (size === 0) return '$0';
  if (size >= 1000) return `${sign}$${thousands(size)}`;
  // Half a cent goes up, also where a product of floats holds it as 2.6249999….
  if (size >= 0.1) return `${sign}$${(Math.round(size * 100 + 1e-7) / 100).toFixed(2)}`;
  return `${sign}$${Number(size.toPrecision(3)).toFixed(Math.min(8, 2 - Math.floor(Math.log10(size))))}`;
}

/** Whole dollars from ten on: "$475", "−$3,125". */
export const wholeDollars = (usd: number): string =>
  Math.abs(usd) >= 10 ? `${usd < 0 ? minus : ''}$${thousands(Math.abs(usd))}` : dollars(usd);

/** An index from -1 to 1 with two decimals. */
export function index2(value: number | null): string {
  if (value === null) return unknown;
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `${minus}${text}` : text;
}

/** 0.3 as "30 %". */
export const percent = (share: number | null): string => (share === null ? unknown : `${Math.round(share * 100)} %`);

/** "30 to 55 %". */
export const percentInterval = (interval: { lower: number; upper: number } | null): string =>
  interval === null ? unknown : `${Math.round(interval.lower * 100)} to ${percent(interval.upper)}`;

/** "1 prompt", "2 prompts". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Linear-interpolated quantile (R type 7) of unsorted values; null without values. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** Smallest value below which a share `q` of the weight lies; null without values. */
export function weightedQuantile(values: readonly number[], weights: readonly number[], q: number): number | null {
  const sorted = values.map((value, at) => ({ value, weight: weights[at] ?? 0 })).sort((a, b) => a.value - b.value);
  const wanted = q * sorted.reduce((sum, { weight }) => sum + weight, 0) - 1e-9;
  let below = 0;
  for (const { value, weight } of sorted) {
    below += weight;
    if (weight > 0 && below >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? null;
}
