/** One model of a provider's list: its name, its dates, its id elsewhere, by the fields that the descriptor names. */
import { isObject } from '../../records/plain-json.ts';

export interface Listed {
  name: string;
  /** ISO 8601: released, or for a local model pulled. */
  at?: string;
  /** When it is retired: YYYY-MM-DD, else the provider's own words. */
  ends?: string;
  /** The provider's word, where it is past its prime: `deprecated` still answers, `retired` does not. */
  lifecycle?: string;
  /** The model that takes its place. */
  replacement?: string;
  huggingFace?: string;
  /** Tokens of window that a server of one's own serves (vLLM, llama.cpp), for each of its slots. */
  window?: number;
  /** Tokens that the model itself has been trained on. */
  windowMax?: number;
  quantization?: string;
  parameterSize?: string;
  /** Its server, where the list names it. */
  ownedBy?: string;
}

export const noListing = 'this key may not list models, so the model name was not looked up';

type Fields = Record<string, unknown>;

export function readListed(model: Fields, fields: ListFields = {}): Listed {
  const at = timeOf(model.created) ?? (typeof model.created_at === 'string' ? model.created_at : undefined);
  const lifecycle = aged(fieldAt(model, fields.lifecycle));
  const ends = dateIn(fieldAt(model, fields.ends)) ?? endInWords(lifecycle, fieldAt(model, fields.deprecated));
  const replacement = textOf(fieldAt(model, fields.replacement));
  const huggingFace = textOf(fieldAt(model, fields.huggingFace));
  const window = tokens(model.max_model_len) ?? tokens(fieldAt(model, 'meta.n_ctx'));
  const windowMax = tokens(fieldAt(model, fields.window ?? 'meta.n_ctx_train'));
  const quantization = textOf(fieldAt(model, 'meta.ftype'));
  const parameters = tokens(fieldAt(model, 'meta.n_params'));
  const ownedBy = textOf(model.owned_by);
  return {
    name: String(model.id ?? ''),
    ...(at && { at }),
    ...(window !== undefined && { window }),
    ...(windowMax !== undefined && { windowMax }),
    ...(quantization !== undefined && { quantization }),
    ...(parameters !== undefined && { parameterSize: parameterWords(parameters) }),
    ...(ownedBy !== undefined && { ownedBy }),
    ...(ends !== undefined && { ends }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(replacement !== undefined && { replacement }),
    // A path of the server's disk is no id.
    ...(huggingFace !== undefined && /^[\w.-]+\/[\w.-]+$/.test(huggingFace) && { huggingFace }),
  };
}

/** The model of this name; a server of one's own that lists one model serves it under any name. */
export const listedModel = (listed: readonly Listed[], model: string): Listed | undefined =>
  listed.find(({ name }) => name === model) ?? (listed.length === 1 ? listed[0] : undefined);

/** What describing an arm takes from the list. */
export function listedDetails(listed: readonly Listed[], model: string) {
  const found = listed.find(({ name }) => name === model);
  const served = listedModel(listed, model);
  return {
    ...(found && { listed: true }),
    ...(served?.window !== undefined && { contextServed: served.window }),
    ...(served?.windowMax !== undefined && { contextMax: served.windowMax }),
    ...(served?.quantization !== undefined && { quantization: served.quantization }),
    ...(served?.parameterSize !== undefined && { parameterSize: served.parameterSize }),
    ...(found?.ends !== undefined && {
      ends: {
        on: found.ends,
        ...(found.lifecycle !== undefined && { lifecycle: found.lifecycle }),
        ...(found.replacement !== undefined && { replacement: found.replacement }),
      },
    }),
    ...(found?.huggingFace !== undefined && { huggingFace: found.huggingFace }),
  };
}

/** `134.5M`, `8.2B`: as Ollama says it. */
const parameterWords = (count: number): string =>
  count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : `${(count / 1e6).toFixed(1)}M`;

const tokens = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** `deprecation.inference` in a nested object. */
const fieldAt = (model: Fields, path: string | undefined): unknown =>
  path?.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), model);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Compatible servers put 0 or nothing where they know no date. */
const timeOf = (seconds: unknown): string | undefined =>
  typeof seconds === 'number' && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000).toISOString() : undefined;

const aged = (word: unknown): string | undefined => (word === 'deprecated' || word === 'retired' ? word : undefined);

/** A model that is on its way out, of which no day is said. */
function endInWords(lifecycle: string | undefined, since: unknown): string | undefined {
  if (lifecycle !== 'deprecated') return lifecycle;
  const day = dateIn(since);
  return day === undefined ? 'deprecated, no day is named' : `deprecated on ${day}, no day is named`;
}

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

/** Fields of a model in the provider's list, where it has them. */
export interface ListFields {
  /** Its date of retirement: text that begins `YYYY-MM-DD`, or seconds since 1970. A path: `deprecation.inference`. */
  ends?: string;
  /** Where it is in its life, and since when it is deprecated. */
  lifecycle?: string;
  deprecated?: string;
  /** The model that takes its place. */
  replacement?: string;
  /** Tokens of window that the model has. */
  window?: string;
  /** Its id at Hugging Face, which tells the licence. */
  huggingFace?: string;
}
