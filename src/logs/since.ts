/** `--since 7d`, `--since 2026-11-01` → ISO times. An age counts from the last record of the log. */
import { userError } from '../errors.ts';
import { isoTime } from './moments.ts';

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const age = /^(\d{1,5})([mhdw])$/;

/** An age, which counts from the last record, rather than a date. */
export const isAge = (text: string | undefined): boolean => text !== undefined && age.test(text.trim());

interface Wanted {
  since?: string;
  until?: string;
  now: Date;
  /** Time of the last record, ISO: a log is as old as its export. */
  last?: string | undefined;
}

export function timeLimits({ since, until, now, last }: Wanted): { since?: string; until?: string } {
  // A record from the future has a wrong clock.
  const from = last !== undefined && Date.parse(last) < now.getTime() ? new Date(last) : now;
  return {
    ...(since !== undefined && { since: moment('--since', since, from) }),
    ...(until !== undefined && { until: moment('--until', until, from) }),
  };
}

function moment(flag: string, text: string, from: Date): string {
  const ago = age.exec(text.trim());
  if (ago) return new Date(from.getTime() - Number(ago[1]) * (units[ago[2] as string] as number)).toISOString();
  const iso = isoTime(text);
  if (iso) return iso;
  throw userError(
    'logs.time',
    `${flag} ${text}: neither an age nor a date.`,
    `${flag} 7d, ${flag} 12h, or ${flag} 2026-11-01`,
  );
}
