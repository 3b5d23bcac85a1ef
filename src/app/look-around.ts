/** What this machine could compare: keys that are set, what they can use, Ollama and its models. Metadata only. */
import { type Arm, ArmError } from '../arms/arm.ts';
import { isLocalCompletion } from '../arms/ollama/local-models.ts';
import { ollamaServer } from '../arms/ollama/ollama-address.ts';
import { type LocalModel, listLocalModels, serverVersion } from '../arms/ollama/ollama-models.ts';
import type { Provider } from '../arms/provider.ts';
import { createArm, providers } from '../arms/registry.ts';
import { armFromSpec } from '../arms/spec.ts';
import { baseURLOf } from '../arms/wire/endpoint.ts';
import { GapcheckError } from '../errors.ts';
import type { Context } from './context.ts';

type Env = Context['env'];

export interface KeyState {
  provider: string;
  variable: string;
  /** Where the key would go. */
  host: string;
  models: string[];
  error?: ArmError | GapcheckError;
}

const lookMs = 15_000;

/** Asks the list of models with every key that is set. Never throws for what an endpoint does. */
export async function lookAtKeys(env: Env): Promise<KeyState[]> {
  return Promise.all(
    providers.flatMap((provider) => {
      const variable = provider.keyVariables.find((name) => env[name]?.trim());
      // Where it is depends on the account: nowhere to ask.
      const known = variable !== undefined && baseURLOf({}, env, provider) !== undefined;
      return known ? [lookAtKey(provider, variable, env)] : [];
    }),
  );
}

async function lookAtKey(provider: Provider, variable: string, env: Env): Promise<KeyState> {
  const base = { provider: provider.name, variable, host: hostOf(provider, env), models: [] };
  try {
    const arm: Arm = createArm(armFromSpec('look', 'closed', `${provider.name}:any`), env);
    const models = (await arm.listModels?.(AbortSignal.timeout(lookMs))) ?? [];
    return { ...base, models };
  } catch (error) {
    if (error instanceof ArmError || error instanceof GapcheckError) return { ...base, error };
    throw error;
  }
}

function hostOf(provider: Provider, env: Env): string {
  const url = baseURLOf({}, env, provider) ?? '';
  return URL.canParse(url) ? new URL(url).host : url;
}

export interface OllamaFound {
  host: string;
  version?: string;
  /** Newest first, all of them. */
  models: LocalModel[];
  error?: ArmError | GapcheckError;
}

export async function lookAtOllama(env: Env): Promise<OllamaFound> {
  let host = env.OLLAMA_HOST ?? '';
  try {
    const server = ollamaServer(env);
    host = server.host;
    const signal = AbortSignal.timeout(lookMs);
    const [version, models] = await Promise.all([serverVersion(server, signal), listLocalModels(server, signal)]);
    return { host, models, ...(version !== undefined && { version }) };
  } catch (error) {
    if (error instanceof ArmError || error instanceof GapcheckError) return { host, models: [], error };
    throw error;
  }
}

export const localChatModels = ({ models }: OllamaFound): LocalModel[] => models.filter(isLocalCompletion);

const chatNames = /^(gpt-|o\d|chatgpt|claude|gemini|models\/gemini|mistral-|deepseek-)/i;
const otherUses =
  /audio|realtime|embed|tts|transcri|whisper|image|dall-e|sora|search|moderation|instruct|codex|computer-use|vision/i;

/** Names for a person to choose from: chat models without dated snapshots, the highest version first. */
export function chatModels({ models }: KeyState): string[] {
  const chat = models.filter((name) => chatNames.test(name) && !otherUses.test(name));
  const undated = chat.filter((name) => !/-\d{4}-\d{2}-\d{2}$|-\d{4}$/.test(name));
  const pool = undated.length > 0 ? undated : models;
  return [...pool].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}
