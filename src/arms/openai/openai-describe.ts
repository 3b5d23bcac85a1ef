/** Who an OpenAI arm is: what its server's lists say, nothing generated. */
import type OpenAI from 'openai';
import { nearestName } from '../../errors.ts';
import { isOllama } from '../../records/arm-where.ts';
import { type ArmConfig, type ArmDescription, ArmError } from '../arm.ts';
import type { Provider } from '../provider.ts';
import type { Abilities, Window } from '../wire/before-asking.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { isLoopback } from '../wire/hosts.ts';
import { namesOf, noKey } from '../wire/keyed-endpoint.ts';
import { type Listed, listedDetails, listedModel, noListing } from '../wire/listed.ts';
import { type Learned, learn } from '../wire/parameters.ts';
import type { Answering } from '../wire/process-gone.ts';
import { proxyNotes } from '../wire/proxy.ts';
import type { Counting } from '../wire/read-whole.ts';
import { type LlamaServer, llamaServer } from './llama-server.ts';
import { listDated } from './openai-endpoint.ts';

/** What one arm keeps between its calls. */
export interface Caller extends Answering {
  config: ArmConfig;
  provider: Provider;
  endpoint: Endpoint;
  client: () => Promise<OpenAI>;
  /** Refused parameters, and how to go on without. */
  learned: Learned;
  /** An earlier reply of this arm said why it ended. */
  hadFinish: boolean;
  counting: Counting;
  /** What is served, where the server says it. */
  window?: Window | undefined;
  abilities: Abilities;
  /** Asked through the Responses API: by the config, or because the server said so. */
  responses: boolean;
}

export async function describe(caller: Caller, provider: Provider, signal: AbortSignal): Promise<ArmDescription> {
  const { config, endpoint, client } = caller;
  const { host, official, key } = endpoint;
  if (!key && config.keyCommand === undefined && (official || (config.apiKeyEnv && !isLoopback(host)))) {
    throw noKey(endpoint, config);
  }
  const notes = proxyNotes(endpoint.baseURL, process.env);
  const listed = await listDated(provider, endpoint, client, signal, () => notes.push(noListing));
  const models = namesOf(listed);
  const isLlama = listed.some(({ ownedBy }) => ownedBy === 'llamacpp');
  const server = isLlama ? await llamaServer(endpoint, signal) : {};
  heed(caller, listed, server);
  if (isOllamaHere(host, listed)) notes.push(isOllama(config.model));
  if (listed.some(({ ownedBy }) => ownedBy === 'me')) notes.push(notIdentified);
  // Elsewhere the list may hold other names than those that can be asked: deployments, adapters, aliases.
  if (official && provider.anyServer && models.length > 0 && !models.includes(config.model)) {
    const near = nearestName(config.model, models);
    throw new ArmError('model-missing', `${host}: there is no model "${config.model}" for this key`, {
      hint: near ? `did you mean openai:${near}?` : 'the provider’s page of models says what a key can use',
    });
  }
  return {
    provider: config.provider,
    model: config.model,
    host,
    leavesMachine: !isLoopback(host),
    ...(config.numCtx !== undefined && { contextAsked: config.numCtx }),
    ...(config.think !== undefined && { think: config.think }),
    ...listedDetails(listed, config.model),
    ...detailsOf(server),
    ...(notes.length > 0 && { notes }),
  };
}

/** llama-cpp-python lists an alias of its own, and gives back any name that it is asked for. */
const notIdentified = 'the served model is not identified: this server answers to any name';

/** Its usual port, or the owner that it gives every model. */
const isOllamaHere = (host: string, listed: readonly Listed[]): boolean =>
  host.endsWith(':11434') || listed.some(({ ownedBy }) => ownedBy === 'library');

function detailsOf({ window, slots, quantization, template, templateEnds, serverVersion }: LlamaServer) {
  return {
    ...(window !== undefined && { contextServed: window }),
    ...(slots !== undefined && { slots }),
    ...(quantization !== undefined && { quantization }),
    ...(template !== undefined && { template }),
    ...(templateEnds !== undefined && { templateEnds }),
    ...(serverVersion !== undefined && { serverVersion }),
  };
}

/** What the server says before any call: the window that is served, what it cannot take, what it ignores. */
function heed(caller: Caller, listed: readonly Listed[], server: LlamaServer): void {
  const { config, learned, counting } = caller;
  const found = listedModel(listed, config.model);
  const window = server.window ?? found?.window;
  if (window !== undefined) learn(learned, { name: 'window', how: { way: 'fit', window } });
  counting.served = window;
  caller.window = windowOf(window, found);
  caller.abilities = { sees: server.sees, takesTools: server.takesTools };
  if (found?.ownedBy === 'llamacpp') learn(learned, { name: 'response_format', how: { way: 'as schema' } });
}

function windowOf(window: number | undefined, found: Listed | undefined): Window | undefined {
  const most = found?.windowMax;
  const tokens = window ?? most;
  if (tokens === undefined) return undefined;
  const isLess = most !== undefined && tokens < most;
  return {
    tokens,
    ...(isLess && {
      raise: `raise the window of the server: it serves ${tokens.toLocaleString('en')} tokens, the model has ${most.toLocaleString('en')}`,
    }),
  };
}
