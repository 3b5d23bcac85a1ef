/** `--since 7d`, `--since 2026-11-01`: → ISO times, against the clock that was passed in. */
import { userError } from '../errors.ts';
import { isoTime } from './moments.ts';

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

export function timeLimits({ since, until, now }: { since?: string; until?: string; now: Date }): {
  since?: string;
  until?: string;
} {
  return {
    ...(since !== undefined && { since: moment('--since', since, now) }),
    ...(until !== undefined && { until: moment('--until', until, now) }),
  };
}

function moment(flag: string, text: string, now: Date): string {
  const ago = /^(\d{1,5})([mhdw])$/.exec(text.trim());
  if (ago) return new Date(now.getTime() - Number(ago[1]) * (units[ago[2] as string] as number)).toISOString();
  const iso = isoTime(text);
  if (iso) return iso;
  throw userError(
    'logs.time',
    `${flag} ${text}: neither an age nor a date.`,
    `${flag} 7d, ${flag} 12h, or ${flag} 2026-11-01`,
  );
}
