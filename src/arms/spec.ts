/** `provider:model` as typed on the command line or in the config. */
import { nearestName, userError } from '../errors.ts';
import type { ArmRole } from '../records/run-record.ts';
import type { ArmConfig } from './arm.ts';
import { refuseSettings } from './refuse-settings.ts';
import { providerOf, providers } from './registry.ts';

const knownProviders = providers.map(({ name }) => name);

/** Provider and model. Throws a user error that names the known providers and the nearest one. */
export function parseSpec(spec: string): { provider: string; model: string } {
  const typed = spec.trim();
  const colon = typed.indexOf(':');
  const provider = (colon < 0 ? typed : typed.slice(0, colon)).toLowerCase();
  const model = colon < 0 ? '' : typed.slice(colon + 1).trim();
  if (provider === 'logged') return { provider, model: model || 'logged' };
  if (!knownProviders.includes(provider)) throw unknownProvider(typed, provider);
  if (!model) throw missingModel(typed, provider);
  return { provider, model };
}

function unknownProvider(spec: string, provider: string) {
  const near = nearestName(provider, knownProviders);
  const whole = wholeSpec(spec);
  const meant = whole ? `did you mean ${whole}? ` : near ? `did you mean "${near}:…"? ` : '';
  return userError(
    'unknown-provider',
    `"${spec}": there is no provider "${provider}".`,
    `${meant}known are ${knownProviders.join(', ')}; any other OpenAI-compatible server is openai:MODEL with OPENAI_BASE_URL, or baseURL in the config`,
  );
}

/** A model without its provider, known by its name: OpenAI's, Anthropic's, or one with a tag as Ollama has them. */
function wholeSpec(model: string): string | undefined {
  // A tag is Ollama's: `mistral:7b` is a model there, whoever made it.
  const owner = model.includes(':') ? undefined : providers.find((provider) => provider.knows?.(model));
  if (owner) return `${owner.name}:${model}`;
  return /^[\w./-]+:(?:\d[\w.-]*|latest)$/.test(model) ? `ollama:${model}` : undefined;
}

function missingModel(spec: string, provider: string) {
  const what = provider === 'command' ? 'a path' : provider === 'column' ? 'a column' : 'a model';
  const known = providerOf(provider);
  const listed = known?.canPull ? '; "gapcheck doctor" lists the models that are here' : '';
  return userError(
    'missing-model',
    `"${spec}" names no ${what.slice(2)}.`,
    `write ${provider}:${what.slice(2).toUpperCase()}, such as ${known?.example ?? `${provider}:MODEL`}${listed}`,
  );
}

/** An arm as asked for on the command line. `more` is what the config adds; what it sets wins over a preset. */
export function armFromSpec(name: string, role: ArmRole, spec: string, more: Partial<ArmConfig> = {}): ArmConfig {
  const { provider, model } = parseSpec(spec);
  refuseSettings(name, provider, more);
  return { ...more, name, role, spec: spec.trim(), provider, model };
}
