/** Figures that others published about data of theirs, and what our own code makes of the same files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { PromptId } from '../../src/records/ids.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { cohenKappa } from '../../src/stats/cohen-kappa.ts';
import { type PassHat, passHat } from '../../src/verdicts/pass-hat.ts';
import { sharedData } from '../helpers/shared-data.ts';

/** Files below `../shared/data` that each figure needs. */
export const publishedData = {
  pandalm: 'pandalm/data/testset-v1.json',
  tau: 'tau_bench/gpt-4o-airline.json.gz',
} as const;

/** 0 tie, 1 first, 2 second. */
type Pair = Record<'annotator1' | 'annotator2' | 'annotator3', 0 | 1 | 2>;

export interface Agreement {
  raters: string;
  /** Cohen's kappa as the README of PandaLM has it: two decimals. */
  published: number;
  kappa: number;
  pairs: number;
}

/** Three human raters of PandaLM on 999 pairs of answers. */
export function pandalmAgreement(): Agreement[] {
  const pairs = JSON.parse(readFileSync(join(sharedData, publishedData.pandalm), 'utf8')) as Pair[];
  const published = [
    ['annotator1', 'annotator2', 0.85],
    ['annotator1', 'annotator3', 0.88],
    ['annotator2', 'annotator3', 0.86],
  ] as const;
  return published.map(([one, other, figure]) => {
    const table = [0, 1, 2].map((x) =>
      [0, 1, 2].map((y) => pairs.filter((pair) => pair[one] === x && pair[other] === y).length),
    );
    const counted = table.flat().reduce((sum, count) => sum + count, 0);
    const kappa = cohenKappa(table)?.kappa ?? Number.NaN;
    return { raters: `${one} ${other}`, published: figure, kappa, pairs: counted };
  });
}

/** pass^1..4 of gpt-4o with tool calls on τ-bench's airline tasks, as its README has them: three decimals. */
export const publishedPassHat = [0.42, 0.273, 0.22, 0.2];

/** The same from its 50 × 4 recorded trials. */
export function tauPassHat(): PassHat[] {
  const rows = JSON.parse(gunzipSync(readFileSync(join(sharedData, publishedData.tau))).toString('utf8')) as {
    task_id: number;
    trial: number;
    reward: number;
  }[];
  const steps = rows.map(({ task_id, trial, reward }) => rewardStep(task_id, trial + 1, reward === 1));
  return passHat(foldTrials(steps, 0).values(), publishedPassHat.length);
}

/** One answered attempt of a prompt whose only check is whether it earned its reward. */
export const rewardStep = (
  prompt: number,
  trial: number,
  pass: boolean,
  more: Partial<StepRecord> = {},
): StepRecord => ({
  prompt: `p_${prompt.toString(16).padStart(16, '0')}` as PromptId,
  trial,
  attempt: 1,
  step: 1,
  outcome: 'answered',
  checks: [{ check: 'reward', pass }],
  last: true,
  at: '2026-11-21T09:30:00.000Z',
  ...more,
});
