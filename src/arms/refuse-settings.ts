/** Whatever the config says about an arm is honoured, or refused by its name before anything is frozen. */
import { userError } from '../errors.ts';
import type { ArmConfig } from './arm.ts';
import type { Provider, SettingName } from './provider.ts';
import { providerOf, providers } from './registry.ts';

/** As the config writes them. */
const written: Partial<Record<SettingName, string>> = { timeoutMs: 'timeoutSeconds', idleMs: 'idleSeconds' };

/** These are the request itself, or have a key of their own. */
const notParams: Readonly<Record<string, string>> = {
  model: 'spec',
  messages: 'system',
  input: 'system',
  system: 'system',
  tools: '',
  stream: '',
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  min_p: 'minP',
  stop: 'stop',
  max_tokens: 'maxTokens',
  max_completion_tokens: 'maxTokens',
  num_predict: 'maxTokens',
  num_ctx: 'numCtx',
  think: 'think',
};

/** Throws a user error that names arm and key. `name`: of the arm. */
export function refuseSettings(name: string, provider: string, given: Partial<ArmConfig>): void {
  const known = providerOf(provider);
  if (!known) return;
  const elsewhere = isElsewhere(given, known);
  for (const key of Object.keys(given) as SettingName[]) {
    if (given[key] === undefined || known.settings.includes(key)) continue;
    // Any server may stand behind a base URL of one's own, so what it knows is for it to say.
    if (elsewhere && (key === 'topK' || key === 'minP')) continue;
    throw notHonoured(name, known, key);
  }
  for (const param of Object.keys(given.params ?? {})) {
    const own = Object.hasOwn(notParams, param) ? notParams[param] : undefined;
    if (own === undefined) continue;
    throw userError(
      'bad-setting',
      `arm ${name}: params.${param} cannot be set there: it is ${own === '' ? 'part of the request itself' : `the setting ${own}`}.`,
      own === '' ? `take ${param} out of params` : `write ${own} beside params`,
    );
  }
}

const isElsewhere = ({ baseURL }: Partial<ArmConfig>, { anyServer, wire }: Provider): boolean =>
  baseURL !== undefined && anyServer === true && wire === 'openai';

function notHonoured(name: string, provider: Provider, key: SettingName) {
  const shown = written[key] ?? key;
  const others = providers.filter(({ settings }) => settings.includes(key)).map((one) => one.name);
  const few = others.length > 4 ? `${others.slice(0, 4).join(', ')} and others` : others.join(', ');
  return userError(
    'bad-setting',
    `arm ${name}: ${shown} cannot be honoured by ${provider.name}${others.length > 0 ? `; ${few} can` : ''}.`,
    `take ${shown} out of arm ${name} in the config`,
  );
}
