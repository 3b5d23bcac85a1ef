import type { RunRecord } from '../../records/run-record.ts';
import type { Based, MoneyPart } from '../../report/report-parts.ts';
import { trafficGrowth } from '../../verdicts/traffic-growth.ts';
import type { MoneyTerms } from '../verb-options.ts';

/** Assumed unless stated; the report names both. */
const assumed = { fte: 0.25, yearUsd: 120_000 };

/** What the money section rests on; undefined where nobody knows how many calls a month there are. */
export function moneyPart(run: RunRecord, terms: MoneyTerms): MoneyPart | undefined {
  const calls = terms.volume ?? run.logCallsPerMonth;
  if (calls === undefined) return undefined;
  const { machinePrice } = terms;
  return {
    volume:
      terms.volume === undefined
        ? { calls, basis: 'extended', from: "the log's own rate" }
        : { calls, basis: 'stated', from: '--volume' },
    machine: machinePrice === undefined ? null : { perHour: machinePrice, from: '--machine-price' },
    machinesHere: terms.machines ?? 1,
    peak: peakOf(run, terms),
    growth: growthOf(run, terms),
    batchShare: stated(terms.batchShare, '--batch-share'),
    cachedShare: cachedOf(run),
    wrongUsd: stated(terms.wrongCost, '--wrong-cost'),
    ops: opsOf(terms),
  };
}

const stated = (value: number | undefined, from: string): Based | null =>
  value === undefined ? null : { value, basis: 'stated', from };

function peakOf({ logTraffic }: RunRecord, { peak }: MoneyTerms): Based {
  if (peak !== undefined) return { value: peak, basis: 'stated', from: '--peak' };
  const seen = logTraffic?.peak ?? null;
  return seen === null
    ? { value: 1, basis: 'assumed', from: 'the log spans less than a week; --peak states it' }
    : { value: Math.max(1, seen), basis: 'measured', from: 'the busiest hours of the log' };
}

/** The log's own growth, where its limits leave no doubt about the direction. */
function growthOf({ logTraffic }: RunRecord, { growth }: MoneyTerms): Based | null {
  if (growth !== undefined) return stated(growth, '--growth');
  const own = trafficGrowth(logTraffic?.weekly ?? []);
  if (own === null || (own.lower <= 0 && own.upper >= 0)) return null;
  return { value: own.estimate, basis: 'extended', from: `${logTraffic?.weekly.length} weeks of the log` };
}

function cachedOf({ logTraffic }: RunRecord): Based | null {
  const share = logTraffic?.cachedShare ?? null;
  return share === null ? null : { value: share, basis: 'measured', from: 'the log' };
}

function opsOf({ opsFte, opsYear }: MoneyTerms): MoneyPart['ops'] {
  const isStated = opsFte !== undefined || opsYear !== undefined;
  return {
    fte: opsFte ?? assumed.fte,
    yearUsd: opsYear ?? assumed.yearUsd,
    basis: isStated ? 'stated' : 'assumed',
    from: isStated ? '--ops-fte, --ops-year' : 'change with --ops-fte and --ops-year',
  };
}
