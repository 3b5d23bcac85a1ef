/** A run's report, built and kept beside it: report.md and report.json, the verdicts in the ledger, the lock. */

import { userError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { buildReport, type Report } from '../../report/model.ts';
import { allSteps, type ReportInput, type Step } from '../../report/report-input.ts';
import { jsonReport } from '../../report/to-json.ts';
import { markdownReport } from '../../report/to-markdown.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWriteFile } from '../../store/cannot-write.ts';
import { addEvents, addEventsNow, readEvents } from '../../store/events-file.ts';
import type { RunPaths } from '../../store/layout.ts';
import { startedByNpx } from '../../text/typeset.ts';
import { newVerdictEvents } from '../../verdicts/decide.ts';
import type { PairVerdicts } from '../../verdicts/verdict-shapes.ts';
import { openingEvents } from '../../voting/openings.ts';
import { refreshLock } from '../ci/lock.ts';
import type { Context } from '../context.ts';
import type { MoneyTerms, ReportOptions } from '../verb-options.ts';
import { type Gathered, gather } from './gather.ts';
import { moneyFlags, moneyPart } from './money-part.ts';

/** report.md and report.json of a run, in their sealed form until every rater has finished. */
export async function keepReport(
  results: string,
  ref: string | undefined,
  context: Context,
  options: ReportOptions = {},
  terms: MoneyTerms = {},
): Promise<{ model: Report; paths: RunPaths; input: ReportInput; gathered: Gathered }> {
  const gathered = gather(results, ref, context);
  const money = moneyPart(gathered.stored.run, options, terms);
  const { mau: monthlyUsers } = options;
  const input: ReportInput = {
    ...gathered.input,
    ...(money && { money, moneyFlags: moneyFlags(options) }),
    ...(monthlyUsers !== undefined && { monthlyUsers }),
    ...textsAsked(options),
    steps: stepsLeft(options),
  };
  for (const warning of gathered.warnings) context.err(warning);
  await recordOpening(gathered, context);
  const model = buildReport(input);
  const { paths } = gathered.stored;
  writeReport(paths.report('md'), markdownReport(model, startedByNpx(context.env)));
  writeReport(paths.report('json'), jsonReport(model));
  refreshLock(gathered.stored, input, context);
  return { model, paths, input, gathered };
}

/** Throws (exit 2) where both are asked for. */
function textsAsked({ texts = false, withoutTexts = false }: ReportOptions): Pick<ReportInput, 'texts'> {
  if (texts && withoutTexts)
    throw userError('texts-twice', '--texts and --without-texts contradict each other.', 'gapcheck report --texts');
  if (!texts && !withoutTexts) return {};
  return { texts: texts ? 'all' : 'none' };
}

/** Writes one report file whole and returns its path. Throws (exit 2) where the disk refuses it. */
export function writeReport(path: string, text: string): string {
  try {
    writeWhole(path, text);
    return path;
  } catch (error) {
    throw cannotWriteFile(path, error);
  }
}

/** Before a result is shown: the batch is closed, and what it reached is written down and stays. */
export async function recordOpening({ stored, input }: Gathered, context: Context): Promise<void> {
  const { pairs } = input;
  if (pairs === 'sealed') return;
  await addEvents(stored.paths, context.now, (sofar) => openingOf(sofar, pairs));
}

/** The same at once. A run whose result was open before is not touched: its folder may be an archive. */
export function recordOpeningNow({ stored, input }: Gathered, context: Context): void {
  const { pairs } = input;
  if (pairs === 'sealed' || openingOf(readEvents(stored.paths), pairs).length === 0) return;
  addEventsNow(stored.paths, context.now, (sofar) => openingOf(sofar, pairs));
}

const openingOf = (sofar: readonly RunEvent[], pairs: readonly PairVerdicts[]) => [
  ...openingEvents(sofar),
  ...newVerdictEvents(pairs, sofar),
];

/** What this command writes is not proposed again. */
function stepsLeft({ routes, output = [] }: ReportOptions): Step[] {
  const isPage = output.some((file) => /\.html$/i.test(file));
  const written: Partial<Record<Step, boolean>> = { routes: routes !== undefined, page: isPage };
  return allSteps.filter((step) => !written[step]);
}
