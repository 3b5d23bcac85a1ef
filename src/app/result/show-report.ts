/** What the votes decided: to the terminal, and as files next to the run. Derived: deleting them loses nothing. */

import { dirname, resolve } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError } from '../../errors.ts';
import { isOldRun } from '../../records/migrate.ts';
import { isRecognised } from '../../report/five-answers.ts';
import type { Report } from '../../report/model.ts';
import { jsonReport } from '../../report/to-json.ts';
import { markdownSummary } from '../../report/to-markdown.ts';
import { terminalReport } from '../../report/to-terminal.ts';
import { addEvents } from '../../store/events-file.ts';
import { newestResult } from '../../store/newest-result.ts';
import { findRun, openSealedRun, readRun } from '../../store/run-folder.ts';
import { plural } from '../../text/numbers.ts';
import { startedByNpx } from '../../text/typeset.ts';
import { loadConfig } from '../config/load-config.ts';
import { type Context, isDumb } from '../context.ts';
import { nameRun, runLine } from '../name-run.ts';
import { shortPath } from '../short-path.ts';
import type { MoneyTerms, ReportOptions } from '../verb-options.ts';
import { gather } from './gather.ts';
import { refuseEmptyTable, reportFormat } from './report-format.ts';
import { reportOldRun } from './report-old-run.ts';
import { refuseWithPrompt, showPrompt } from './show-prompt.ts';
import { keepReport, writeReport } from './write-reports.ts';

export async function report(named: string | undefined, options: ReportOptions, context: Context): Promise<ExitCode> {
  refuseWithPrompt(options);
  const files = await Promise.all(
    (options.output ?? []).map(async (file) => ({
      path: resolve(context.cwd, file),
      format: await reportFormat(file),
    })),
  );
  const results = resolve(context.cwd, options.results ?? 'results');
  // What cannot be undone is done to the newest run or to the one that was named.
  const chosen = named === undefined && !options.unblind ? newestResult(results) : undefined;
  const ref = named ?? chosen?.name;
  const folder = findRun(results, ref);
  if (chosen)
    context.err(
      `${runLine(folder, folder)} (newest with votes; ${plural(chosen.newer, 'newer run has', 'newer runs have')} none)`,
    );
  else nameRun(folder, ref, context);
  // The record alone: a large run is read once, for the report.
  if (isOldRun(readRun(folder))) return reportOldRun(openSealedRun(folder), options, context);
  if (options.unblind) await unblind(results, ref, context);
  const kept = await keepReport(
    results,
    ref,
    context,
    options,
    await moneyTerms(context, options.routes !== undefined),
  );
  const { model, paths, input } = kept;
  for (const file of options.output ?? []) refuseEmptyTable(file, model, input.agents !== undefined);
  const wrote = files.map(({ path, format }) => writeReport(path, format(model, startedByNpx(context.env))));
  const plan = options.regardlessOfCost ? null : (model.money?.plan ?? null);
  if (options.routes && plan === null && model.money?.noPlan && !options.regardlessOfCost)
    context.err(`The routes are by quality alone. ${model.money.noPlan}`);
  const notes: string[] = [];
  for (const file of options.routes ?? []) {
    const { routesText, unroutable } = await import('./write-routes.ts');
    wrote.push(writeReport(resolve(context.cwd, file), await routesText(file, input, { plan })));
    notes.push(...unroutable(file, input.run));
  }
  if (options.prompt !== undefined) showPrompt(options.prompt, kept, context);
  else if (options.json) context.data(jsonReport(model).trimEnd());
  else if (options.summary) context.data(markdownSummary(model).trimEnd());
  else context.drawn(screen(model, shortPath(context.cwd, paths.report('md')), context));
  // Below the report, where they do not scroll away.
  for (const note of notes) context.err(note);
  for (const path of wrote) context.err(`Wrote ${shortPath(context.cwd, path)}`);
  // Raters who knew the models were not blind: as for a broken seal.
  return isRecognised(model) ? exitCodes.sealBroken : exitCodes.done;
}

/** At the end of a session: the result, if this was the last rater; else who is still to finish. */
export async function showReport(folder: string, context: Context): Promise<void> {
  const { model, paths } = await keepReport(dirname(folder), folder, context, {}, await moneyTerms(context, false));
  context.drawn(`\n${screen(model, shortPath(context.cwd, paths.report('md')), context)}`);
}

/** Of the config; a config that cannot be read says so and hides no result. */
async function moneyTerms(context: Context, isNeeded: boolean): Promise<MoneyTerms> {
  try {
    return (await loadConfig(undefined, context)).money ?? {};
  } catch (error) {
    // Routes that follow another bill than the user wrote are worse than none.
    if (!(error instanceof GapcheckError) || isNeeded) throw error;
    context.err(`${error.message} The report goes on without it.`);
    return {};
  }
}

function screen(model: Report, fullReport: string, { stdout, env }: Context): string {
  const colour = stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && !isDumb(env);
  const width = Math.min(stdout.columns ?? 80, 120);
  return terminalReport(model, { width, colour, npx: startedByNpx(env), fullReport }).trimEnd();
}

/** Opens the seal before everybody has finished. Recorded, on every report from then on, and the end of voting. */
async function unblind(results: string, ref: string | undefined, context: Context): Promise<void> {
  const { stored, input } = gather(results, ref, context);
  if (!input.seal.sealed) return;
  const voted = input.raters.reduce((sum, rater) => sum + rater.votes, 0);
  const planned = stored.run.plannedBallots;
  await addEvents(stored.paths, context.now, () => [{ event: 'unblinded', early: true, voted, planned }]);
}
