/** What is asked of an arm, in words: sampling and where it came from, what the arm declares for itself, what was found. */

import { isModel } from '../records/arm-where.ts';
import { isObject } from '../records/plain-json.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import { count } from '../text/numbers.ts';

type Asking = Pick<RunSettings, 'temperature' | 'maxTokens'>;

/** Lines below the arm's own in the plan; the report has the same. Empty for answers that are not asked for. */
export function askedWith(arm: ArmRecord, settings: Asking): string[] {
  if (!isModel(arm)) return [...(arm.notes ?? [])];
  return [
    asked(arm, settings),
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

function asked(arm: ArmRecord, settings: Asking): string {
  const own = isObject(arm.variant?.params) ? arm.variant.params : {};
  const { temperature, maxTokens, think: _think, ...rest } = own;
  const others = Object.entries(rest).map(([name, value]) => `${name} ${JSON.stringify(value)} (config)`);
  return [
    temperatureWords(temperature, settings.temperature),
    `at most ${Number(maxTokens ?? settings.maxTokens).toLocaleString('en')} tokens${maxTokens === undefined ? ' or the log’s cap' : ' (config)'}`,
    ...(arm.think === undefined ? [] : [`think ${arm.think}`]),
    ...others,
    ...(isObject(arm.setup) && arm.setup.api === 'responses' ? ['through the Responses API'] : []),
  ].join(', ');
}

function temperatureWords(own: unknown, run: number | null): string {
  if (own !== undefined) return `temperature ${String(own)} (config)`;
  return run === null ? 'temperature of the log, else the model default' : `temperature of the log, else ${run}`;
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
