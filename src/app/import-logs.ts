/** `gapcheck import`: any log format → prompts.jsonl, and what the log says about its own traffic. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ExitCode, exitCodes, userError } from '../errors.ts';
import { withPrices } from '../logs/audit-spend.ts';
import { compact } from '../logs/fields.ts';
import { gapcheckPrompts } from '../logs/formats/gapcheck.ts';
import { type LoadedPrompts, type LoadOptions, loadPrompts } from '../logs/load.ts';
import { samplePlan } from '../logs/sample.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { writeWhole } from '../store/atomic-write.ts';
import { cannotWriteFile } from '../store/cannot-write.ts';
import { hashing } from '../store/hashing.ts';
import { openSpool } from '../store/prompt-spool.ts';
import { promptsPieces } from '../store/prompts-file.ts';
import { typedCommand } from '../text/shell.ts';
import { type Config, loadConfig } from './config/load-config.ts';
import type { Context } from './context.ts';
import { auditText, previewText, shownPath, understoodText } from './import-text.ts';
import { logPrices } from './plan/log-prices.ts';
import { replayedPrompts, replayWords } from './plan/replayed-prompts.ts';
import { readingOptions } from './reading-options.ts';
import type { ImportOptions } from './verb-options.ts';

export async function importLogs(files: string[], options: ImportOptions, context: Context): Promise<ExitCode> {
  if (files.length === 0)
    throw userError('import.no-files', 'No log was named.', 'gapcheck import FILE… -o prompts.jsonl');
  const output = options.output === undefined ? undefined : resolve(context.cwd, options.output);
  if (output && files.some((file) => resolve(context.cwd, file) === output)) {
    throw userError(
      'import.overwrites',
      `${options.output} is one of the logs.`,
      'choose another name: -o prompts.jsonl',
    );
  }
  if (output && !options.preview && !options.force) refuseForeign(output, context.cwd);
  const config = await loadConfig(options.config, context);
  using spool = openSpool({ isLarge: () => context.collectOften?.() });
  const read = await loadPrompts(files, { ...(await loadOptions(options, config, context)), hold: spool.hold });
  const loaded = { ...read, audit: withPrices(read.audit, await logPrices(read.audit, config, context.now())) };
  const prompts = chosen(loaded, options);
  // Records on stdout must stay parseable: then everything said to people goes to stderr.
  const say = output || options.preview || options.json ? context.out : context.err;
  if (options.json) context.data(JSON.stringify(summary(loaded, prompts), null, 2));
  else for (const line of understoodText(loaded)) say(line);
  if (options.preview) for (const line of previewText(prompts)) say(line);
  else if (output) save(output, prompts);
  else if (!options.json) for (const prompt of prompts) context.data(JSON.stringify(prompt));
  if (!options.json)
    for (const line of [
      '',
      ...auditText(loaded.audit, loaded.answerColumns, loaded),
      '',
      ...nextText(output, prompts, options, context),
    ])
      say(line);
  return exitCodes.done;
}

async function loadOptions(options: ImportOptions, config: Config, context: Context): Promise<LoadOptions> {
  const { n, tasks, hard, since, until, jobs } = options;
  return {
    ...(await readingOptions(options, config, context)),
    ...compact({ n, tasks, hard, since, until, jobs }),
    redact: options.redact ?? true,
    now: context.now(),
    seed: options.seed ?? 1,
    hashing,
    cwd: context.cwd,
  };
}

/** With `-n` a sample in its frozen order; without, every usable prompt in source order. */
function chosen(loaded: LoadedPrompts, options: ImportOptions): PromptRecord[] {
  if (options.n === undefined && options.hard === undefined) return loaded.prompts;
  const { tasks, hard, n = 'all', seed = 1 } = options;
  return samplePlan(loaded.prompts, {
    n,
    checkN: 0,
    seed,
    hashing,
    strata: loaded.strata,
    ...(tasks && { tasks }),
    ...(hard !== undefined && { hard }),
  }).ballots;
}

function save(output: string, prompts: PromptRecord[]): void {
  try {
    writeWhole(output, promptsPieces(prompts));
  } catch (error) {
    throw cannotWriteFile(output, error);
  }
}

/** An import is repeated as often as its log grows, so it overwrites its own file, and no other. */
function refuseForeign(output: string, cwd: string): void {
  if (!existsSync(output) || !statSync(output).isFile() || isImported(output)) return;
  const shown = shownPath(output, cwd);
  throw userError(
    'import.foreign-file',
    `${shown} is there already, and gapcheck import did not write it: nothing was changed.`,
    'name another file with -o, or add --force to write over this one',
  );
}

function isImported(file: string): boolean {
  try {
    const [first = ''] = readFileSync(file, 'utf8').split('\n', 1);
    return first === '' || gapcheckPrompts.sign(JSON.parse(first) as JsonObject) !== undefined;
  } catch {
    return false;
  }
}

function nextText(
  output: string | undefined,
  prompts: PromptRecord[],
  options: ImportOptions,
  context: Context,
): string[] {
  const again = context.args.filter((word) => word !== '--preview');
  if (options.preview)
    return ['Nothing was written.', `Next: ${typedCommand(['gapcheck', ...again, '-o', 'prompts.jsonl'])}`];
  if (!output) return [];
  const shown = shownPath(output, context.cwd);
  const { counts } = replayedPrompts({ prompts, strata: [] });
  return [
    ...(counts ? [`In a run, ${replayWords(counts)}.`] : []),
    `Wrote ${prompts.length} prompt${prompts.length === 1 ? '' : 's'} to ${shown}. Task names in it can be edited.`,
    `Next: gapcheck run ${shown}`,
  ];
}

function summary(loaded: LoadedPrompts, prompts: PromptRecord[]): unknown {
  const { understood, rejected, skipped, warnings, redacted, duplicates, sources, audit, answerColumns, unused } =
    loaded;
  return {
    prompts: prompts.length,
    understood,
    rejected,
    skipped,
    warnings,
    redacted,
    duplicates,
    sources,
    audit,
    answerColumns,
    unused,
  };
}
