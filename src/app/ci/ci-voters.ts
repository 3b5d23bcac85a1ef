/** How many people vote → who votes on the locked run, who on releases, and the settings with which a gate can pass. */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { plural } from '../../text/numbers.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { InitOptions } from '../verb-options.ts';

export interface Voters {
  /** Who votes on the locked run; its report shows them the texts of both models. */
  baseline: string[];
  /** Who gets the packet of a release. */
  release: string;
}

/** One person does both. Of several, the last one stays away from the locked run, and so votes on releases blind. */
export function votersOf(people: number): Voters {
  if (people === 1) return { baseline: ['reviewer'], release: 'reviewer' };
  const names = Array.from({ length: people }, (_, at) => `rater-${String.fromCharCode(97 + at)}`);
  return { baseline: names.slice(0, -1), release: names.at(-1) ?? 'reviewer' };
}

/** From the flag, the config, or the person at the terminal; one, and said, where nobody can be asked. */
export async function askPeople({ raters }: InitOptions, config: Config, context: Context): Promise<number> {
  if (raters !== undefined) return raters;
  if (context.interactive) return typedPeople(config.raters ?? 1);
  if (config.raters !== undefined) return config.raters === 1 ? 1 : config.raters + 1;
  context.out('One person votes, as it is written now. For a team: gapcheck init --ci --force --raters 3');
  return 1;
}

export const mostPeople = 20;

async function typedPeople(usual: number): Promise<number> {
  const { default: inquirer } = await import('inquirer');
  const { people } = await inquirer.prompt<{ people: string }>([
    {
      type: 'input',
      name: 'people',
      message: 'How many people vote?',
      default: String(usual),
      validate: (text: string) =>
        (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= mostPeople) || `a number from 1 to ${mostPeople}`,
    },
  ]);
  return Number(people);
}

interface Setting {
  path: string[];
  /** Undefined: taken out. */
  value: number | undefined;
  why: string;
}

/** What the config lacks, or has so that these people could never pass. */
function settingsFor(people: number, config: Config): Setting[] {
  const raters = votersOf(people).baseline.length;
  const settings: Setting[] = [];
  if (config.raters !== raters)
    settings.push({
      path: ['raters'],
      value: raters,
      why:
        people === 1
          ? 'on the locked run and on releases: the report then says which ballots were not blind'
          : `of ${people}, on the locked run; one more person, who has not seen it, votes on releases`,
    });
  if (config.temperature === undefined)
    settings.push({
      path: ['temperature'],
      value: 0,
      why: 'an answer that comes back the same keeps its vote',
    });
  // The one who votes has read the unchanged model's answers in the report of the locked run.
  if (people === 1 && config.gates?.blinding !== undefined)
    settings.push({
      path: ['gates', 'blinding'],
      value: undefined,
      why: 'gates.blinding: strict was taken out, because one person has seen the answers of the unchanged model',
    });
  return settings;
}

/** Writes them into the config that is there, its comments kept; returns what was done, a line each. */
export async function fitConfig(people: number, config: Config): Promise<string[]> {
  const { file } = config;
  const settings = settingsFor(people, config);
  if (file === undefined || settings.length === 0) return [];
  const text = readFileSync(file, 'utf8');
  const changed = extname(file) === '.json' ? jsonWith(text, settings) : await yamlWith(text, settings);
  try {
    writeWhole(file, changed);
  } catch (error) {
    throw cannotWrite(file, error);
  }
  const set = settings.map(({ path, value, why }) =>
    value === undefined ? why : `${path.join('.')}: ${value} (${why})`,
  );
  return [`Changed ${basename(file)} so that ${plural(people, 'person', 'people')} can pass it: ${set.join('; ')}.`];
}

async function yamlWith(text: string, settings: readonly Setting[]): Promise<string> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  for (const { path, value, why } of settings) {
    if (value === undefined) document.deleteIn(path);
    else {
      const node = document.createNode(value);
      node.comment = ` ${why}`;
      document.setIn(path, node);
    }
  }
  return document.toString({ lineWidth: 0 });
}

function jsonWith(text: string, settings: readonly Setting[]): string {
  const whole = JSON.parse(text) as Record<string, unknown>;
  for (const { path, value } of settings) {
    const [first = '', second] = path;
    if (second === undefined) whole[first] = value;
    else delete (whole[first] as Record<string, unknown>)[second];
  }
  return `${JSON.stringify(whole, null, 2)}\n`;
}
