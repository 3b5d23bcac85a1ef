/** Every provider. One that speaks OpenAI's protocol is a row of compatible.ts; another one is a line here. */
import { anthropicProvider } from './anthropic/anthropic-arm.ts';
import type { Arm, ArmConfig } from './arm.ts';
import { compatibleProviders, openaiProvider } from './compatible.ts';
import { ollamaProvider } from './ollama/ollama.ts';
import { agentProvider } from './programs/agent.ts';
import { commandProvider } from './programs/command.ts';
import type { Provider } from './provider.ts';
import { columnProvider, loggedProvider } from './ready/logged.ts';
import { guardKeys } from './wire/echoed-keys.ts';
import { tellWebPages } from './wire/web-pages.ts';

/** In the order in which messages name them. */
export const providers: readonly Provider[] = [
  openaiProvider,
  anthropicProvider,
  ollamaProvider,
  loggedProvider,
  columnProvider,
  commandProvider,
  agentProvider,
  ...compatibleProviders,
];

const byName = new Map(providers.map((provider) => [provider.name, provider]));

/** Undefined for a name that a newer version, or nobody, knows. */
export const providerOf = (name: string): Provider | undefined => byName.get(name);

/** The arm of a config whose provider `parseSpec` knows. No SDK is loaded before the arm is used. */
export function createArm(config: ArmConfig, env: Record<string, string | undefined>): Arm {
  const provider = providerOf(config.provider) ?? openaiProvider;
  const arm = provider.make(withHeaders(config, provider), env);
  return guardKeys(tellWebPages(arm), env);
}

/** Set here once, whatever wire the arm speaks. Names of headers are the same in any case. */
function withHeaders(config: ArmConfig, { headers: own }: Provider): ArmConfig {
  if (own === undefined) return config;
  const given = [...Object.keys(config.headers ?? {}), ...Object.keys(config.headersEnv ?? {})];
  const taken = new Set(given.map((name) => name.toLowerCase()));
  const left = Object.entries(own).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...config, headers: { ...Object.fromEntries(left), ...config.headers } };
}
