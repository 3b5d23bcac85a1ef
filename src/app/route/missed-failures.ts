/** Answers of open that passed every check, and that people would redo all the same: what no router sees. */
import type { RoutesRecord } from '../../records/routes-record.ts';
import { trialKey } from '../../runs/trial.ts';
import type { Interval } from '../../stats/interval.ts';
import { wilson } from '../../stats/wilson.ts';
import { findRunById } from '../../store/run-folder.ts';
import type { Context } from '../context.ts';
import { gather } from '../result/gather.ts';

export interface MissedFailures {
  redo: number;
  passed: number;
  interval: Interval;
}

/** By task, from the votes of the run that the routes are of; undefined where it is not here or still sealed. */
export function missedFailures(
  routes: RoutesRecord,
  results: string,
  context: Context,
): Map<string, MissedFailures> | undefined {
  const name = findRunById(results, routes.run);
  if (name === undefined) return undefined;
  const { input } = gather(results, name, context);
  if (input.pairs === 'sealed') return undefined;
  const verdicts = input.pairs.find(({ pair }) => pair.a === routes.open.arm && pair.b === routes.closed.arm);
  const trials = input.trials[routes.open.arm];
  const found = new Map<string, MissedFailures>();
  for (const { task } of routes.routes) {
    const passed = (verdicts?.evidence ?? []).filter((unit) => {
      const first = trials?.get(trialKey(unit.prompt, 1))?.attempts.find(({ outcome }) => outcome === 'answered');
      return unit.task === task && !unit.identical && !unit.noAnswer && first?.usable === true;
    });
    if (passed.length === 0) continue;
    const redo = passed.filter((unit) => unit.redo.a > 0).length;
    const { lower, upper } = wilson(redo, passed.length);
    found.set(task, { redo, passed: passed.length, interval: { lower, upper } });
  }
  return found;
}
