/** One model of a provider's list: its name, its dates, its id elsewhere, by the fields that the descriptor names. */
import { isObject } from '../../records/plain-json.ts';
import type { ListFields } from '../provider.ts';

export interface Listed {
  name: string;
  /** ISO 8601: released, or for a local model pulled. */
  at?: string;
  /** When it is retired: YYYY-MM-DD, else the provider's own words. */
  ends?: string;
  /** The model that takes its place. */
  replacement?: string;
  huggingFace?: string;
  /** Tokens of window that a server of one's own serves (vLLM, llama.cpp), for each of its slots. */
  window?: number;
  /** Its server, where the list names it. */
  ownedBy?: string;
}

export const noListing = 'this key may not list models, so the model name was not looked up';

type Fields = Record<string, unknown>;

export function readListed(model: Fields, fields: ListFields = {}): Listed {
  const at = timeOf(model.created) ?? (typeof model.created_at === 'string' ? model.created_at : undefined);
  const ends = dateIn(fieldAt(model, fields.ends));
  const replacement = textOf(fieldAt(model, fields.replacement));
  const huggingFace = textOf(fieldAt(model, fields.huggingFace));
  const window = tokens(model.max_model_len) ?? tokens(fieldAt(model, 'meta.n_ctx'));
  const ownedBy = textOf(model.owned_by);
  return {
    name: String(model.id ?? ''),
    ...(at && { at }),
    ...(window !== undefined && { window }),
    ...(ownedBy !== undefined && { ownedBy }),
    ...(ends !== undefined && { ends }),
    ...(replacement !== undefined && { replacement }),
    // A path of the server's disk is no id.
    ...(huggingFace !== undefined && /^[\w.-]+\/[\w.-]+$/.test(huggingFace) && { huggingFace }),
  };
}

/** What describing an arm takes from the list. */
export function listedDetails(listed: readonly Listed[], model: string) {
  const found = listed.find(({ name }) => name === model);
  return {
    ...(found && { listed: true }),
    ...(found?.ends !== undefined && {
      ends: { on: found.ends, ...(found.replacement !== undefined && { replacement: found.replacement }) },
    }),
    ...(found?.huggingFace !== undefined && { huggingFace: found.huggingFace }),
  };
}

const tokens = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** `deprecation.inference` in a nested object. */
const fieldAt = (model: Fields, path: string | undefined): unknown =>
  path?.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), model);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Compatible servers put 0 or nothing where they know no date. */
const timeOf = (seconds: unknown): string | undefined =>
  typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString() : undefined;

/** A date as YYYY-MM-DD; anything else as it came, in words. */
export function dateIn(value: unknown): string | undefined {
  const time = timeOf(value);
  if (time !== undefined) return time.slice(0, 10);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:$|T|\s)/.exec(value.trim()) ?? [];
  return day !== undefined && isDate(day) ? day : value.trim().slice(0, 80);
}

/** `2026-02-30` is none. */
export const isDate = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
