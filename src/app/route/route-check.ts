/** `gapcheck route-check`: do the routes do, on this log, what the report promised of them? */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type ExitCode, exitCodes, type GapcheckError, userError } from '../../errors.ts';
import { loadPrompts } from '../../logs/load.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RoutesRecord } from '../../records/routes-record.ts';
import { hashing } from '../../store/hashing.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { readingOptions } from '../reading-options.ts';
import type { RouteCheckOptions } from '../verb-options.ts';
import { askOpen } from './ask-open.ts';
import { createJudge } from './check-answer.ts';
import { missedFailures } from './missed-failures.ts';
import { readRoutes } from './read-routes.ts';
import { recordedAnswers } from './recorded-answers.ts';
import { type RouteAnswer, replayed } from './replayed-routes.ts';
import { routeCheckText } from './route-check-text.ts';

/**
 * Exit 1 when a share that the report promised lies outside what was found, 4 when nothing could be replayed. `source`:
 * a log, or a run folder, whose recorded answers are judged again.
 */
export async function routeCheck(source: string, options: RouteCheckOptions, context: Context): Promise<ExitCode> {
  const routes = readRoutes(resolve(context.cwd, options.routes));
  const results = resolve(context.cwd, options.results ?? 'results');
  const answers = await answersOf(source, routes, results, options, context);
  const judge = createJudge(routes.checks, { cwd: context.cwd, env: context.env });
  const tasks = await replayed(routes, answers, judge);
  const missed = missedFailures(routes, results, context);
  const found = tasks.map((task) => ({ ...task, missed: missed?.get(task.task) ?? null }));
  if (options.json) context.data(JSON.stringify({ run: routes.run, tasks: found }, null, 2));
  else for (const line of routeCheckText(found)) context.out(line);
  const judged = found.filter(({ replayed: count }) => count > 0);
  if (judged.length === 0) return exitCodes.cannotDecide;
  return judged.every(({ kept }) => kept) ? exitCodes.done : exitCodes.gateFailed;
}

async function answersOf(
  source: string,
  routes: RoutesRecord,
  results: string,
  options: RouteCheckOptions,
  context: Context,
): Promise<RouteAnswer[]> {
  const folder = runFolder(source, results, context.cwd);
  if (folder !== undefined) return recordedAnswers(folder, routes);
  const { prompts } = await loadPrompts([source], {
    ...(await readingOptions(options, await loadConfig(options.config, context), context)),
    redact: true,
    cwd: context.cwd,
    seed: 1,
    now: context.now(),
    hashing,
  });
  const toOpen = routes.routes.filter(({ route }) => route === 'open' || route === 'open-first');
  const routed = prompts.filter(({ task }) => toOpen.some((route) => route.task === task));
  if (toOpen.length === 0) throw nothingToOpen(options.routes, routes);
  refuseForeign(source, prompts, routed, routes);
  if (options.answers !== undefined) return readyAnswers(routed, options.answers);
  if (options.ask !== undefined) return askOpen(sample(routed, options), routes, options, context);
  throw userError(
    'no-answers',
    `${basename(source)} holds no answers of ${routes.open.model} to check.`,
    `gapcheck route-check ${source} --routes ${options.routes} --ask 50 asks it now; --answers NAME takes the column answer:NAME`,
  );
}

const runFolder = (source: string, results: string, cwd: string): string | undefined =>
  [resolve(cwd, source), join(results, source)].find((folder) => existsSync(join(folder, 'run.json')));

/** Whatever the log holds: nothing that it could show was promised. */
const nothingToOpen = (file: string, { routes }: RoutesRecord): GapcheckError =>
  userError(
    'no-open-route',
    `${basename(file)} sends every task to the closed model (${routes
      .map(({ task }) => task)
      .slice(0, 5)
      .join(', ')}), so there is nothing to check on a log.`,
    'gapcheck report says why no task goes to the open model, and what would settle it',
  );

function refuseForeign(
  source: string,
  prompts: readonly PromptRecord[],
  routed: readonly PromptRecord[],
  { routes }: RoutesRecord,
): void {
  if (routed.length > 0) return;
  const [theirs, ours] = [[...new Set(prompts.map(({ task }) => task))], routes.map(({ task }) => task)];
  throw userError(
    'no-task',
    `No prompt of ${basename(source)} belongs to a task of the routes: it has ${theirs.slice(0, 5).join(', ')}, the routes have ${ours.slice(0, 5).join(', ')}.`,
    '--task-field NAME reads the tasks from another field of the log, the one that the run was read with',
  );
}

/** Ready answers: a mirror log, or a column `answer:NAME`. */
function readyAnswers(prompts: readonly PromptRecord[], name: string): RouteAnswer[] {
  const found = prompts.flatMap((prompt): RouteAnswer[] => {
    const answer = prompt.answers?.[name];
    return answer ? [{ prompt, answer, openMs: answer.latency_ms ?? null }] : [];
  });
  if (found.length > 0) return found;
  const names = [...new Set(prompts.flatMap(({ answers = {} }) => Object.keys(answers)))];
  const there = names.length === 0 ? 'it has no such columns' : `it has ${names.slice(0, 5).join(', ')}`;
  throw userError('no-answers', `The log has no answers named ${name}: ${there}.`, 'name one of them with --answers');
}

/** The same prompts for the same seed, whatever their order in the file. */
function sample(prompts: readonly PromptRecord[], { ask = 0, seed = 1 }: RouteCheckOptions): PromptRecord[] {
  const drawn = prompts.map((prompt) => ({ prompt, at: hashing.sha256(`${seed} ${prompt.id}`) }));
  return drawn
    .sort((x, y) => (x.at < y.at ? -1 : 1))
    .slice(0, ask)
    .map(({ prompt }) => prompt);
}
