/** What the locked run's money section says at today's prices: a price that changed moves the break-even. */
import { join } from 'node:path';
import type { Price } from '../../records/run-record.ts';
import { buildReport } from '../../report/model.ts';
import type { ReportInput } from '../../report/report-input.ts';
import { costOf } from '../../runs/token-estimate.ts';
import type { Trial } from '../../runs/trial.ts';
import { findRunById } from '../../store/run-folder.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { gather } from '../result/gather.ts';
import { moneyPart } from '../result/money-part.ts';

/** Empty where the run is not here, is sealed, or has no volume to count with. `prices`: by name of the arm. */
export function newBill(
  runId: string,
  prices: ReadonlyMap<string, Price>,
  { money }: Pick<Config, 'money'>,
  context: Context,
): string[] {
  if (prices.size === 0) return [];
  const results = join(context.cwd, 'results');
  const name = findRunById(results, runId);
  if (name === undefined) return [];
  const { input } = gather(results, name, context);
  const part = moneyPart(input.run, {}, money);
  if (part === undefined || input.pairs === 'sealed') return [];
  const now = buildReport(repriced({ ...input, money: part }, prices)).money;
  const words = now?.plan?.words ?? now?.breakEven.map((one) => one.words) ?? [];
  return words.length === 0 ? [] : [`At today's prices: ${words.join(' ')}`];
}

function repriced(input: ReportInput, prices: ReadonlyMap<string, Price>): ReportInput {
  const arms = input.run.arms.map((arm) => {
    const price = prices.get(arm.name);
    return price ? { ...arm, price } : arm;
  });
  const trials = Object.entries(input.trials).map(([arm, own]) => {
    const price = prices.get(arm);
    const made = price ? new Map([...own].map(([key, trial]) => [key, repricedTrial(trial, price)])) : own;
    return [arm, made] as const;
  });
  return { ...input, run: { ...input.run, arms }, trials: Object.fromEntries(trials) };
}

const repricedTrial = (trial: Trial, price: Price): Trial => ({
  ...trial,
  attempts: trial.attempts.map((attempt) => ({
    ...attempt,
    steps: attempt.steps.map((step) => {
      const costUsd = step.usage && costOf(step.usage, price);
      return costUsd === undefined ? step : { ...step, costUsd };
    }),
  })),
});
