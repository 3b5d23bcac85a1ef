/** Timestamps as logs write them → ISO 8601 UTC. */
import { type Maybe, numberOf } from './fields.ts';
import { type DateOrder, dateOrder, stampIn, stampTime } from './written-dates.ts';

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970, by size; ISO text; `[seconds, nanos]`; dates as people
 * write them. `order`: that of a column, without which `3/4/2026` says nothing.
 */
export function isoTime(value: Maybe, order?: DateOrder): string | undefined {
  if (Array.isArray(value)) {
    const [seconds, nanos] = value;
    return typeof seconds === 'number' ? fromMs(seconds * 1000 + (numberOf(nanos) ?? 0) / 1e6) : undefined;
  }
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  if (/^\d{9,20}(?:\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const iso = /^\d{4}-\d{2}-\d{2}/.test(text) ? fromMs(Date.parse(withZone(text))) : undefined;
  return iso ?? writtenTime(text, order);
}

/** A lone date with slashes tells its order only now and then: then half of a log would have times, and half none. */
function writtenTime(text: string, order: DateOrder | undefined): string | undefined {
  const stamp = text.length <= 60 ? stampIn(text) : undefined;
  if (!stamp) return undefined;
  const isPlain = stamp[1] === '.' || stamp[0]?.length === 4;
  const own = isPlain ? dateOrder([stamp]) : order;
  return own && stampTime(stamp, own);
}

/** Without a zone logs mean UTC (LiteLLM, `llm`); the reader's own zone would shift them silently. */
function withZone(text: string): string {
  const iso = text
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/ (?=[+-]\d)/, '');
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return `${iso}T00:00:00Z`;
  // Postgres writes whole hours: `2026-10-01 07:00:00+00`.
  if (/:\d{2}(?:\.\d+)?[+-]\d{2}$/.test(iso)) return `${iso}:00`;
  return /(?:Z|UTC|[+-]\d{2}:?\d{2})$/i.test(iso) ? iso.replace(/ ?UTC$/i, 'Z') : `${iso}Z`;
}

function fromEpoch(number: number): string | undefined {
  if (number > 1e17) return fromMs(number / 1e6);
  if (number > 1e14) return fromMs(number / 1e3);
  if (number > 1e11) return fromMs(number);
  return number > 1e8 ? fromMs(number * 1000) : undefined;
}

function fromMs(ms: number): string | undefined {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(Math.round(ms)).toISOString() : undefined;
}

/** Milliseconds from start to end, where both are known and in order. */
export function elapsedMs(start: Maybe, end: Maybe): number | undefined {
  const from = isoTime(start);
  const to = isoTime(end);
  if (!from || !to) return undefined;
  const ms = Date.parse(to) - Date.parse(from);
  return ms >= 0 ? ms : undefined;
}

/** The order of the dates in a column, from its first cells. */
export const columnOrder = (cells: readonly string[]): DateOrder | undefined =>
  dateOrder(cells.flatMap((cell) => [stampIn(cell.trim()) ?? []].filter((stamp) => stamp.length > 0)));
