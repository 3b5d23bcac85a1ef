/** Refusals of closed and of open models are found alike, and no other answer is taken for one. */
import { ownRefusalTexts, type RefusalText, refusalCases, refusedOf } from '../helpers/refusal-texts.ts';
import { slowestStep } from '../helpers/slow-texts.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

/** How many of our own texts and, where they are there, of the cases are called refusals; the wrong ones on stderr. */
function refused(of: (one: RefusalText) => boolean, wanted: boolean): { value: number; shown: string } {
  const [own, cases] = [ownRefusalTexts(), refusalCases()].map((texts) => refusedOf(texts.filter(of), wanted));
  if (!own || !cases) throw new Error('there are no texts');
  for (const wrong of [...own.wrong, ...cases.wrong]) process.stderr.write(`${wrong}\n`);
  const share = (own.found + cases.found) / (own.of + cases.of);
  const beside = cases.of === 0 ? '' : `, cases ${cases.found} of ${cases.of}`;
  return { value: 100 * share, shown: `${percent(share)} (own texts ${own.found} of ${own.of}${beside})` };
}

const recall = (style: 'closed' | 'open'): ProofRow =>
  proofRow({
    word: `ballots-refusals-${style}`,
    what: `full refusals found, in the habits of ${style} models`,
    side: 'at least',
    bar: 90,
    unit: '%',
    measure: () => refused((one) => one.label === 'full' && one.style === style, true),
  });

export const rows: ProofRow[] = [
  recall('closed'),
  recall('open'),
  proofRow({
    word: 'ballots-refusals-false',
    what: 'answers that do the work and are taken for refusals: business replies, quotations, translations, stories',
    side: 'at most',
    bar: 3,
    unit: '%',
    measure: () => refused((one) => one.label === 'comply', false),
  }),
  proofRow({
    word: 'ballots-slowest',
    what: 'slowest step from record to screen on 100 KB that repeat a near-match, processor time',
    side: 'at most',
    bar: 200,
    unit: 'ms',
    measure: () => {
      const { ms, step, unit, texts } = slowestStep();
      return { value: ms, shown: `${ms.toFixed(0)} ms (${step} on ${JSON.stringify(unit)}; ${texts} texts)` };
    },
  }),
];
