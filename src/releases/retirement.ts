/** When a provider ends a model: the date that its list or the config says, counted in days from today. */

export interface Retirement {
  /**
   * `far`: outside the limit. `overdue`: past its day, and still there. `unreadable`: no date, but the provider's own
   * words.
   */
  state: 'far' | 'soon' | 'overdue' | 'ended' | 'unreadable';
  /** As said. */
  on: string;
  /** From today; negative once it is past, null where it is no date or nobody said one. */
  days: number | null;
  replacement: string | null;
}

const dayMs = 86_400_000;

/** `today`: YYYY-MM-DD, UTC. `within`: days from which on it is a change. Undefined where no date is known. */
export function retirementOf(
  ends: { on: string; replacement?: string | undefined; lifecycle?: string | undefined } | undefined,
  today: string,
  within: number,
): Retirement | undefined {
  if (ends === undefined) return undefined;
  const base = { on: ends.on, replacement: ends.replacement ?? null };
  const time = /^\d{4}-\d{2}-\d{2}$/.test(ends.on) ? Date.parse(`${ends.on}T00:00:00Z`) : Number.NaN;
  const retired = ends.lifecycle === 'retired';
  if (Number.isNaN(time)) return { ...base, state: retired ? 'ended' : 'unreadable', days: null };
  const days = Math.round((time - Date.parse(`${today}T00:00:00Z`)) / dayMs);
  if (retired) return { ...base, state: 'ended', days };
  // A provider may keep a deprecated model for longer than it had said.
  if (days < 0) return { ...base, state: ends.lifecycle === 'deprecated' ? 'overdue' : 'ended', days };
  return { ...base, state: days <= within ? 'soon' : 'far', days };
}

export const isDue = (retirement: Retirement | undefined): boolean =>
  retirement !== undefined && ['soon', 'overdue', 'ended'].includes(retirement.state);

/** `gpt-x ends on 2027-01-14, in 48 days`. */
export function retirementWords(model: string, { state, on, days, replacement }: Retirement): string {
  const instead = replacement === null ? '' : `; ${replacement} takes its place`;
  if (state === 'unreadable') return `${model}: its provider says of its end "${on}"${instead}`;
  if (state === 'ended' && days === null && !/^\d/.test(on)) return `${model} has ended${instead}`;
  if (state === 'ended') return `${model} ended on ${on}${ago(days)}${instead}`;
  if (state === 'overdue') return `${model} was to end on ${on}${ago(days)}, and is still there${instead}`;
  return `${model} ends on ${on}, ${inDays(days ?? 0)}${instead}`;
}

const ago = (days: number | null): string =>
  days === null || days >= 0 ? '' : `, ${-days === 1 ? 'a day' : `${-days} days`} ago`;

const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);
