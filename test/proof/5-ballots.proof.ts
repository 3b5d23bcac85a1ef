/** The rater sees what the model wrote: cases with right values, played through the built command and real HTTP. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ballotCases } from '../helpers/ballot-cases.ts';
import type { SlowPattern } from '../helpers/foreign-patterns.ts';
import {
  damageOf,
  harmlessData,
  leaksOf,
  type MaskText,
  maskCasesAsTexts,
  maskSets,
  maskTexts,
} from '../helpers/mask-texts.ts';
import { plainMisses } from '../helpers/plain-view.ts';
import { hideMisses, identicalMisses, type Misses, reasoningMisses } from '../helpers/played-ballots.ts';
import { type ProofRow, percent, proofRow } from './row.ts';

const data = '../cases/ballots';

const shown = ({ cases, misses }: Misses): { value: number; shown: string } => {
  for (const miss of misses) process.stderr.write(`${miss}\n`);
  return { value: misses.length, shown: `${misses.length} of ${cases}` };
};

const setsOf = { leaks: [...maskSets, 'fifth'], harmless: maskSets };

/** Of the texts of our own and of the shared cases, where they are present. */
function share(kind: 'leaks' | 'harmless', missesOf: (texts: readonly MaskText[]) => string[]) {
  const texts = [...setsOf[kind].flatMap((set) => maskTexts(`${kind}-${set}`)), ...maskCasesAsTexts(kind)];
  const misses = missesOf(texts);
  for (const miss of misses) process.stderr.write(`${kind}: ${miss}\n`);
  const right = texts.length - misses.length;
  return {
    value: (100 * right) / texts.length,
    shown: `${right} of ${texts.length} (${percent(right / texts.length)})`,
  };
}

/** In a process of its own: the patterns that are built at load are caught while they load. */
async function slowPatternCount() {
  const program = resolve(import.meta.dirname, '../helpers/foreign-patterns.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  const { patterns, slow } = JSON.parse(stdout) as { patterns: number; slow: SlowPattern[] };
  for (const { file, source } of slow) process.stderr.write(`${file}: ${source}\n`);
  return { value: slow.length, shown: `${slow.length} of ${patterns}` };
}

export const rows: ProofRow[] = [
  proofRow({
    word: 'ballots-mask-recall',
    what: 'answers that name their writer and are shown without a name',
    side: 'at least',
    bar: 95,
    unit: '%',
    measure: () => share('leaks', leaksOf),
  }),
  proofRow({
    word: 'ballots-mask-harmless',
    what: 'answers that name nobody as their writer and are shown unchanged',
    side: 'at least',
    bar: 98,
    unit: '%',
    measure: () => share('harmless', damageOf),
  }),
  proofRow({
    word: 'ballots-mask-data',
    what: 'published answers (IFEval, PandaLM) that the mask changes',
    side: 'at most',
    bar: 0,
    unit: 'texts',
    data: 'ifeval',
    measure: () => {
      const texts = harmlessData();
      const changed = damageOf(texts);
      return { value: changed.length, shown: `${changed.length} of ${texts.length}` };
    },
  }),
  proofRow({
    word: 'ballots-patterns',
    what: 'regular expressions of src that take over 200 ms for 100 KB',
    side: 'at most',
    bar: 0,
    unit: 'patterns',
    measure: slowPatternCount,
  }),
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
