/** Lengths of time as people write them: `2h`, `90m`, `1h30m`. */

const units = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Milliseconds, 0 too; undefined for a text that is no duration, or for more than a timer can keep. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text.trim().toLowerCase());
  if (!match || text.trim() === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  const ms = Math.round(Number(hours) * units.h + Number(minutes) * units.m + Number(seconds) * units.s);
  // A timer of Node's takes 24 days.
  return ms <= 2_000_000_000 ? ms : undefined;
}

/** `2 h`, `1 h 30 min`, `90 s`. */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
