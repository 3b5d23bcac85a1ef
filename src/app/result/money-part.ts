import type { RunRecord } from '../../records/run-record.ts';
import type { Based, MoneyPart } from '../../report/report-parts.ts';
import { trafficGrowth } from '../../verdicts/traffic-growth.ts';
import type { MoneyTerms } from '../verb-options.ts';

/** Assumed unless stated; the report names both. */
const assumed = { fte: 0.25, yearUsd: 120_000 };

/** What the money section rests on; undefined where nobody knows how many calls a month there are. */
export function moneyPart(run: RunRecord, flags: MoneyTerms, config: MoneyTerms = {}): MoneyPart | undefined {
  const terms = { ...config, ...flags };
  const calls = terms.volume ?? run.logCallsPerMonth;
  if (calls === undefined) return undefined;
  const { machinePrice } = terms;
  const from = (name: keyof MoneyTerms): string =>
    flags[name] === undefined ? `money.${name} of the config` : flagOf[name];
  const stated = (name: keyof MoneyTerms): Based | null => {
    const value = terms[name];
    return value === undefined ? null : { value, basis: 'stated', from: from(name) };
  };
  return {
    volume:
      terms.volume === undefined
        ? { calls, basis: 'extended', from: "the log's own rate" }
        : { calls, basis: 'stated', from: from('volume') },
    machine: machinePrice === undefined ? null : { perHour: machinePrice, from: from('machinePrice') },
    machinesHere: terms.machines ?? 1,
    peak: stated('peak') ?? peakOf(run),
    growth: stated('growth') ?? growthOf(run),
    batchShare: stated('batchShare'),
    cachedShare: cachedOf(run),
    wrongUsd: stated('wrongCost'),
    ops: opsOf(terms),
  };
}

const flagOf = {
  volume: '--volume',
  machinePrice: '--machine-price',
  machines: '--machines',
  peak: '--peak',
  growth: '--growth',
  batchShare: '--batch-share',
  wrongCost: '--wrong-cost',
  opsFte: '--ops-fte',
  opsYear: '--ops-year',
} as const satisfies Record<keyof MoneyTerms, string>;

function peakOf({ logTraffic }: RunRecord): Based {
  const seen = logTraffic?.peak ?? null;
  return seen === null
    ? { value: 1, basis: 'assumed', from: 'the log spans less than a week; --peak states it' }
    : { value: Math.max(1, seen), basis: 'measured', from: 'the busiest hours of the log' };
}

/** The log's own growth, where its limits leave no doubt about the direction. */
function growthOf({ logTraffic }: RunRecord): Based | null {
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

/** As typed, for a command that goes on with the same terms. */
export const moneyFlags = (flags: MoneyTerms): string =>
  (Object.keys(flagOf) as (keyof MoneyTerms)[])
    .flatMap((name) => (flags[name] === undefined ? [] : [` ${flagOf[name]} ${flags[name]}`]))
    .join('');
