/** Looks for keys, Ollama and its models, asks, and writes gapcheck.config.yaml. Without a terminal flags decide. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseSpec } from '../../arms/spec.ts';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { shellWord, typedCommand } from '../../text/shell.ts';
import { version } from '../../version.ts';
import type { Context } from '../context.ts';
import {
  chatModels,
  type KeyState,
  localChatModels,
  lookAtKeys,
  lookAtOllama,
  type OllamaFound,
} from '../look-around.ts';
import { likelyFileIn, promptFileIn } from '../prompt-files.ts';
import type { InitOptions } from '../verb-options.ts';
import { configDefaults } from './config-defaults.ts';
import { configNames } from './load-config.ts';
import { configText } from './write-config.ts';

interface Choice {
  spec: string;
  why: string;
}

export async function init(options: InitOptions, context: Context): Promise<ExitCode> {
  if (options.ci) {
    const { initCi } = await import('../ci/init-ci.ts');
    const there = configNames.some((name) => existsSync(resolve(context.cwd, name)));
    if (!there) await writeConfig(options, context);
    return initCi(options, context);
  }
  return writeConfig(options, context);
}

async function writeConfig(options: InitOptions, context: Context): Promise<ExitCode> {
  const path = resolve(context.cwd, configNames[0]);
  const there = configNames.find((name) => existsSync(resolve(context.cwd, name)));
  if (there !== undefined && !options.force) {
    throw userError('config-exists', `There is a ${there} already.`, 'gapcheck init --force writes a new one over it');
  }
  for (const spec of [...(options.closed === undefined ? [] : [options.closed]), ...(options.open ?? [])])
    parseSpec(spec);
  const [keys, ollama] = await Promise.all([lookAtKeys(context.env), lookAtOllama(context.env)]);
  for (const line of foundLines(keys, ollama)) context.err(line);
  const choices = { closed: closedChoices(keys), open: openChoices(ollama) };
  const chosen = await choose(options, choices, context);
  const given = options.margin === undefined ? undefined : options.margin / 100;
  const margin = given ?? (context.interactive && !options.yes ? await askMargin() : undefined);
  const prompts = promptFileIn(context.cwd);
  const written = { ...chosen, ...(prompts !== undefined && { prompts }), ...(margin !== undefined && { margin }) };
  writeWhole(path, await configText(written, context.cwd, version));
  context.out(`Wrote ${basename(path)}: closed ${chosen.closed}, open ${chosen.open.join(', ')}.`);
  context.out(
    `Next: gapcheck run${prompts === undefined ? ` ${shellWord(likelyFileIn(context.cwd))}` : ''}   (gapcheck doctor checks it first)`,
  );
  return exitCodes.done;
}

function foundLines(keys: readonly KeyState[], ollama: OllamaFound): string[] {
  const set = keys.map(
    ({ variable, host, error }) => `${variable} is set${error ? `, but: ${error.message}` : ` (${host})`}.`,
  );
  const chat = localChatModels(ollama).length;
  const local = ollama.error
    ? ollama.error.message
    : `Ollama at ${ollama.host} has ${chat} model${chat === 1 ? '' : 's'} that can chat.`;
  return [...(set.length > 0 ? set : ['No key of a provider is set.']), local];
}

const perProvider = 8;

const closedChoices = (keys: readonly KeyState[]): Choice[] => [
  ...keys.flatMap((key) =>
    key.error
      ? []
      : chatModels(key)
          .slice(0, perProvider)
          .map((name) => ({ spec: `${key.provider}:${name}`, why: key.host })),
  ),
  { spec: 'logged', why: 'the production answers already in your log; costs nothing' },
];

const openChoices = (ollama: OllamaFound): Choice[] =>
  localChatModels(ollama).map(({ name, parameterSize, quantization }) => ({
    spec: `ollama:${name}`,
    why: [parameterSize, quantization].filter(Boolean).join(' ') || 'in your Ollama',
  }));

interface Choices {
  closed: Choice[];
  open: Choice[];
}

/** Flags come first. With --yes the newest local model is the open side. The hosted model is never guessed. */
async function choose(
  options: InitOptions,
  choices: Choices,
  context: Context,
): Promise<{ closed: string; open: string[] }> {
  if (context.interactive && !options.yes) {
    const closed = options.closed ?? (await ask('closed', choices.closed, 'openai:gpt-5.6'));
    return { closed, open: options.open ?? [await ask('open', choices.open, 'ollama:qwen3:8b')] };
  }
  const open = options.open ?? choices.open.slice(0, 1).map(({ spec }) => spec);
  // Without a key nothing else can be the closed side: nobody has to be asked.
  const [only, ...others] = choices.closed;
  const closed = options.closed ?? (others.length === 0 ? only?.spec : undefined);
  if (closed !== undefined && open.length > 0) return { closed, open };
  const sides = closed === undefined ? choices.closed.map(({ spec }) => spec) : [closed];
  const commands = firstAndLast(sides).map((side) => initCommand(context.args, options, side, open));
  throw userError(
    'which-arms',
    options.yes ? 'Which models? Several could be compared.' : 'Which models? There is no terminal to ask in.',
    commands.join('\n  or: '),
  );
}

/** A model of a key that is set, and the answers already in the log: two examples are enough to type a third. */
const firstAndLast = (items: readonly string[]): string[] => [...new Set([...items.slice(0, 1), ...items.slice(-1)])];

/** What was typed, with the sides that it lacks. */
function initCommand(
  typed: readonly string[],
  given: Pick<InitOptions, 'closed' | 'open'>,
  closed: string,
  open: readonly string[],
): string {
  const sides = open.length > 0 ? open : ['ollama:qwen3:8b'];
  return typedCommand([
    'gapcheck',
    ...typed,
    ...(given.closed === undefined ? ['--closed', closed] : []),
    ...(given.open === undefined ? sides.flatMap((spec) => ['--open', spec]) : []),
  ]);
}

const other = 'another one';

async function ask(side: string, choices: readonly Choice[], example: string): Promise<string> {
  const { default: inquirer } = await import('inquirer');
  if (choices.length > 0) {
    const listed = choices.map(({ spec, why }) => ({ name: `${spec}  (${why})`, value: spec }));
    const { spec } = await inquirer.prompt<{ spec: string }>([
      {
        type: 'select',
        name: 'spec',
        message: `The ${side} side:`,
        choices: [...listed, { name: other, value: other }],
      },
    ]);
    if (spec !== other) return spec;
  }
  const message = `The ${side} side, as provider:model (for instance ${example}):`;
  const { spec } = await inquirer.prompt<{ spec: string }>([
    { type: 'input', name: 'spec', message, validate: validSpec },
  ]);
  return spec.trim();
}

/** What each margin costs: 36 votes of a task on two models that are equally good, by the rule that decides. */
const margins = [
  [0.3, '36 votes on equal models end in "good enough" 6 times in 10'],
  [0.2, '3 times in 10'],
  [0.1, '1 time in 10'],
] as const;

async function askMargin(): Promise<number> {
  const { default: inquirer } = await import('inquirer');
  const { margin } = await inquirer.prompt<{ margin: number }>([
    {
      type: 'select',
      name: 'margin',
      message: 'Closed may be better in how many more of 100 prompts before you stay with it?',
      choices: margins.map(([value, cost]) => ({ name: `${marginWord(value)}: ${cost}`, value })),
    },
  ]);
  return margin;
}

const marginWord = (value: number): string =>
  `${Math.round(value * 100)}${value === configDefaults.margin.preference ? ' (default)' : ''}`;

function validSpec(text: string): true | string {
  try {
    parseSpec(text);
    return true;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The one file here that is surely prompts. */
