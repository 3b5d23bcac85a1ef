/** `gapcheck watch`: starts a week, and at each further start closes the days that are over and gets their answers. */
import { join, resolve } from 'node:path';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { exitCodeOf } from '../../runs/runner.ts';
import type { RunOutcome } from '../../runs/runner-events.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { fileName } from '../../store/layout.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { costLimit } from '../../voting/further-starts.ts';
import { daysToCome } from '../../voting/watched-days.ts';
import { answerRun, missingWords } from '../answer/answer-run.ts';
import { promptsToAnswer } from '../answer/prompts-to-answer.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { armsOf } from '../main-job.ts';
import { nameRun } from '../name-run.ts';
import { refuseOldRun } from '../old-run.ts';
import { withCheckFlags } from '../plan/check-flags.ts';
import { missingAnswers } from '../score/week-owes.ts';
import { runWord } from '../short-path.ts';
import type { WatchOptions } from '../verb-options.ts';
import { closeDays } from './close-days.ts';
import { findWeek } from './find-week.ts';
import { flagsOf, refuseOtherFlags, watchName } from './same-flags.ts';
import { noteStart, type StartInput, startWeek } from './start-week.ts';
import { closedNotes, weekFigures, weekText } from './week-text.ts';

export async function watch(logs: string[], options: WatchOptions, context: Context): Promise<ExitCode> {
  if (logs.length === 0)
    throw userError(
      'watch.no-logs',
      'No log was named.',
      "gapcheck watch 'logs/*.jsonl*' --open ollama:qwen3:8b --per-day 6 --for 7d",
    );
  const results = resolve(context.cwd, options.results ?? 'results');
  const name = watchName(logs, options);
  const config = await withCheckFlags(options.check, await loadConfig(options.config, context));
  if (options.dryRun && findWeek(results, name) === undefined) {
    await startWeek({ logs, name, results, options, config }, context);
    return exitCodes.done;
  }
  makeFolder(results);
  const lock = takeLock(
    join(results, `.watch-${fileName(name)}.lock`),
    `Another start of the week "${name}" is at work`,
  );
  try {
    return await goOn({ logs, name, results, options, config }, context);
  } finally {
    lock.release();
  }
}

async function goOn(input: StartInput, context: Context): Promise<ExitCode> {
  const { name, options, config } = input;
  const stored = openWeek(input) ?? (await startWeek(input, context));
  if (!stored) return exitCodes.done;
  nameRun(stored.paths.folder, name, context);
  // A first start that was killed between the folder and its first line.
  const events = readEvents(stored.paths);
  if (!events.some(({ event }) => event === 'started')) await noteStart(stored, context);
  if (options.dryRun) {
    context.out(weekText(weekFigures(stored), runWord(context.cwd, stored.paths.folder)));
    return exitCodes.done;
  }
  if (events.some(({ event }) => event === 'unblinded')) {
    context.out(
      `The result of this week was opened early, and that ended its voting. No further day is drawn.\nNext: gapcheck report ${runWord(context.cwd, stored.paths.folder)}`,
    );
    return exitCodes.done;
  }
  await raiseLimit(stored, options, context);
  const closed = await closeDays(stored, options, config, context);
  for (const note of closedNotes(closed)) context.err(note);
  const outcome = await answerDays(closed.stored, options, config, context);
  return ended(closed.stored, outcome, options, context);
}

/** Undefined where no week of this name has started. Throws (exit 2) where it started with other flags. */
function openWeek({ logs, name, results, options }: StartInput): StoredRun | undefined {
  const folder = findWeek(results, name);
  if (folder === undefined) return undefined;
  const stored = openSealedRun(folder);
  refuseOldRun(stored);
  const { watch } = stored.run.settings;
  if (watch) refuseOtherFlags(watch, flagsOf(logs, options));
  return stored;
}

/** A higher `--max-cost` than before holds from here on, also for starts that give the old one. */
async function raiseLimit({ run, paths }: StoredRun, { maxCost }: WatchOptions, { now }: Context): Promise<void> {
  await addEvents(paths, now, (sofar) => {
    const limit = costLimit(run, sofar);
    if (maxCost === undefined || limit === undefined || maxCost <= limit) return [];
    return [{ event: 'limit-raised' as const, maxCostUsd: maxCost }];
  });
}

/** Gets the answers that the drawn prompts of all days still miss. Undefined where none is missing. */
async function answerDays(
  stored: StoredRun,
  options: WatchOptions,
  config: Config,
  context: Context,
): Promise<RunOutcome | undefined> {
  const prompts = promptsToAnswer(stored, readEvents(stored.paths));
  if (missingAnswers(stored, prompts) === 0) return undefined;
  const arms = await armsOf(stored, config, context);
  const { concurrency = config.concurrency } = options;
  return answerRun(
    stored,
    arms,
    {
      resumed: true,
      ...(concurrency !== undefined && { concurrency }),
      ...(config.file !== undefined && { config: config.file }),
    },
    context,
  );
}

async function ended(
  stored: StoredRun,
  outcome: RunOutcome | undefined,
  options: WatchOptions,
  context: Context,
): Promise<ExitCode> {
  const { folder } = stored.paths;
  const shown = runWord(context.cwd, folder);
  const figures = weekFigures(stored);
  if (options.json) context.data(JSON.stringify({ run: stored.run.id, folder, ...figures }, null, 2));
  else context.out(weekText(figures, shown));
  if (daysToCome(stored.run, readEvents(stored.paths)) === 0) {
    const { keepReport } = await import('../result/write-reports.ts');
    await keepReport(resolve(folder, '..'), folder, context);
  }
  if (!outcome) return exitCodes.done;
  const code = exitCodeOf(outcome);
  if (code === exitCodes.done) return code;
  context.err([...missingWords(outcome), ...laterWords(outcome, stored.run.command)].join('\n'));
  return code;
}

/** The next start of the week asks again by itself: only a spent budget needs a person. Whoever stopped this one may go on. */
function laterWords({ ended: how }: RunOutcome, command: string | undefined): string[] {
  if ((how === 'interrupted' || how === 'terminated') && command !== undefined) return [`Next: ${command}`];
  if (how === 'budget')
    return [
      'The other prompts of the week stay without answers, and are left out of the result. The prompts that have answers can be voted on. A start with a higher --max-cost gets the other answers.',
    ];
  return how === 'incomplete' ? ['The next start asks again.'] : [];
}
