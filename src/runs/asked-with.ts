/** What is asked of an arm, in words: sampling and where it came from, what the arm declares for itself, what was found. */

import { isModel } from '../records/arm-where.ts';
import { isObject } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import { count, plural } from '../text/numbers.ts';

type Asking = Pick<RunSettings, 'temperature' | 'maxTokens' | 'seed'>;
type Logged = Pick<PromptRecord, 'params' | 'response_format'>;

/**
 * Lines below the arm's own in the plan; the report has the same. Empty for answers that are not asked for. `prompts`:
 * what the log itself asks for decides before the run's settings do.
 */
export function askedWith(arm: ArmRecord, settings: Asking, prompts: readonly Logged[]): string[] {
  if (!isModel(arm)) return [...(arm.notes ?? [])];
  return [
    asked(arm, settings, prompts),
    ...windowLines(arm),
    ...ownSystem(arm),
    ...ownHeaders(arm),
    ...retirement(arm),
    ...(arm.notes ?? []),
  ];
}

/** `window: asked 40,960 tokens, served 8,192` */
export const windowWords = (asked: number, served: number): string =>
  `window: asked ${count(asked)} tokens, served ${count(served)}`;

/** What is known of the window before anything is asked. */
function windowLines({ contextAsked, contextServed, contextMax }: ArmRecord): string[] {
  const most = contextServed ?? contextMax;
  if (contextAsked !== undefined && most !== undefined && most < contextAsked) return [windowWords(contextAsked, most)];
  return contextServed === undefined ? [] : [`window: ${count(contextServed)} tokens are served`];
}

function asked(arm: ArmRecord, settings: Asking, prompts: readonly Logged[]): string {
  const own = isObject(arm.variant?.params) ? arm.variant.params : {};
  const { temperature, maxTokens, think: _think, ...rest } = own;
  const others = Object.entries(rest).map(([name, value]) => `${name} ${JSON.stringify(value)} (config)`);
  const isResponses = isObject(arm.setup) && arm.setup.api === 'responses';
  return [
    temperatureWords(temperature, settings.temperature, prompts),
    capWords(maxTokens, settings.maxTokens, prompts),
    ...thinkWords(arm),
    ...others,
    isResponses ? 'no seed' : `seed ${settings.seed} and up`,
    ...formatWords(prompts),
    'streamed',
    ...(isResponses ? ['through the Responses API'] : []),
  ].join(', ');
}

function temperatureWords(own: unknown, run: number | null, prompts: readonly Logged[]): string {
  if (own !== undefined) return `temperature ${String(own)} (config)`;
  const logged = prompts.filter(({ params }) => params?.temperature !== undefined).length;
  const usual = run === null ? 'the model default' : String(run);
  if (logged === 0) return `temperature ${usual} (your app sent none)`;
  if (logged === prompts.length) return 'temperature of the log';
  return `temperature of the log, else ${usual} (${prompts.length - logged} of ${plural(prompts.length, 'prompt')} have none)`;
}

function capWords(own: unknown, run: number, prompts: readonly Logged[]): string {
  const isLogged = prompts.some(({ params }) => params?.max_tokens !== undefined);
  const where = own === undefined ? (isLogged ? ' or the log’s cap' : '') : ' (config)';
  return `at most ${count(Number(own ?? run))} tokens${where}`;
}

/** A model that can think does so where nobody says anything. */
function thinkWords({ think, setup, capabilities }: ArmRecord): string[] {
  if (think === undefined) return [];
  const isOurs = think === false && setup?.think === undefined && capabilities?.includes('thinking');
  return [`think ${think}${isOurs ? ' (unset would mean on)' : ''}`];
}

function formatWords(prompts: readonly Logged[]): string[] {
  const formats = prompts.filter(
    ({ response_format: format }) => format !== undefined && format.type !== 'text',
  ).length;
  return formats === 0 ? [] : [`the log’s response format in ${plural(formats, 'prompt')}`];
}

function ownSystem({ name, variant }: ArmRecord): string[] {
  if (!isObject(variant?.system)) return [];
  const { mode, words } = variant.system;
  const how = mode === 'append' ? 'the log’s system prompt and its own behind it' : 'its own system prompt';
  return [`${name} is asked with ${how} (${String(words)} words)`];
}

function ownHeaders({ setup }: ArmRecord): string[] {
  const names = [setup?.headers, setup?.headersEnv].flatMap((one) => (isObject(one) ? Object.keys(one) : []));
  return names.length === 0 ? [] : [`with the headers ${names.join(', ')}`];
}

function retirement({ ends }: ArmRecord): string[] {
  if (ends === undefined) return [];
  const instead = ends.replacement === undefined ? '' : `; ${ends.replacement} takes its place`;
  return [`its provider retires it on ${ends.on}${instead}`];
}
