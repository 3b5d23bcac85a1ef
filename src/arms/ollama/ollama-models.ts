/** What an Ollama server says about itself and its models: lists, details, the window really served, pulling. */
import type { Ollama } from 'ollama';
import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
import { type FailureContext, httpFailure, networkFailure } from '../wire/failures.ts';
import { guardedFetch, StatusError } from '../wire/guarded-fetch.ts';
import { watch } from '../wire/watchdog.ts';
import { addressHints, type OllamaServer } from './ollama-address.ts';

const urlOf = ({ url, query }: OllamaServer, path: string): string => `${url}${path}${query}`;

/** One request with the server's headers. */
export const toServer = (server: OllamaServer, path: string, signal: AbortSignal, body?: object): Promise<Response> =>
  guardedFetch()(urlOf(server, path), {
    signal,
    headers: { 'content-type': 'application/json', ...server.headers },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });

export interface LocalModel {
  name: string;
  digest?: string;
  /** ISO 8601, when it was pulled or made. */
  modifiedAt: string;
  /** Bytes on disk. */
  size?: number;
  family?: string;
  parameterSize?: string;
  quantization?: string;
  capabilities?: string[];
  /** Answered by another machine. */
  cloud: boolean;
}

export interface ModelDetails {
  capabilities?: string[];
  family?: string;
  parameterSize?: string;
  quantization?: string;
  contextMax?: number;
  /** Bytes of memory for each token of the window. */
  windowBytes?: number;
  /** SHA-256 of the file of weights: the same for models made from it with other settings, on every machine. */
  weights?: string;
  template?: string;
  system?: string;
  parameters: Record<string, string>;
  licence?: string;
  cloud: boolean;
}

const isCloudName = (name: string): boolean => /[:-]cloud$/.test(name);

/** As Ollama compares names: `Qwen3` is `registry.ollama.ai/library/qwen3:latest`. */
export function fullName(name: string): string {
  const short = name
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^registry\.ollama\.ai\//, '')
    .replace(/^library\//, '');
  return /:[^/]*$/.test(short) ? short : `${short}:latest`;
}

const metadataMs = 15_000;

export const failureContext = ({ url, host, secrets, headers }: OllamaServer, model?: string): FailureContext => ({
  host: `Ollama at ${host}`,
  keys: secrets,
  hints: {
    ...addressHints(url),
    network: '"ollama serve" starts it; OLLAMA_HOST says where it listens, ollama.com/download has it',
    ...(model && { 'model-missing': `ollama pull ${model}` }),
    'out-of-memory': 'a smaller model or quantization, or a smaller numCtx in the config',
    overload: 'it is busy with other requests; OLLAMA_MAX_QUEUE limits how many wait',
    auth: headers.authorization
      ? 'check the variable that apiKeyEnv names, or the user and password in OLLAMA_HOST'
      : 'a server behind a login: apiKeyEnv in the config; a cloud model: "ollama signin"; ollama.com: OLLAMA_API_KEY',
  },
});

/** Ollama's own client. It writes paths and bodies; address, query, login, proxy and time limit stay ours. */
async function clientOf(server: OllamaServer, signal: AbortSignal): Promise<Ollama> {
  const { Ollama } = await import('ollama');
  const fetch = guardedFetch({ signal });
  return new Ollama({
    // Never dialled: the client would put its own port and key where the user wrote none.
    host: 'http://ollama.invalid:11434',
    fetch: (asked, init) =>
      fetch(urlOf(server, new URL(asked instanceof Request ? asked.url : asked).pathname), {
        ...init,
        headers: { 'content-type': 'application/json', ...server.headers },
      }),
  });
}

/** One metadata call. Throws ArmError. */
async function ask(
  server: OllamaServer,
  signal: AbortSignal,
  call: (client: Ollama) => Promise<unknown>,
  model?: string,
): Promise<Record<string, unknown>> {
  const guard = watch(signal, { totalMs: metadataMs, idleMs: metadataMs, fixed: true });
  const context = failureContext(server, model);
  try {
    const said = await call(await clientOf(server, guard.signal));
    if (!isObject(said)) throw notOllama(server, 'it did not answer with a JSON object');
    return said;
  } catch (error) {
    if (error instanceof ArmError) throw error;
    if (error instanceof SyntaxError) throw notOllama(server, 'it did not answer with JSON');
    if (error instanceof StatusError) throw httpFailure(error, context, error);
    throw guard.stopped() ?? networkFailure(error, context, false);
  } finally {
    guard.end();
  }
}

const notOllama = ({ host }: OllamaServer, why: string): ArmError =>
  new ArmError('garbage', `Ollama at ${host} does not answer as Ollama does: ${why}`, { hint: 'check OLLAMA_HOST' });

export const string = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
export const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;
const strings = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
const object = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

export async function serverVersion(server: OllamaServer, signal: AbortSignal): Promise<string | undefined> {
  return string((await ask(server, signal, (client) => client.version())).version);
}

/** Newest first. Throws ArmError when the server cannot be reached. */
export async function listLocalModels(server: OllamaServer, signal: AbortSignal): Promise<LocalModel[]> {
  const { models } = await ask(server, signal, (client) => client.list());
  const list = (Array.isArray(models) ? models : []).filter(isObject).map(localModel);
  return list.sort((a, b) => (a.modifiedAt < b.modifiedAt ? 1 : -1));
}

function localModel(model: Record<string, unknown>): LocalModel {
  const details = object(model.details);
  const name = string(model.name) ?? string(model.model) ?? '';
  return {
    name,
    modifiedAt: string(model.modified_at) ?? '',
    cloud: model.remote_host !== undefined || model.remote_model !== undefined || isCloudName(name),
    ...pick({
      digest: string(model.digest),
      size: positive(model.size),
      family: string(details.family),
      parameterSize: string(details.parameter_size),
      quantization: string(details.quantization_level),
      capabilities: strings(model.capabilities),
    }),
  };
}

export const pick = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

export async function showModel(server: OllamaServer, model: string, signal: AbortSignal): Promise<ModelDetails> {
  const shown = await ask(server, signal, (client) => client.show({ model }), model);
  const details = object(shown.details);
  const info = object(shown.model_info);
  const architecture = string(info['general.architecture']) ?? '';
  return {
    parameters: modelfileParameters(string(shown.parameters) ?? ''),
    cloud: shown.remote_host !== undefined || isCloudName(model),
    ...pick({
      capabilities: strings(shown.capabilities),
      family: string(details.family),
      parameterSize: string(details.parameter_size),
      quantization: string(details.quantization_level),
      contextMax: positive(info[`${architecture}.context_length`]) ?? positive(details.context_length),
      windowBytes: windowBytes(info, architecture),
      weights: weightsIn(string(shown.modelfile) ?? ''),
      template: string(shown.template),
      system: string(shown.system),
      licence: licenceText(shown.license),
    }),
  };
}

/** Bytes of memory for each token of the window: a key and a value of 16 bits in every layer; unknown for other designs. */
function windowBytes(info: Record<string, unknown>, architecture: string): number | undefined {
  const of = (name: string): number | undefined => positive(info[`${architecture}.${name}`]);
  const heads = of('attention.head_count');
  const kept = of('attention.head_count_kv') ?? heads;
  const width = heads && of('embedding_length') ? (of('embedding_length') as number) / heads : undefined;
  const [key, value] = [of('attention.key_length') ?? width, of('attention.value_length') ?? width];
  const layers = of('block_count');
  return layers && kept && key && value ? 2 * layers * kept * (key + value) : undefined;
}

/** Of the line `FROM …/blobs/sha256-…`; the path before it is of the server's disk and is not kept. */
const weightsIn = (modelfile: string): string | undefined =>
  /^FROM .*\bsha256[-:]([0-9a-f]{64})\s*$/m.exec(modelfile)?.[1];

const licenceText = (value: unknown): string | undefined => string(Array.isArray(value) ? value.join('\n') : value);

/** Ollama's text of `key   value` lines; a key may come several times. */
function modelfileParameters(text: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^(\S+)\s+(.*\S)\s*$/.exec(line);
    if (!match) continue;
    const [, key = '', raw = ''] = match;
    const value = raw.replace(/^"(.*)"$/, '$1');
    parameters[key] = key in parameters ? `${parameters[key]}, ${value}` : value;
  }
  return parameters;
}

export interface LoadedModel {
  /** Tokens really served. */
  context?: number;
  /** Share of the model in GPU memory, 0..1. */
  onGpu?: number;
}

export async function loadedModel(
  server: OllamaServer,
  model: string,
  signal: AbortSignal,
): Promise<LoadedModel | undefined> {
  const { models } = await ask(server, signal, (client) => client.ps());
  const wanted = fullName(model);
  const found = (Array.isArray(models) ? models : [])
    .filter(isObject)
    .find((one) => fullName(string(one.name) ?? '') === wanted);
  if (!found) return undefined;
  const size = positive(found.size);
  const vram = typeof found.size_vram === 'number' ? found.size_vram : undefined;
  return pick({
    context: positive(found.context_length),
    onGpu: size !== undefined && vram !== undefined ? Math.min(1, vram / size) : undefined,
  });
}
