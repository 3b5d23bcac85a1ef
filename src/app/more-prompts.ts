/** The next prompts of the reserve, in frozen order: answered, then voted on, in the same ledger. */
import { resolve } from 'node:path';
import { type ExitCode, type GapcheckError, nearestName, userError } from '../errors.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { newPrompts } from '../report/new-prompts.ts';
import { addEvents, readEvents } from '../store/events-file.ts';
import { findRun, openSealedRun, type StoredRun } from '../store/run-folder.ts';
import { nextQuestions, unusedPrompts } from '../voting/questions.ts';
import { daysToCome } from '../voting/watched-days.ts';
import { loadConfig } from './config/load-config.ts';
import type { Context } from './context.ts';
import { answerAndGoOn, armsOf } from './main-job.ts';
import { nameRun } from './name-run.ts';
import { refuseUnblinded } from './score/converse.ts';
import { runWord } from './short-path.ts';
import type { MoreOptions } from './verb-options.ts';

/** As many votes as decide a very clear gap in one task. */
const usual = 15;

/** `[run] [N]`: a lone number is N. */
export async function more(words: readonly string[], options: MoreOptions, context: Context): Promise<ExitCode> {
  const { ref, wanted } = readWords(words);
  const results = resolve(context.cwd, options.results ?? 'results');
  const folder = findRun(results, ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseUnblinded(stored);
  // Before an arm is asked anything: is there something to ask?
  const before = readEvents(stored.paths);
  refuseDuringWeek(stored, before, runWord(context.cwd, folder));
  nextPrompts(stored, before, wanted, options.task);
  const config = await loadConfig(options.config, context);
  const arms = await armsOf(stored, config, context);
  const added = await addEvents(stored.paths, context.now, (sofar) => {
    const prompts = nextPrompts(stored, sofar, wanted, options.task);
    return [
      {
        event: 'more' as const,
        prompts: prompts.map(({ id }) => id),
        ...(options.task !== undefined && { task: options.task }),
      },
    ];
  });
  const count = added[0]?.prompts.length ?? 0;
  context.err(`${count === wanted ? count : `${count}, all that are left,`} more to read.`);
  if (before.some(({ event }) => event === 'opened')) context.err(stylesKnown);
  return answerAndGoOn(stored, arms, { options, config, resumed: true }, context);
}

/** A day that is not over would be drawn twice. */
function refuseDuringWeek({ run }: StoredRun, events: readonly RunEvent[], at: string): void {
  if (daysToCome(run, events) === 0) return;
  throw userError(
    'week-not-over',
    'The week is not over: it adds its own prompts when each day closes.',
    `gapcheck score ${at}   (votes on what the days have brought so far)`,
  );
}

/** A report shows every answer with its model: blind to names is then not blind to styles. */
const stylesKnown =
  'These come after a result was open. Whoever has read it knows how each model writes: let somebody else vote, if you can (--rater NAME).';

function readWords(words: readonly string[]): { ref: string | undefined; wanted: number } {
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const [ref, ...others] = words.filter((word) => !/^\d+$/.test(word));
  const wanted = Number(numbers[0] ?? usual);
  if (numbers.length <= 1 && others.length === 0 && wanted > 0) return { ref, wanted };
  throw userError(
    'bad-more',
    `gapcheck more ${words.join(' ')}: it takes a run and a number.`,
    'gapcheck more 15, or gapcheck more RUN 15 --task TASK',
  );
}

/** Throws (exit 2) when nothing unused is left that fits. */
function nextPrompts(
  { run, prompts }: StoredRun,
  events: readonly RunEvent[],
  wanted: number,
  task: string | undefined,
): PromptRecord[] {
  const reserve = unusedPrompts(run, prompts, events);
  const next = nextQuestions({ run, prompts, events, reserve }, wanted, task);
  if (next.length > 0) return next;
  throw emptyReserve(run, [...new Set(reserve.map((prompt) => prompt.task))], task);
}

function emptyReserve(run: RunRecord, left: readonly string[], task: string | undefined): GapcheckError {
  const known = run.settings.watch ? left : run.tasks.map((plan) => plan.task);
  if (task !== undefined && !known.includes(task)) {
    const near = nearestName(task, known);
    const meant = near === undefined ? '' : `did you mean "${near}"? `;
    return userError('no-task', `This run has no task "${task}".`, `${meant}its tasks are ${known.join(', ')}`);
  }
  if (left.length > 0)
    return userError(
      'no-reserve',
      `The reserve has no prompts of "${task}".`,
      `tasks with some left: ${left.join(', ')}`,
    );
  const { command, first, words } = newPrompts(run, task === undefined ? [] : [task]);
  const cause = first === undefined ? '' : ` ${first}.`;
  return userError('no-reserve', `This run has no prompts in reserve.${cause}`, `${command} (${words})`);
}
