import { resolve } from 'node:path';
import { writeWhole } from '../../store/atomic-write.ts';
import type { ArmEntry } from '../config/load-config.ts';
import { configNames } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { Candidates } from './candidates.ts';

interface Known {
  candidates: Candidates;
  closed: ArmEntry | undefined;
  open: ArmEntry[] | undefined;
}

const other = 'other';

/** Shows the choice, lets the user change it from a list, and offers to keep it as config. */
export async function askForArms(
  { candidates, closed, open }: Known,
  context: Context,
): Promise<{ closed: ArmEntry; open: ArmEntry[] }> {
  const chosen = {
    closed: closed ?? { spec: await choose('closed', candidates.closed) },
    open: open ?? [{ spec: await choose('open', candidates.open) }],
  };
  await offerConfig(chosen, context);
  return chosen;
}

async function choose(side: 'closed' | 'open', candidates: Candidates['closed']): Promise<string> {
  const { default: inquirer } = await import('inquirer');
  const example = side === 'closed' ? 'openai:gpt-5.6' : 'ollama:qwen3:8b';
  if (candidates.length > 0) {
    const choices = [
      ...candidates.map(({ spec, why }) => ({ name: `${spec}  (${why})`, value: spec })),
      { name: 'another one', value: other },
    ];
    const { spec } = await inquirer.prompt<{ spec: string }>([
      { type: 'select', name: 'spec', message: `The ${side} side:`, choices },
    ]);
    if (spec !== other) return spec;
  }
  const { spec } = await inquirer.prompt<{ spec: string }>([
    {
      type: 'input',
      name: 'spec',
      message: `The ${side} side, as provider:model (for instance ${example}):`,
      validate: (text: string) => text.includes(':') || text === 'logged' || 'Write it as provider:model.',
    },
  ]);
  return spec;
}

async function offerConfig(chosen: { closed: ArmEntry; open: ArmEntry[] }, context: Context): Promise<void> {
  const [name] = configNames;
  const { default: inquirer } = await import('inquirer');
  const { keep } = await inquirer.prompt<{ keep: boolean }>([
    { type: 'confirm', name: 'keep', message: `Keep this choice in ${name}?`, default: false },
  ]);
  if (!keep) return;
  const { stringify } = await import('yaml');
  const open = chosen.open.length === 1 ? chosen.open[0]?.spec : chosen.open.map(({ spec }) => spec);
  writeWhole(resolve(context.cwd, name), stringify({ closed: chosen.closed.spec, open }));
  context.err(`Wrote ${name}`);
}
