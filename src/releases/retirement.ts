/** When a provider ends a model: the date that its list or the config says, counted in days from today. */

export interface Retirement {
  /** `far`: outside the limit. `unreadable`: no date, but the provider's own words. */
  state: 'far' | 'soon' | 'ended' | 'unreadable';
  /** As said. */
  on: string;
  /** From today; negative once it is past, null where it is no date or nobody said one. */
  days: number | null;
  replacement: string | null;
}

const dayMs = 86_400_000;

/** `today`: YYYY-MM-DD, UTC. `within`: days from which on it is a change. Undefined where no date is known. */
export function retirementOf(
  ends: { on: string; replacement?: string | undefined } | undefined,
  today: string,
  within: number,
): Retirement | undefined {
  if (ends === undefined) return undefined;
  const base = { on: ends.on, replacement: ends.replacement ?? null };
  const time = /^\d{4}-\d{2}-\d{2}$/.test(ends.on) ? Date.parse(`${ends.on}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) return { ...base, state: 'unreadable', days: null };
  const days = Math.round((time - Date.parse(`${today}T00:00:00Z`)) / dayMs);
  return { ...base, state: days < 0 ? 'ended' : days <= within ? 'soon' : 'far', days };
}

export const isDue = (retirement: Retirement | undefined): boolean =>
  retirement?.state === 'soon' || retirement?.state === 'ended';

/** `gpt-x ends on 2027-01-14, in 48 days`. */
export function retirementWords(model: string, { state, on, days, replacement }: Retirement): string {
  const instead = replacement === null ? '' : `; ${replacement} takes its place`;
  if (state === 'unreadable') return `${model}: its provider says of its end "${on}"${instead}`;
  if (state === 'ended') return `${model} ended on ${on}${overdue(days)}${instead}`;
  return `${model} ends on ${on}, ${inDays(days ?? 0)}${instead}`;
}

const overdue = (days: number | null): string =>
  days === null ? '' : `, ${-days === 1 ? 'a day' : `${-days} days`} ago`;

const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);
