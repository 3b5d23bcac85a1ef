/** The rater sees what the model wrote: cases with right values, played through the built command and real HTTP. */
import { ballotCases } from '../helpers/ballot-cases.ts';
import { plainMisses } from '../helpers/plain-view.ts';
import { hideMisses, identicalMisses, type Misses, reasoningMisses } from '../helpers/played-ballots.ts';
import { type ProofRow, proofRow } from './row.ts';

const data = '../cases/ballots';

const shown = ({ cases, misses }: Misses): { value: number; shown: string } => {
  for (const miss of misses) process.stderr.write(`${miss}\n`);
  return { value: misses.length, shown: `${misses.length} of ${cases}` };
};

export const rows: ProofRow[] = [
  proofRow({
    word: 'ballots-identical',
    what: 'pairs of answers that are wrongly called identical, or wrongly put to a rater',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data,
    measure: async () => shown(await identicalMisses()),
  }),
  proofRow({
    word: 'ballots-hidden',
    what: 'texts hidden from the rater, missing answers put to a vote',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data,
    measure: async () => shown(await hideMisses()),
  }),
  proofRow({
    word: 'ballots-steps',
    what: 'records that are cut, and blocks of thought or template tokens in the shown text',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data,
    measure: async () => shown(await reasoningMisses()),
  }),
  proofRow({
    word: 'ballots-plain',
    what: 'emoji, signs, joiners and code that the plain view loses',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data,
    measure: () => shown({ cases: ballotCases('plain').length, misses: plainMisses() }),
  }),
];
