/** Timestamps as logs write them → ISO 8601 UTC. */
import { type Maybe, numberOf } from './fields.ts';

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, by size; ISO text; `[seconds, nanos]`. */
export function isoTime(value: Maybe): string | undefined {
  if (Array.isArray(value)) {
    const [seconds, nanos] = value;
    return typeof seconds === 'number' ? fromMs(seconds * 1000 + (numberOf(nanos) ?? 0) / 1e6) : undefined;
  }
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  if (/^\d{9,20}(?:\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  return fromMs(Date.parse(withZone(text)));
}

/** Without a zone logs mean UTC (LiteLLM, `llm`); the reader's own zone would shift them silently. */
function withZone(text: string): string {
  const iso = text
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/ (?=[+-]\d)/, '');
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return `${iso}T00:00:00Z`;
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
