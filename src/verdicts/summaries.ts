/** Rater quality, licences and routes in the short form that a report lays out. */
import { pairName, type RunRecord } from '../records/run-record.ts';
import { catchFor, identifyLicence } from './licence.ts';
import type { RaterQuality } from './rater-quality.ts';
import type { Routing, TaskRoute } from './routing.ts';
import type { Interval } from './verdict-shapes.ts';

/** What was measured about raters and blinding; parts that nobody measured are null or empty. */
export function blindSummary(quality: RaterQuality) {
  const { recognition, agreement, length, raters } = quality;
  const adjusted = recognition?.adjusted;
  const bang = recognition?.plain ?? null;
  const unflagged = recognition?.rows.find(({ row }) => row === 'not-flagged');
  const known = length.share !== null && length.odds.p !== null;
  return {
    adjusted: adjusted && adjusted.asked > 0 ? adjustedSummary(adjusted) : null,
    bang: bang && {
      n: adjusted?.asked ?? 0,
      index: bang.bi,
      interval: { lower: bang.tangoLower, upper: bang.tangoUpper },
    },
    position: [...raters, ...(quality.carried ?? [])].map(({ rater, position }) => ({ rater, ...position })),
    consistency: raters.flatMap(({ rater, consistency }) => {
      if (!consistency?.reversedShare) return [];
      const { repeats, reversed, reversedShare, notice } = consistency;
      return [{ rater, repeats, reversed, interval: reversedShare, warn: notice }];
    }),
    agreement: agreement && { prompts: agreement.items, ac1: agreement.ac1, kappa: agreement.kappa?.kappa ?? null },
    length: known
      ? {
          longerWins: length.longerWins,
          decisive: length.decisive,
          interval: length.share as Interval,
          p: length.odds.p as number,
          oddsRatio: length.odds.oddsRatio,
          warn: length.warn,
          similar: {
            units: length.similar.units,
            net: length.similar.net?.estimate ?? null,
            interval: length.similar.net,
          },
        }
      : null,
    unrecognised: unflagged
      ? { units: unflagged.units, net: unflagged.net?.estimate ?? null, interval: unflagged.net }
      : null,
    masks: Object.entries(quality.masks).map(([arm, masks]) => ({ arm, ...masks })),
  };
}

/** Without a stratum that has both sides the index is unknown: the whole range. */
function adjustedSummary({ used, index, lower, upper, word }: NonNullable<RaterQuality['recognition']>['adjusted']) {
  return { n: used, index: index ?? 0, interval: { lower: lower ?? -1, upper: upper ?? 1 }, word };
}

/** Open and control arms: whose licence binds the user who moves to them. `monthlyUsers`: of all the user's products. */
export function licenceSummary(run: RunRecord, monthlyUsers?: number) {
  return run.arms
    .filter(({ role, licence }) => role !== 'closed' || licence !== undefined)
    .map(({ name, licence }) => {
      const found = identifyLicence(licence).licence;
      const limit = found === null ? { catch: null, binds: null } : catchFor(found, monthlyUsers);
      return { arm: name, licence: found?.name ?? null, ...limit };
    });
}

/** `compared`: a task's prompts on both models, in words. */
export function routeSummary(routing: Routing, compared: (task: string) => string) {
  return routing.tasks.map((task) => ({
    pair: pairName({ a: routing.open, b: routing.closed }),
    task: task.task,
    route: task.route,
    words: routeWords(task),
    compared: compared(task.task),
    savingPerMonthUsd: task.savingPerMonth?.estimate ?? null,
    savingInterval: task.savingPerMonth && { lower: task.savingPerMonth.lower, upper: task.savingPerMonth.upper },
  }));
}

/** `20 of 200 first answers failed a check; closed answers 10 %; $1.40 instead of $10.00 per 1,000; about 1.1 s` */
function routeWords({ route, reason, closedShare, costPerCall, closedCostPerCall, delayMs }: TaskRoute): string {
  const parts = [reason];
  if (route === 'open-first') parts.push(`closed answers ${Math.round(closedShare * 100)} %`);
  const toOpen = route === 'open' || route === 'open-first';
  if (toOpen && costPerCall !== null && closedCostPerCall !== null) {
    const per1000 = (cost: number): string => `$${(1000 * cost).toFixed(2)}`;
    parts.push(`${per1000(costPerCall)} instead of ${per1000(closedCostPerCall)} per 1,000 calls`);
  }
  if (toOpen && costPerCall === null && closedCostPerCall !== null) parts.push('what open costs is not known');
  if (toOpen && delayMs !== null) parts.push(`about ${(delayMs / 1000).toFixed(1)} s`);
  return parts.join('; ');
}
