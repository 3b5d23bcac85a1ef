/** A report over verdicts as they are really decided. */
import { buildReport, type Report } from '../../src/report/model.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { decideEvidence } from '../../src/verdicts/decide.ts';
import { reportInput, type TaskVotes } from './report-input.ts';

/** w open better, t both fine, n both bad, l closed better, in the order of evidence. */
export const decidedReport = (tasks: TaskVotes[]): Report => buildReport(decidedInput(tasks));

/** `first`: votes of each task that were planned; the others came after the result had been open. */
export function decidedInput(tasks: TaskVotes[], first = Number.POSITIVE_INFINITY): ReportInput {
  const input = reportInput({ tasks });
  const made = input.pairs === 'sealed' ? undefined : input.pairs[0];
  if (!made) throw new Error('no pair');
  const all = made.evidence;
  const isPlanned = all.map((unit, at) => all.slice(0, at).filter(({ task }) => task === unit.task).length < first);
  const batches = [all.filter((_, at) => isPlanned[at]), all.filter((_, at) => !isPlanned[at])];
  const units = batches.flat();
  const pairs = [
    decideEvidence(
      { run: input.run, prompts: input.prompts, votes: new Map(), events: [], ballots: new Map(), draw: () => '' },
      {
        pair: made.pair,
        units,
        batches: batches.filter((batch) => batch.length > 0),
        toGo: new Set(),
        skipped: new Set(),
      },
    ),
  ];
  return { ...input, pairs };
}
