/** Who an Ollama model is: read from the server, nothing generated. */
import { createHash } from 'node:crypto';
import { templateEnd } from '../../text/template-end.ts';
import { type ArmConfig, type ArmDescription, ArmError } from '../arm.ts';
import { isLoopback } from '../wire/hosts.ts';
import type { Learned } from '../wire/parameters.ts';
import type { Answering } from '../wire/process-gone.ts';
import { proxyNotes } from '../wire/proxy.ts';
import type { Counting } from '../wire/read-whole.ts';
import type { OllamaServer } from './ollama-address.ts';
import {
  fullName,
  type LocalModel,
  listLocalModels,
  type ModelDetails,
  serverVersion,
  showModel,
} from './ollama-models.ts';
import type { Think } from './ollama-request.ts';

/** What one arm keeps between its calls. */
export interface OllamaState extends Answering {
  config: ArmConfig;
  server: OllamaServer;
  /** Window asked for; grows only when a request needs more. */
  window: number | undefined;
  contextMax: number | undefined;
  think: Think;
  adjusted: Set<string>;
  /** Options that the server refused. */
  learned: Learned;
  counting: Counting;
  /** The model takes images; undefined where the server does not say. */
  sees?: boolean | undefined;
  /** Versions whose prompt counts leave out what was cached. */
  countsCached: boolean;
  /** Of the list, when the arm was described or loaded. */
  digest?: string | undefined;
  /** The list has another digest by now: what the model says is no answer of this arm. */
  changedTo?: string | undefined;
}

export async function describe(state: OllamaState, signal: AbortSignal): Promise<ArmDescription> {
  const { config, server } = state;
  if (config.apiKeyEnv !== undefined && !server.headers.authorization)
    throw new ArmError('auth', `no key for arm ${config.name}: apiKeyEnv names ${config.apiKeyEnv}, which is not set`, {
      hint: `export ${config.apiKeyEnv}=…`,
    });
  const version = await serverVersion(server, signal);
  state.countsCached = /^0\.(?:1\.|30\.0$)/.test(version ?? '');
  const models = await listLocalModels(server, signal);
  const details = await showModel(server, config.model, signal).catch((error: unknown) => {
    throw error instanceof ArmError && error.failure === 'model-missing' ? notPulled(state, models) : error;
  });
  checkCapabilities(state, details);
  state.contextMax = details.contextMax;
  state.sees = details.capabilities?.includes('vision');
  // gpt-oss cannot think less than "low".
  if (config.think === undefined && /^gpt-?oss/.test(details.family ?? '')) state.think = 'low';
  const entry = entryOf(models, config.model);
  state.digest = entry?.digest;
  return description(state, details, entry, version);
}

const entryOf = (models: readonly LocalModel[], model: string): LocalModel | undefined =>
  models.find(({ name }) => fullName(name) === fullName(model));

/**
 * Asks the list whether the name still means the same model. Throws ArmError (garbage, substituted) where it does not:
 * other settings count at once, long before the model is loaded again.
 */
export async function assertSameDigest(state: OllamaState, signal: AbortSignal): Promise<void> {
  const { config, server, digest } = state;
  if (digest === undefined) return;
  const models = await listLocalModels(server, signal).catch(() => []);
  const now = entryOf(models, config.model)?.digest;
  if (now !== undefined && now !== digest) state.changedTo = now;
  refuseChanged(state);
}

export function refuseChanged({ config, digest, changedTo }: OllamaState): void {
  if (changedTo === undefined || digest === undefined) return;
  throw new ArmError(
    'garbage',
    `${config.model} changed during the run: its digest was ${short(digest)} and is ${short(changedTo)}`,
    {
      why: 'substituted',
      fault: 'setup',
      hint: 'put the old model back and resume, or begin a new run with "gapcheck run --reuse"',
    },
  );
}

const short = (digest: string): string => digest.replace('sha256:', '').slice(0, 12);

function description(
  { config, server, think }: OllamaState,
  details: ModelDetails,
  entry: LocalModel | undefined,
  version: string | undefined,
): ArmDescription {
  const {
    template,
    system,
    parameters,
    licence,
    quantization,
    parameterSize,
    contextMax,
    windowBytes,
    capabilities,
    weights,
  } = details;
  const cloud = details.cloud || entry?.cloud === true;
  const templateEnds = template && templateEnd(template, think !== false);
  const notes = [...proxyNotes(server.url, process.env), ...(entry?.digest ? [] : [noDigest])];
  return {
    provider: config.provider,
    model: config.model,
    host: server.host,
    leavesMachine: cloud || !isLoopback(server.host),
    ...(entry?.digest && { digest: entry.digest }),
    ...(weights && { weights }),
    ...(quantization && { quantization }),
    ...(parameterSize && { parameterSize }),
    ...(contextMax !== undefined && { contextMax }),
    ...(windowBytes !== undefined && { windowBytes }),
    ...(entry?.size !== undefined && { modelBytes: entry.size }),
    ...(config.numCtx !== undefined && { contextAsked: config.numCtx }),
    ...(template && { template: createHash('sha256').update(template).digest('hex') }),
    ...(templateEnds !== undefined && { templateEnds }),
    ...(system && { system }),
    ...(Object.keys(parameters).length > 0 && { modelParameters: parameters }),
    think,
    ...(capabilities && { capabilities }),
    ...(licence && { licence: { text: licence } }),
    ...(version && { serverVersion: version }),
    ...(notes.length > 0 && { notes }),
    sends: {
      truncate: false,
      shift: false,
      ...(config.numCtx !== undefined && { num_ctx: config.numCtx }),
    },
  };
}

const noDigest = 'no digest: a new release under this name will not be seen';

function notPulled({ config, server }: OllamaState, models: readonly LocalModel[]): ArmError {
  const there = models.map((model) => model.name);
  const list = there.length > 0 ? `it has ${there.join(', ')}` : 'it has no models yet';
  return new ArmError('model-missing', `Ollama at ${server.host} has no model "${config.model}"; ${list}.`, {
    hint: `ollama pull ${config.model}   (or the same command with --pull)`,
    status: 404,
  });
}

function checkCapabilities({ config }: OllamaState, { capabilities }: ModelDetails): void {
  if (!capabilities) return;
  if (!capabilities.includes('completion')) {
    throw new ArmError(
      'bad-request',
      `${config.model} cannot chat (it does: ${capabilities.join(', ') || 'nothing'})`,
      {
        hint: 'choose a completion model: "gapcheck doctor" lists them',
      },
    );
  }
  if (config.think && !capabilities.includes('thinking')) {
    throw new ArmError(
      'bad-request',
      `${config.model} cannot think, but arm ${config.name} asks for think: ${config.think}`,
      {
        hint: `remove think from arm ${config.name} in the config`,
      },
    );
  }
}
