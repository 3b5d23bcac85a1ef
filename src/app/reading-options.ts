/** What the user says of a log, for `import` and `run` alike: it beats what the log seems to be. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { userError } from '../errors.ts';
import { compact } from '../logs/fields.ts';
import type { LoadOptions } from '../logs/load.ts';
import type { Config } from './config/load-config.ts';
import type { Context } from './context.ts';
import type { ReadingOptions } from './verb-options.ts';

export async function readingOptions(
  options: ReadingOptions,
  config: Pick<Config, 'taskMap' | 'redact' | FieldName>,
  context: Context,
): Promise<Partial<LoadOptions>> {
  const { template, taskMap: pairs = [], format, encoding, table, textCells, includeFlagged } = options;
  const fields = compact(Object.fromEntries(fieldNames.map((name) => [name, options[name] ?? config[name]])));
  const map = { ...config.taskMap, ...taskMap(pairs) };
  return compact({
    ...{ format, encoding, table, textCells, includeFlagged, ...fields },
    taskMap: Object.keys(map).length ? map : undefined,
    ownPatterns: config.redact,
    template: template === undefined ? undefined : await templateText(template, context),
  }) as Partial<LoadOptions>;
}

/** What a config may say for good: a flag wins over it. */
const fieldNames = ['promptField', 'messagesField', 'answerField', 'taskField'] as const;
type FieldName = (typeof fieldNames)[number];

/** `OLD=NEW`, repeatable. */
function taskMap(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw userError(
          'import.task-map',
          `--task-map ${pair}: it takes OLD=NEW.`,
          '--task-map "ticket triage=triage"',
        );
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function templateText(file: string, { cwd }: Context): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw userError('import.template', `--template ${file} cannot be read.`, 'check the path', error);
  });
}
