/**
 * Which two systems are compared. Flags over columns over config; without any, what the log and this machine justify.
 * In a terminal the choice is shown and can be changed; elsewhere an open question ends in exit 2 with the candidates.
 */

import type { ArmConfig } from '../../arms/arm.ts';
import { type LocalModel, localModels } from '../../arms/ollama/local-models.ts';
import { providers } from '../../arms/registry.ts';
import { armFromSpec } from '../../arms/spec.ts';
import { redactSecrets } from '../../arms/wire/secrets.ts';
import { userError } from '../../errors.ts';
import { perhapsAnswers } from '../../logs/fields/unused-text.ts';
import type { ArmRole } from '../../records/run-record.ts';
import { fileName } from '../../store/layout.ts';
import { shellWord } from '../../text/shell.ts';
import type { ArmEntry, Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { RunOptions } from '../verb-options.ts';
import { askForArms } from './ask-for-arms.ts';
import { type Candidate, type Candidates, closedCandidates, keyOf, openCandidates } from './candidates.ts';
import { nothingToAnswer } from './nothing-to-answer.ts';
import { plainAnswers, type ReadyAnswers, refuseWithoutAnswers } from './ready-answers.ts';

export interface ChooseInput {
  options: Pick<RunOptions, 'closed' | 'open' | 'successor' | 'control' | 'arm' | 'yes' | 'dryRun'>;
  config: Config;
  loaded: ReadyAnswers;
  context: Context;
}

export const chooseArms = async (input: ChooseInput): Promise<ArmConfig[]> =>
  refuseUnusable(await chosenArms(input), input.loaded);

/** The same where everything is named: nothing is looked up, nobody is asked. */
export const namedArms = (
  config: Pick<Config, 'closed' | 'open' | 'control'>,
  loaded: ChooseInput['loaded'],
): ArmConfig[] => refuseUnusable(refuseTwins(configuredArms(config)), loaded);

/** Throws (exit 2) on what would be written down and must not be, and on answers that the file does not have. */
function refuseUnusable(arms: ArmConfig[], loaded: ChooseInput['loaded']): ArmConfig[] {
  for (const arm of arms) {
    refuseSecret(arm);
    refuseWithoutAnswers(arm, loaded);
  }
  return arms;
}

/** What a user types as an arm is written down in run.json, so a key must not be in it. */
function refuseSecret({ name, spec }: ArmConfig): void {
  if (redactSecrets(spec) === spec) return;
  throw userError(
    'secret-in-spec',
    `The ${name} arm has a key in it, and what is typed there is kept in the run folder.`,
    'put the key into an environment variable that your command reads',
  );
}

async function chosenArms(input: ChooseInput): Promise<ArmConfig[]> {
  const { options, config, loaded, context } = input;
  const flagged = options.closed !== undefined || options.open !== undefined || options.successor !== undefined;
  const columns = ['closed', 'open'].every((name) => loaded.answerColumns.includes(name));
  if (columns && !flagged) {
    if (config.closed || config.open)
      context.err(
        `The file brings both answers, so they are compared as they stand; --closed or --open asks the models of ${config.file ?? 'the config'}.`,
      );
    return withOthers(
      [armFromSpec('closed', 'closed', 'column:closed'), armFromSpec('open', 'open', 'column:open')],
      input,
    );
  }
  const closed = options.closed !== undefined ? entry(options.closed) : config.closed;
  const open = openEntries(input);
  if (closed && open) return withOthers([toArm('closed', 'closed', closed), ...named(open)], input);
  // What is named must be right before anybody is asked for the rest.
  refuseUnusable([...(closed ? [toArm('closed', 'closed', closed)] : []), ...named(open ?? [])], loaded);
  const picked = await pick(input, closed, open);
  return withOthers([toArm('closed', 'closed', picked.closed), ...named(picked.open)], input);
}

/** The arms that a config names, without asking anybody. */
export const configuredArms = ({ closed, open = [], control }: Config): ArmConfig[] => [
  ...(closed ? [toArm('closed', 'closed', closed)] : []),
  ...named(open),
  ...(control ? [toArm('control', 'control', control)] : []),
];

const entry = (spec: string): ArmEntry => ({ spec });

/** The successor is one more challenger; alone it takes the place of the open model. */
function openEntries({ options, config }: ChooseInput): ArmEntry[] | undefined {
  const { successor } = options;
  const named = options.open?.map(entry);
  if (successor === undefined) return named ?? config.open;
  return [...(named ?? []), { ...entry(successor), name: 'successor', as: 'successor' }];
}

function toArm(name: string, role: ArmRole, entry: ArmEntry, variant?: string): ArmConfig {
  const { spec, name: own, variants, as, ...more } = entry;
  if (variants !== undefined)
    throw userError(
      'bad-config',
      `${role}.variants: only open arms can be asked in several ways.`,
      'give this arm its settings directly, without variants',
    );
  if (as !== undefined && role !== 'open')
    throw userError('bad-config', `${role}.as: only open arms take another's place.`, `take "as" out of ${role}`);
  const arm = armFromSpec(own ?? name, role, spec, { ...more, ...(variant !== undefined && { variant }) });
  const kind = variant === undefined ? as : 'variant';
  return { ...arm, ...(kind && { as: kind }) };
}

/** open, open-2, open-3, ... unless they have names of their own. */
const named = (entries: readonly ArmEntry[]): ArmConfig[] =>
  entries.flatMap(({ variants, ...each }, index) => {
    const arm = toArm(index === 0 ? 'open' : `open-${index + 1}`, 'open', each);
    if (variants === undefined) return [arm];
    return Object.entries(variants).map(([variant, more]) =>
      toArm(`${arm.name}-${variant}`, 'open', { ...each, ...more, name: `${arm.name}-${variant}` }, variant),
    );
  });

/** The control arm, and arms by name: `--arm fp16=openai:qwen3-8b`. Names must differ: they name files. */
function withOthers(arms: ArmConfig[], { options, config }: ChooseInput): ArmConfig[] {
  const control = options.control !== undefined ? entry(options.control) : config.control;
  return refuseTwins([
    ...arms,
    ...(control ? [toArm('control', 'control', control)] : []),
    ...(options.arm ?? []).map(namedArm),
  ]);
}

function refuseTwins(all: ArmConfig[]): ArmConfig[] {
  const files = all.map(({ name }) => fileName(name).toLowerCase());
  const twice = all.filter((_, index) => files.indexOf(files[index] ?? '') !== index)[0]?.name;
  if (twice === undefined) return all;
  throw userError(
    'same-name',
    `Two arms are named "${twice}", or so alike that they would share a file.`,
    'give each its own, such as --arm fp16=openai:qwen3-8b',
  );
}

function namedArm(text: string): ArmConfig {
  const [, name, spec] = /^([\w.-]{1,40})=(.+)$/.exec(text) ?? [];
  if (name !== undefined && spec !== undefined) return armFromSpec(name, 'open', spec);
  throw userError('bad-arm', `--arm ${text} is not NAME=SPEC.`, 'write --arm fp16=openai:qwen3-8b');
}

async function pick(
  input: ChooseInput,
  closed: ArmEntry | undefined,
  open: ArmEntry[] | undefined,
): Promise<{ closed: ArmEntry; open: ArmEntry[] }> {
  const { loaded, context, options } = input;
  const models = open ? [] : await localModels(context.env);
  const candidates: Candidates = {
    closed: closed ? [] : closedCandidates(loaded.prompts, context.env),
    open: open ? [] : openCandidates(models),
  };
  const unnamed = plainAnswers(loaded);
  if (!closed && !open && candidates.open.length === 0 && candidates.closed.length === 0) {
    throw unnamed ?? nothingToAnswer(loaded, context.args);
  }
  const openSides = [...(closed ? [] : ['closed' as const]), ...(open ? [] : ['open' as const])];
  const sure = openSides.every((side) => candidates[side].length > 0);
  if (context.interactive && !(options.yes && sure)) return askForArms({ candidates, closed, open }, context);
  if (!sure) throw unnamed ?? openQuestion(openSides, candidates, models, { context, loaded });
  const chosen = { closed: closed ?? first(candidates.closed), open: open ?? [first(candidates.open)] };
  for (const side of openSides) context.err(`${side}: ${candidates[side][0]?.spec} (${candidates[side][0]?.why})`);
  return chosen;
}

function first(candidates: readonly Candidate[]): ArmEntry {
  return { spec: candidates[0]?.spec ?? '' };
}

/** A column that looks like answers needs no model at all. */
function openFor(column: string | undefined, models: LocalModel[] | 'unreachable'): string {
  if (column !== undefined) return shellWord(`column:${column}`);
  return models === 'unreachable' ? 'openrouter:MODEL' : 'ollama:qwen3:8b';
}

/** The variables that a suggested command needs and this shell lacks. */
function keysNeeded(suggested: readonly string[], env: Context['env']): string {
  const needed = providers.filter((provider) => {
    const key = keyOf(provider);
    return key !== undefined && !env[key] && suggested.some((text) => text.includes(` ${provider.name}:`));
  });
  return needed.map((provider) => `\n  ${provider.name} needs its key first: export ${keyOf(provider)}=…`).join('');
}

function openQuestion(
  sides: readonly ('closed' | 'open')[],
  candidates: Candidates,
  models: LocalModel[] | 'unreachable',
  { context: { env }, loaded }: Pick<ChooseInput, 'context' | 'loaded'>,
) {
  const [column] = perhapsAnswers(loaded.unused);
  const missing = sides.filter((side) => candidates[side].length === 0);
  const found = sides.flatMap((side) => candidates[side].map(({ spec }) => `--${side} ${spec}`));
  const about = missing.includes('open')
    ? models === 'unreachable'
      ? ' No Ollama answers here.'
      : ' Ollama has no completion model of its own yet.'
    : ' The file has no logged answers and names no model you have a key for.';
  const hint = [
    ...found,
    ...missing.map((side) => `--${side} ${side === 'open' ? openFor(column, models) : 'openai:MODEL'}`),
  ];
  return userError(
    'which-arms',
    `Which model is the ${missing.join(' and the ')} side?${about}`,
    `name it, for instance: ${hint.join(' ')}${keysNeeded(hint, env)}`,
  );
}
