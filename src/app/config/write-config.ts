/** The config file that `init` writes: what was chosen, and every other setting as a comment with its description. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { configDefaults } from './config-defaults.ts';
import { configSchema } from './config-schema.ts';

export interface ChosenConfig {
  closed: string;
  open: string[];
  prompts?: string;
  /** Lead of closed that is accepted, 0..1. */
  margin?: number;
}

const schemaPath = 'schema/gapcheck.config.schema.json';

/** YAML with comments. `cwd`: an installed gapcheck there gives editors the schema of that very version. */
export async function configText(
  { closed, open, prompts, margin }: ChosenConfig,
  cwd: string,
  version: string,
): Promise<string> {
  const { stringify } = await import('yaml');
  const local = `node_modules/gapcheck/${schemaPath}`;
  const schema = existsSync(resolve(cwd, local)) ? `./${local}` : `https://unpkg.com/gapcheck@${version}/${schemaPath}`;
  const value = (name: string, given: unknown): string => stringify({ [name]: given }).trimEnd();
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# What gapcheck compares. Flags on the command line win over this file; keys stay in the environment.',
    '',
    prompts === undefined ? '# prompts: prompts.csv' : value('prompts', prompts),
    '',
    '# The closed side: provider:model, logged (answers already in the log), column:NAME, or command:PATH.',
    value('closed', closed),
    '',
    '# A model behind a server of your own: {spec: openai:NAME, baseURL: "http://127.0.0.1:8000/v1"}',
    '# The open side, one model or a list. With settings: {spec: ollama:qwen3:8b, think: false, numCtx: 8192}',
    value('open', open.length === 1 ? open[0] : open),
    '',
    '# The same open model at full precision, hosted: tells quantization from model.',
    '# control: openrouter:qwen/qwen3-8b',
    '',
    '# Settings, with their defaults.',
    ...settings.map(([name, example]) =>
      name === 'margin' && margin !== undefined
        ? `margin: ${margin.toFixed(2)}   # ${descriptionOf(name)}`
        : `# ${name}: ${example}   # ${descriptionOf(name)}`,
    ),
    '',
    '# Checks by task; "*" is every task.',
    '# checks:',
    '#   "*": [empty, truncated]',
    '#   extract-json: [json, {maxWords: 60}]',
    '',
  ].join('\n');
}

type SettingName = Exclude<keyof typeof configSchema.entries, '$schema'>;

const settings: [SettingName, string][] = [
  ['n', String(configDefaults.n)],
  ['raters', '1'],
  ['retries', String(configDefaults.retries)],
  ['retryMode', 'same'],
  ['maxTokens', String(configDefaults.maxTokens)],
  ['temperature', String(configDefaults.temperature)],
  ['margin', configDefaults.margin.preference.toFixed(2)],
  ['endpoint', 'preference'],
  ['concurrency', '8'],
  ['maxCost', '5'],
];

function descriptionOf(name: SettingName): string {
  return v.getDescription(configSchema.entries[name].wrapped) ?? '';
}
