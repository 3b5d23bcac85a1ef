/** Routes of every deciding pair, from its verdicts and what the trials at hand measured. */
import { type Routing, routeTasks } from '../verdicts/routing.ts';
import { taskMeasures } from '../verdicts/task-measures.ts';
import type { PairVerdicts } from '../verdicts/verdict.ts';
import { armTrials } from './arm-report.ts';
import type { ReportInput } from './report-input.ts';

/** One routing per deciding pair; what `--routes` writes. */
export function routingOf(input: ReportInput, pairs: readonly PairVerdicts[]): Routing[] {
  const arms = armTrials(input);
  return pairs
    .filter(({ pair }) => pair.decides)
    .flatMap((verdicts) => {
      const open = arms.find(({ record }) => record.name === verdicts.pair.a);
      const closed = arms.find(({ record }) => record.name === verdicts.pair.b);
      if (!open || !closed) return [];
      const measures = taskMeasures(input.prompts, open, closed);
      return [routeTasks({ run: input.run, verdicts, measures, callsPerMonth: input.money?.volume.calls ?? null })];
    });
}
