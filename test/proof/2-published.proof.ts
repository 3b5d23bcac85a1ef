/** Our code on data of others, against the figures that they, or independent programs, published about it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '../helpers/shared-data.ts';
import { checkReference, type ReferenceFile } from '../reference.ts';
import { bfclData, judgeBfcl } from './bfcl.ts';
import { ifevalData, judgeInstructions } from './ifeval.ts';
import { pandalmAgreement, publishedData, publishedPassHat, tauPassHat } from './published-figures.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

const referenceFile = 'stats-reference-2.json';
const thousands = (count: number): string => count.toLocaleString('en');

/** `0.85` → ".85": shares as papers print them. */
const decimals = (figures: readonly number[], digits: number): string =>
  figures.map((figure) => figure.toFixed(digits).replace(/^0/, '')).join(' / ');

const furthest = (ours: readonly number[], published: readonly number[]): number =>
  Math.max(...published.map((figure, at) => Math.abs(figure - (ours[at] ?? Number.POSITIVE_INFINITY))));

export const rows: ProofRow[] = [
  proofRow({
    word: 'reference',
    what: 'reference cases of scipy, statsmodels and R that our statistics differ from',
    side: 'at most',
    bar: 0,
    unit: 'differ',
    data: referenceFile,
    measure: () => {
      const file = JSON.parse(readFileSync(join(sharedData, referenceFile), 'utf8')) as ReferenceFile;
      const { passed, failures } = checkReference(file);
      return { value: failures.length, shown: `${failures.length} of ${passed + failures.length} differ` };
    },
  }),
  proofRow({
    word: 'kappa',
    what: 'agreement of PandaLM’s three human raters, Cohen’s kappa: off the published .85 / .88 / .86',
    side: 'at most',
    // Published to two decimals: half of the last one.
    bar: 0.005,
    unit: 'off',
    data: publishedData.pandalm,
    measure: () => {
      const found = pandalmAgreement();
      const ours = found.map(({ kappa }) => kappa);
      const value = furthest(
        ours,
        found.map(({ published }) => published),
      );
      return { value, shown: `${value.toFixed(4)} off (${decimals(ours, 3)})` };
    },
  }),
  proofRow({
    word: 'pass-k',
    what: `pass^1–4 of gpt-4o on τ-bench airline: off the published ${decimals(publishedPassHat, 3)}`,
    side: 'at most',
    // Published to three decimals.
    bar: 0.0005,
    unit: 'off',
    data: publishedData.tau,
    measure: () => {
      const ours = tauPassHat().map(({ chance }) => chance ?? Number.NaN);
      const value = furthest(ours, publishedPassHat);
      return { value, shown: `${value.toFixed(4)} off (${decimals(ours, 3)})` };
    },
  }),
  proofRow({
    word: 'ifeval',
    what: 'IFEval: our instruction checks agree with Google’s strict evaluator',
    side: 'at least',
    // Six answers are known to differ, five of them slips of its language detector on a list of names.
    bar: 99,
    unit: '%',
    data: ifevalData,
    measure: () => {
      const judged = judgeInstructions();
      const agreed = judged.filter((row) => row.agreed).length;
      return {
        value: (100 * agreed) / judged.length,
        shown: `${percent(agreed / judged.length)} (${agreed} of ${judged.length})`,
      };
    },
  }),
  proofRow({
    word: 'bfcl',
    what: 'BFCL: right and spoilt tool calls that our check takes for the other',
    side: 'at most',
    // One ground truth is a slip upstream: true for a string.
    bar: 1,
    unit: 'misjudged',
    data: bfclData,
    measure: () => {
      const calls = Object.values(judgeBfcl()).flat();
      const value = calls.filter(({ asExpected }) => !asExpected).length;
      return { value, shown: `${value} of ${thousands(calls.length)} misjudged` };
    },
  }),
];
