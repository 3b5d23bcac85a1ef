/**
 * `npm run reference -- FILE`: checks any file of reference cases against src/stats.
 * Format: {methods: {NAME: {tolerance, cases: [{input, expected}]}}}; the tolerance is absolute.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { PromptId } from '../src/records/ids.ts';
import { adjustedBlindingIndex, type GuessCounts } from '../src/stats/adjusted-blinding-index.ts';
import { type Allotted, allotPlan } from '../src/stats/allot-plan.ts';
import { anytimeInterval } from '../src/stats/anytime-interval.ts';
import { bangIndex } from '../src/stats/bang-index.ts';
import { binomialHalf } from '../src/stats/binomial-half.ts';
import { bradleyTerry, type Comparison } from '../src/stats/bradley-terry.ts';
import { clusteredTango } from '../src/stats/clustered-tango.ts';
import { cohenKappa } from '../src/stats/cohen-kappa.ts';
import { dayTrend, driftAlarm } from '../src/stats/drift.ts';
import {
  type Against,
  type Counts,
  eProcessCounts,
  eProcessScores,
  fromCounts,
  unitsOf,
} from '../src/stats/e-process.ts';
import { gwetAC1 } from '../src/stats/gwet-ac1.ts';
import { heterogeneity } from '../src/stats/heterogeneity.ts';
import { judgeAssisted } from '../src/stats/judge-assisted.ts';
import { couldNotBeAsked, skipRule } from '../src/stats/lost-prompts.ts';
import { mantelHaenszel, type TwoByTwo } from '../src/stats/mantel-haenszel.ts';
import { neither } from '../src/stats/neither.ts';
import { overallLook } from '../src/stats/overall-look.ts';
import { type LaterVote, overallStratified } from '../src/stats/overall-stratified.ts';
import { passHatK } from '../src/stats/pass-hat-k.ts';
import { plannedLook } from '../src/stats/planned-look.ts';
import { raterShares } from '../src/stats/rater-shares.ts';
import { nearestVerdict } from '../src/stats/remaining-votes.ts';
import { stratifiedLimits, stratifiedLogE, type VotedStratum } from '../src/stats/stratified-evidence.ts';
import { tango } from '../src/stats/tango.ts';
import { type ChanceInput, taskChance } from '../src/stats/task-chance.ts';
import { taskVerdict } from '../src/stats/task-verdict.ts';
import { leaning, type VerdictRule, verdict, verdictEvidence } from '../src/stats/verdict.ts';
import { wilson } from '../src/stats/wilson.ts';
import { hashing } from '../src/store/hashing.ts';
import { batchOrder, keyedDraw } from '../src/verdicts/batch-order.ts';

interface ReferenceCase {
  input: unknown;
  expected: unknown;
}
export interface ReferenceFile {
  methods: Record<string, { tolerance: number; cases: ReferenceCase[] }>;
}

type Conf = { conf?: number };
type Margin = { margin: number };
type Strata = { strata: VotedStratum[] };
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
  anytimeInterval: (input: Counts & { alphaPerSide?: number }) =>
    anytimeInterval(fromCounts(input), input.alphaPerSide),
  remainingVotes: (input: Counts & { margin: number; alpha?: number }) => ({
    votes: nearestVerdict(fromCounts(input), input.margin, input.alpha)?.votes ?? null,
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
  plannedLook: (input: Counts & Margin) => plannedLook(input, input.margin),
  taskVerdict: (input: { planned: Counts; later: number[] } & Margin) =>
    taskVerdict(input.planned, input.later, input.margin),
  stratifiedLogE: (input: Strata & { m: number; side: Against }) => ({
    logE: stratifiedLogE(input.strata, input.m, input.side),
  }),
  stratifiedLimits: ({ strata }: Strata) => stratifiedLimits(strata),
  overallLook: ({ strata, margin }: Strata & Margin) => overallLook(strata, margin),
  overallStratified: ({ strata, later, margin }: Strata & Margin & { later: LaterVote[] }) =>
    overallStratified(strata, later, margin),
  taskChance: (input: ChanceInput) => taskChance(input),
  neither: ({ bothBad, asked }: { bothBad: number; asked: number }) => neither(bothBad, asked),
  skipRule: (input: Counts & Margin & { skipped: number }) => skipRule(input, input.skipped, input.margin),
  couldNotBeAsked: (input: Counts & Margin & { unasked: number; arm: 'open' | 'closed' }) =>
    couldNotBeAsked(input, input.unasked, input.arm, input.margin),
  heterogeneity: ({ groups }: { groups: Counts[] }) => heterogeneity(groups),
  dayTrend: ({ days }: { days: Counts[] }) => dayTrend(days),
  driftAlarm: ({ days }: { days: Counts[] }) => ({ day: driftAlarm(days) }),
  judgeAssisted: (input: { x: number[]; f: number[]; poolMean: number; rho: number; m: number; side: Against }) => ({
    logE: judgeAssisted(input, input.poolMean, input.rho, input.m, input.side),
  }),
  recognition: ({ counts, conf }: { counts: GuessCounts } & Conf) => adjustedBlindingIndex(counts, conf),
  batchOrder: (input: { seed: string; run: string; batch: number; ids: PromptId[] }) => ({
    order: batchOrder(input.ids, input.batch, keyedDraw(input.run, Buffer.from(input.seed, 'base64'), hashing)),
  }),
  raterShares: ({ planned, raters, overlap }: { planned: number; raters: number; overlap: number }) => {
    const ballots = raterShares(planned, raters, overlap);
    return { ballots, total: ballots.reduce((sum, share) => sum + share, 0) };
  },
  allotPlan: ({ n, tasks }: { n: number; tasks: Allotted[] }) => ({ planned: allotPlan(tasks, n) }),
  passHatK: ({ n, c, k }: { n: number; c: number; k: number }) => ({ passHatK: passHatK(n, c, k) }),
} satisfies Record<string, (input: never) => unknown>;

/** Methods whose functions are gone, and what replaced them. */
const retired: Record<string, string> = {
  nextTask: 'allotPlan, and the fewest votes still needed (report/next-step.ts)',
  carryOverPrefix: 'plannedLook on every planned prompt (docs/ci.md)',
  overallWeighted: 'overallLook',
  weightedEvidence: 'stratifiedLogE',
  overallVerdict: 'taskVerdict',
  firstCrossing: 'taskVerdict',
};

export interface ReferenceResult {
  passed: number;
  /** One line per case that differs, or per method that is unknown. */
  failures: string[];
  /** One line per method that is no longer in use. */
  retired: string[];
}

/** Compares every case; an unknown method is one failure that names it. */
export function checkReference(file: ReferenceFile): ReferenceResult {
  const failures: string[] = [];
  const gone: string[] = [];
  let passed = 0;
  for (const [name, { tolerance, cases }] of Object.entries(file.methods)) {
    const method = methods[name];
    if (!method && retired[name] !== undefined) {
      gone.push(`${name}: retired (${cases.length} cases), replaced by ${retired[name]}`);
      continue;
    }
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
  return { passed, failures, retired: gone };
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
  const { passed, failures, retired: gone } = checkReference(file);
  for (const line of gone) process.stdout.write(`${line}\n`);
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  return failures.length > 0 ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv[2]);
