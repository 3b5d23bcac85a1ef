import type { RunRecord } from '../../records/run-record.ts';
import type { MoneyPart } from '../../report/report-parts.ts';
import type { ReportOptions } from '../verb-options.ts';

/** Assumed unless stated; the report names both. */
const assumed = { fte: 0.25, yearUsd: 120_000 };

/** What the money section rests on; undefined where nobody knows how many calls a month there are. */
export function moneyPart(run: RunRecord, options: ReportOptions): MoneyPart | undefined {
  const calls = options.volume ?? run.logCallsPerMonth;
  if (calls === undefined) return undefined;
  const { machinePrice, opsFte, opsYear } = options;
  const stated = opsFte !== undefined || opsYear !== undefined;
  return {
    volume: { calls, from: options.volume === undefined ? "the log's own rate" : '--volume' },
    machine: machinePrice === undefined ? null : { perHour: machinePrice, from: '--machine-price' },
    ops: {
      fte: opsFte ?? assumed.fte,
      yearUsd: opsYear ?? assumed.yearUsd,
      from: stated ? '--ops-fte, --ops-year' : 'change with --ops-fte and --ops-year',
    },
  };
}
