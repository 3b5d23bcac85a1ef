/** The next prompts of the reserve, in frozen order: answered, then voted on, in the same ledger. */
import { resolve } from 'node:path';
import { type ExitCode, type GapcheckError, nearestName, userError } from '../errors.ts';
import { leanToTraffic } from '../logs/sample.ts';
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import { newPrompts } from '../report/next-step.ts';
import { addEvents, readEvents } from '../store/events-file.ts';
import { findRun, openSealedRun, type StoredRun } from '../store/run-folder.ts';
import { leftOutBy } from '../voting/left-out.ts';
import { questionsOf } from '../voting/questions.ts';
import { closedDays, daysToCome } from '../voting/watched-days.ts';
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

/**
 * What no rater was asked about yet, in frozen order: of one task, or each to the planned task furthest below its share of
 * the traffic. Throws (exit 2) when the reserve has none.
 */
function nextPrompts(
  { run, prompts }: StoredRun,
  events: readonly RunEvent[],
  wanted: number,
  task: string | undefined,
): PromptRecord[] {
  const { all } = questionsOf(run, prompts, events);
  const asked = new Set(all.map(({ id }) => id));
  const unread = unreadHere(run, events);
  const reserve = prompts.filter(({ id }) => !asked.has(id) && !unread.has(id));
  const next = run.settings.watch ? evenlyByDay(reserve, events) : reserve;
  const fitting =
    task === undefined && !run.settings.watch
      ? drawByTraffic(run, all, reserve, wanted)
      : ofTask(next, task).slice(0, wanted);
  if (fitting.length > 0) return fitting;
  throw emptyReserve(run, [...new Set(reserve.map((prompt) => prompt.task))], task);
}

/** In languages that everybody who votes here has left out. */
function unreadHere({ settings }: RunRecord, events: readonly RunEvent[]): Set<PromptId> {
  const by = [...leftOutBy(events).values()];
  const voters = new Set(events.flatMap((event) => (event.event === 'entered' ? [event.rater] : [])));
  if (by.length < Math.max(settings.raters, voters.size)) return new Set();
  return new Set((by[0]?.prompts ?? []).filter((id) => by.every(({ prompts }) => prompts.includes(id))));
}

const ofTask = (prompts: readonly PromptRecord[], task: string | undefined): PromptRecord[] =>
  prompts.filter((prompt) => task === undefined || prompt.task === task);

/** The reserve of a watched week, one prompt of each day in turn. */
function evenlyByDay(reserve: readonly PromptRecord[], events: readonly RunEvent[]): PromptRecord[] {
  const place = new Map(
    closedDays(events).flatMap(({ prompts, toRead }) => prompts.slice(toRead).map((id, at) => [id, at] as const)),
  );
  return [...reserve].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

function drawByTraffic(
  { tasks }: RunRecord,
  asked: readonly PromptRecord[],
  reserve: readonly PromptRecord[],
  wanted: number,
): PromptRecord[] {
  const planned = tasks.filter((plan) => plan.planned > 0);
  const have = planned.map(({ task }) => ofTask(asked, task).length);
  const room = planned.map(({ task, traffic }, at) => ({
    traffic,
    available: (have[at] ?? 0) + ofTask(reserve, task).length,
  }));
  const total = have.reduce((sum, count) => sum + count, 0) + wanted;
  const then = leanToTraffic(room, have, total);
  const drawn = new Set(
    planned.flatMap(({ task }, at) => ofTask(reserve, task).slice(0, (then[at] ?? 0) - (have[at] ?? 0))),
  );
  return reserve.filter((prompt) => drawn.has(prompt));
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
  const { command, words } = newPrompts(run);
  return userError('no-reserve', 'This run has no prompts in reserve.', `${command} (${words})`);
}
