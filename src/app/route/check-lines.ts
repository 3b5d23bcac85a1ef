/** `gapcheck check`: JSON lines in, a judgement for each out, as long as somebody writes. Routers ask it. */
import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../../errors.ts';
import { isObject, type JsonObject } from '../../records/plain-json.ts';
import { listed } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { CheckLinesOptions } from '../verb-options.ts';
import { createJudge, type Judge } from './check-answer.ts';
import { readAnswer, readRequest } from './read-request.ts';
import { readRoutes } from './read-routes.ts';

/**
 * One line in, one line out, in order: `{id?, pass, route?, check?, kind?, why?}`, or `{line, error}` for a line that cannot
 * be read. `route` is that of the task where there are routes, 'closed' for a task that they do not have. Exit 1 when an answer failed, 2 when a line could not be read.
 */
export async function checkLines(
  file: string | undefined,
  options: CheckLinesOptions,
  context: Context,
): Promise<ExitCode> {
  const judging = await judgeOf(options, context);
  const input = file === undefined || file === '-' ? context.stdin : opened(resolve(context.cwd, file));
  let [line, failed, unread] = [0, 0, 0];
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    const said = await judged(line === 1 ? text.replace(/^\ufeff/, '') : text, line, judging);
    if ('error' in said) unread += 1;
    else if (said.pass === false) failed += 1;
    context.data(JSON.stringify(said));
  }
  if (unread > 0) return exitCodes.userCanFix;
  return failed > 0 ? exitCodes.gateFailed : exitCodes.done;
}

/** Throws (exit 2) where there is no such file. */
function opened(path: string): NodeJS.ReadableStream {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (!isFile)
    throw userError(
      'no-file',
      `There is no file ${path}.`,
      'name a file of JSON lines, or write them to standard input',
    );
  return createReadStream(path);
}

interface Judging {
  judge: Judge;
  /** By task, of a route file; any task will do for the checks of a config. */
  routes?: ReadonlyMap<string, string>;
}

async function judgeOf({ routes, config }: CheckLinesOptions, context: Context): Promise<Judging> {
  const program = { cwd: context.cwd, env: context.env };
  if (routes === undefined) return { judge: createJudge((await loadConfig(config, context)).checks, program) };
  const file = readRoutes(resolve(context.cwd, routes));
  return {
    judge: createJudge(file.checks, program),
    routes: new Map(file.routes.map(({ task, route }) => [task, route])),
  };
}

/** A router answers what it has no route for with closed: no check of the file is about such an answer. */
function unknownTask(value: JsonObject, routes: Judging['routes']): JsonObject | undefined {
  if (routes === undefined || routes.has(taskOf(value))) return undefined;
  const has = `the routes have ${listed([...routes.keys()].slice(0, 5).map((one) => oneLine(one, 60)))}`;
  const why = value.task === undefined ? `task unknown: the line names none, ${has}` : `task unknown: ${has}`;
  return { ...(value.id !== undefined && { id: value.id }), pass: false, route: 'closed', why };
}

const taskOf = ({ task }: JsonObject): string => (typeof task === 'string' ? task : 'all');

async function judged(text: string, line: number, { judge, routes }: Judging): Promise<JsonObject> {
  try {
    const value = parsed(text);
    const [request, answer] = [readRequest(value), readAnswer(value.answer)];
    const unknown = unknownTask(value, routes);
    if (unknown) return unknown;
    const { pass, failed, checks } = await judge(request, answer);
    const refused = checks.some(({ kind }) => kind === 'refusal');
    const unjudged = checks.find(({ judged: known }) => known === false)?.check;
    const route = routes?.get(taskOf(value));
    return {
      ...(value.id !== undefined && { id: value.id }),
      pass,
      ...(route !== undefined && { route }),
      ...failed,
      ...(refused && { refused }),
      ...(unjudged !== undefined && { unjudged }),
    };
  } catch (error) {
    if (error instanceof GapcheckError) return { line, error: error.message };
    throw error;
  }
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below, as for any other line that is no object.
  }
  throw userError('bad-line', 'This line is no JSON object.', 'write one object a line: {"task": …, "answer": …}');
}
