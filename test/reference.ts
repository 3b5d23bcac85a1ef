/**
 * `npm run reference -- FILE`: checks any file of reference cases against src/stats.
 * Format: {methods: {NAME: {tolerance, cases: [{input, expected}]}}}; the tolerance is absolute.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { adjustedBlindingIndex, type GuessCounts } from '../src/stats/adjusted-blinding-index.ts';
import { anytimeInterval } from '../src/stats/anytime-interval.ts';
import { bangIndex } from '../src/stats/bang-index.ts';
import { binomialHalf } from '../src/stats/binomial-half.ts';
import { bradleyTerry, type Comparison } from '../src/stats/bradley-terry.ts';
import { type CarriedItem, carryOverPrefix } from '../src/stats/carry-over-prefix.ts';
import { clusteredTango } from '../src/stats/clustered-tango.ts';
import { cohenKappa } from '../src/stats/cohen-kappa.ts';
import { firstCrossing, overallVerdict } from '../src/stats/crossing.ts';
import {
  type Against,
  type Counts,
  eProcessCounts,
  eProcessScores,
  fromCounts,
  unitsOf,
} from '../src/stats/e-process.ts';
import { gwetAC1 } from '../src/stats/gwet-ac1.ts';
import { mantelHaenszel, type TwoByTwo } from '../src/stats/mantel-haenszel.ts';
import { nextTask } from '../src/stats/next-task.ts';
import { overallWeighted, type Stratum } from '../src/stats/overall-weighted.ts';
import { passHatK } from '../src/stats/pass-hat-k.ts';
import { remainingVotes } from '../src/stats/remaining-votes.ts';
import { tango } from '../src/stats/tango.ts';
import { leaning, type VerdictRule, verdict, verdictEvidence, verdictOf } from '../src/stats/verdict.ts';
import { stratumWeights, weightedEvidence } from '../src/stats/weighted-evidence.ts';
import { wilson } from '../src/stats/wilson.ts';

interface ReferenceCase {
  input: unknown;
  expected: unknown;
}
export interface ReferenceFile {
  methods: Record<string, { tolerance: number; cases: ReferenceCase[] }>;
}

type Conf = { conf?: number };
interface Weighted extends VerdictRule {
  scores: number[];
  strata: string[];
  traffic: Record<string, number>;
  plan: Record<string, number>;
}
interface PlannedTask extends Counts {
  margin: number;
  decided: boolean;
  remainingPrompts: number;
}

function weighted(input: Weighted): unknown {
  const weights = stratumWeights(input.traffic, input.plan);
  const maxWeight = Math.max(...Object.values(weights));
  const perScore = input.strata.map((stratum) => weights[stratum] ?? 1);
  const scaled = weightedEvidence(input.scores, perScore, maxWeight, input.margin);
  const logEGood = eProcessScores(scaled.scores, -scaled.margin, 'gt');
  const logEKeep = eProcessScores(scaled.scores, 0, 'lt');
  const evidence = { logEGood, logEKeep };
  return { maxWeight, ...evidence, verdict: verdictOf(evidence, input.scores.length, input) };
}

const stateOf = (task: PlannedTask) => ({
  n: unitsOf(task),
  ...verdictEvidence(task, task.margin),
  decided: task.decided,
  remainingPrompts: task.remainingPrompts,
});

/** Method name → the call it stands for. Inputs come from a file that says itself to be of this format. */
const methods: Record<string, (input: never) => unknown> = {
  wilson: ({ x, n, conf }: { x: number; n: number } & Conf) => wilson(x, n, conf),
  tango: ({ b, c, n, conf }: { b: number; c: number; n: number } & Conf) => tango(b, c, n, conf),
  binomialHalf: ({ k, n }: { k: number; n: number }) => binomialHalf(k, n),
  eProcessCounts: (input: Counts & { m: number; side: Against }) => ({
    logE: eProcessCounts(input, input.m, input.side),
  }),
  eProcessScores: ({ scores, m, side }: { scores: number[]; m: number; side: Against }) => ({
    logE: eProcessScores(scores, m, side),
  }),
  verdict: (input: Counts & VerdictRule) => verdict(input, input),
  leaning: (input: Counts & { margin: number }) => {
    const evidence = verdictEvidence(input, input.margin);
    return { ...evidence, leaning: leaning(evidence, unitsOf(input)) };
  },
  firstCrossing: (input: VerdictRule & { votes: number[] }) => firstCrossing(overallVerdict(input.votes, input)),
  overallVerdict: (input: VerdictRule & { scores: number[] }) => overallVerdict(input.scores, input),
  weightedEvidence: weighted,
  anytimeInterval: (input: Counts & { alphaPerSide?: number }) =>
    anytimeInterval(fromCounts(input), input.alphaPerSide),
  remainingVotes: (input: Counts & { margin: number; alpha?: number }) => ({
    votes: remainingVotes(fromCounts(input), input.margin, input.alpha),
  }),
  clusteredTango: ({ votes, conf }: { votes: number[][] } & Conf) => {
    const { estimate, ...rest } = clusteredTango(votes, conf);
    return { theta: estimate, ...rest };
  },
  bradleyTerryHalfTies: ({ arms, comparisons }: { arms: number; comparisons: Comparison[] }) =>
    bradleyTerry(arms, comparisons),
  cohenKappa: ({ table }: { table: number[][] }) => cohenKappa(table) ?? { kappa: null, se: null },
  gwetAC1: ({ ratings }: { ratings: (number | null)[][] }) => ({ ac1: gwetAC1(ratings) }),
  bangIndex: (input: { correct: number; incorrect: number; dontKnow: number } & Conf) =>
    bangIndex(input.correct, input.incorrect, input.dontKnow, input.conf) ?? { bi: null, se: null },
  adjustedBlindingIndex: ({ counts, conf }: { counts: GuessCounts } & Conf) => adjustedBlindingIndex(counts, conf),
  mantelHaenszel: ({ tables }: { tables: TwoByTwo[] }) => mantelHaenszel(tables),
  overallWeighted: ({ tasks, conf }: { tasks: Stratum[] } & Conf) => {
    const { estimate = null, lower = null, upper = null } = overallWeighted(tasks, conf) ?? {};
    return { theta: estimate, lower, upper };
  },
  carryOverPrefix: (input: { items: CarriedItem<number>[]; targetPrefix: number; margin: number }) =>
    carryOverPrefix(input.items, input.targetPrefix, input.margin),
  nextTask: (input: {
    planned: number;
    frozenNext: number | null;
    tasks: PlannedTask[];
    pilot?: number;
    cap?: number;
  }) => ({ next: nextTask({ ...input, tasks: input.tasks.map(stateOf) }) }),
  passHatK: ({ n, c, k }: { n: number; c: number; k: number }) => ({ passHatK: passHatK(n, c, k) }),
} satisfies Record<string, (input: never) => unknown>;

export interface ReferenceResult {
  passed: number;
  /** One line per case that differs, or per method that is unknown. */
  failures: string[];
}

/** Compares every case; an unknown method is one failure that names it. */
export function checkReference(file: ReferenceFile): ReferenceResult {
  const failures: string[] = [];
  let passed = 0;
  for (const [name, { tolerance, cases }] of Object.entries(file.methods)) {
    const method = methods[name];
    if (!method) {
      failures.push(`${name}: no such method; known are ${Object.keys(methods).join(', ')}`);
      continue;
    }
    for (const [index, { input, expected }] of cases.entries()) {
      const problem = runCase(method as (input: unknown) => unknown, input, expected, tolerance);
      if (problem === null) passed += 1;
      else failures.push(`${name} case ${index + 1}: ${problem}`);
    }
  }
  return { passed, failures };
}

function runCase(method: (input: unknown) => unknown, input: unknown, expected: unknown, tolerance: number) {
  try {
    return difference(method(input), expected, tolerance, '');
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** First place where what we have differs from what is expected; further fields of ours are fine. */
function difference(actual: unknown, expected: unknown, tolerance: number, path: string): string | null {
  if (typeof expected === 'number' && typeof actual === 'number') {
    // A tolerance of 0 is for counts; log 1 = 1e-16 in one language and 0 in another is no difference.
    return Math.abs(actual - expected) <= Math.max(tolerance, 1e-12) ? null : told(actual, expected, path);
  }
  if (expected === null || typeof expected !== 'object')
    return actual === expected ? null : told(actual, expected, path);
  if (actual === null || typeof actual !== 'object') return told(actual, expected, path);
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    return told(actual, expected, path);
  }
  for (const [key, value] of Object.entries(expected)) {
    const problem = difference((actual as Record<string, unknown>)[key], value, tolerance, `${path}.${key}`);
    if (problem !== null) return problem;
  }
  return null;
}

const told = (actual: unknown, expected: unknown, path: string): string =>
  `${path.slice(1) || 'result'} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;

function main(path: string | undefined): number {
  if (path === undefined) {
    process.stderr.write('Which file? npm run reference -- FILE\n');
    return 2;
  }
  let file: ReferenceFile;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  if (typeof file.methods !== 'object' || file.methods === null) {
    process.stderr.write(
      `${path}: no "methods"; expected {methods: {NAME: {tolerance, cases: [{input, expected}]}}}\n`,
    );
    return 2;
  }
  const { passed, failures } = checkReference(file);
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  return failures.length > 0 ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv[2]);
