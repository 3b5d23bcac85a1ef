import { at, cholesky, inverseOf, type Matrix, solveWith } from './cholesky.ts';

export interface Comparison {
  /** Indices of two different arms. */
  a: number;
  b: number;
  /** 1 a better, .5 tie of either kind, 0 b better. */
  score: number;
  prompt: string | number;
}

export interface BradleyTerry {
  /** beta_j = strength_j - strength_0 for j = 1..arms-1 (logit scale); null where no chain of comparisons leads to arm 0. */
  beta: (number | null)[];
  seModel: (number | null)[];
  /** Sandwich, clustered by prompt, no small-sample correction. */
  seCluster: (number | null)[];
  /** Strengths of all arms, shifted to sum to 0 over those that are known. */
  strengthSumZero: (number | null)[];
  prompts: number;
  /** Someone won or lost everything: half a win and half a loss were added to each compared pair. */
  regularised: boolean;
}

/** Comparisons by pair of known arms: how often, and how often (ties half) the first won. */
interface PairSum {
  a: number;
  b: number;
  n: number;
  won: number;
}

const notCounted = -1;

/**
 * Bradley-Terry by maximum likelihood, ties as half wins, by Newton on sums per pair: a million comparisons cost one pass.
 * Throws RangeError for an arm out of range or compared with itself, or a score outside [0, 1].
 */
export function bradleyTerry(arms: number, comparisons: readonly Comparison[]): BradleyTerry {
  const sums = sumPairs(arms, comparisons);
  const slots = slotsOf(arms, sums);
  const known = sums.filter(({ a }) => a === 0 || (slots[a] ?? notCounted) >= 0);
  const regularised = isSeparated(arms, known, slots);
  const fitted = regularised ? known.map((pair) => ({ ...pair, n: pair.n + 1, won: pair.won + 0.5 })) : known;
  const size = slots.filter((slot) => slot >= 0).length;
  const { beta, factor } = newton(fitted, slots, size);
  const inverse = inverseOf(factor);
  const { meat, prompts } = scoresByPrompt(comparisons, slots, beta);
  const sandwich = multiply(multiply(inverse, meat), inverse);
  const spread = (matrix: Matrix) => (slot: number) => Math.sqrt(Math.max(0, at(matrix, slot, slot)));
  const perArm = (value: (slot: number) => number): (number | null)[] =>
    slots.slice(1).map((slot) => (slot >= 0 ? value(slot) : null));
  const strengths = perArm((slot) => beta[slot] ?? 0);
  return {
    beta: strengths,
    seModel: perArm(spread(inverse)),
    seCluster: perArm(spread(sandwich)),
    strengthSumZero: centred(strengths),
    prompts,
    regularised,
  };
}

function sumPairs(arms: number, comparisons: readonly Comparison[]): PairSum[] {
  const n = new Float64Array(arms * arms);
  const won = new Float64Array(arms * arms);
  for (const { a, b, score } of comparisons) {
    const inRange = a >= 0 && b >= 0 && a < arms && b < arms && a !== b && score >= 0 && score <= 1;
    if (!inRange) throw new RangeError(`No comparison of ${arms} arms: a = ${a}, b = ${b}, score = ${score}.`);
    const cell = a < b ? a * arms + b : b * arms + a;
    n[cell] = (n[cell] ?? 0) + 1;
    won[cell] = (won[cell] ?? 0) + (a < b ? score : 1 - score);
  }
  const sums: PairSum[] = [];
  for (const [cell, count] of n.entries()) {
    if (count > 0) sums.push({ a: Math.floor(cell / arms), b: cell % arms, n: count, won: won[cell] ?? 0 });
  }
  return sums;
}

/** Row of each arm in the equations: arm 0 is the zero point (-1), as are arms that no comparisons tie to it. */
function slotsOf(arms: number, sums: readonly PairSum[]): number[] {
  const linked = reachable(arms, [...sums, ...sums.map(({ a, b }) => ({ a: b, b: a }))]);
  let next = 0;
  return Array.from({ length: arms }, (_, arm) => (arm > 0 && linked.has(arm) ? next++ : notCounted));
}

function reachable(arms: number, edges: readonly { a: number; b: number }[]): Set<number> {
  const seen = new Set(arms > 0 ? [0] : []);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { a, b } of edges) {
      if (!seen.has(a) || seen.has(b)) continue;
      seen.add(b);
      grown = true;
    }
  }
  return seen;
}

/** Ford's condition fails: some group of arms never lost (or never won) against the rest, and has no finite strength. */
function isSeparated(arms: number, sums: readonly PairSum[], slots: readonly number[]): boolean {
  const beats: { a: number; b: number }[] = [];
  for (const { a, b, n, won } of sums) {
    if (won > 0) beats.push({ a, b });
    if (won < n) beats.push({ a: b, b: a });
  }
  const everyone = 1 + slots.filter((slot) => slot >= 0).length;
  const back = beats.map(({ a, b }) => ({ a: b, b: a }));
  return reachable(arms, beats).size < everyone || reachable(arms, back).size < everyone;
}

const chance = (difference: number): number => 1 / (1 + Math.exp(-difference));

function newton(sums: readonly PairSum[], slots: readonly number[], size: number): { beta: number[]; factor: Matrix } {
  const strength = (beta: readonly number[], arm: number): number => beta[slots[arm] ?? notCounted] ?? 0;
  const logLikelihood = (beta: readonly number[]): number =>
    sums.reduce((sum, { a, b, n, won }) => {
      const difference = strength(beta, a) - strength(beta, b);
      return sum - won * Math.log1p(Math.exp(-difference)) - (n - won) * Math.log1p(Math.exp(difference));
    }, 0);
  let beta = new Array<number>(size).fill(0);
  let level = logLikelihood(beta);
  for (let round = 0; round < 100; round += 1) {
    const { gradient, factor } = curvature(sums, slots, size, (arm) => strength(beta, arm));
    const step = solveWith(factor, gradient);
    const longest = Math.max(0, ...step.map(Math.abs));
    if (longest < 1e-12) return { beta, factor };
    // A full step may overshoot far from the optimum: halve it until the likelihood does not fall.
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      const next = beta.map((value, i) => value + scale * (step[i] ?? 0));
      const better = logLikelihood(next);
      if (better < level - 1e-9 * Math.abs(level)) continue;
      [beta, level] = [next, better];
      break;
    }
    if (longest < 1e-10) break;
  }
  return { beta, factor: curvature(sums, slots, size, (arm) => strength(beta, arm)).factor };
}

function curvature(
  sums: readonly PairSum[],
  slots: readonly number[],
  size: number,
  strength: (arm: number) => number,
): { gradient: number[]; factor: Matrix } {
  const gradient = new Array<number>(size).fill(0);
  const hessian: Matrix = gradient.map(() => new Array<number>(size).fill(0));
  for (const { a, b, n, won } of sums) {
    const p = chance(strength(a) - strength(b));
    addSigned(gradient, slots, a, b, won - n * p);
    addOuter(hessian, slots, a, b, n * p * (1 - p));
  }
  const factor = cholesky(hessian);
  if (!factor) throw new RangeError('Bradley-Terry has no finite solution for these comparisons.');
  return { gradient, factor };
}

function addSigned(vector: number[], slots: readonly number[], a: number, b: number, value: number): void {
  const [i, j] = [slots[a] ?? notCounted, slots[b] ?? notCounted];
  if (i >= 0) vector[i] = (vector[i] ?? 0) + value;
  if (j >= 0) vector[j] = (vector[j] ?? 0) - value;
}

function addOuter(matrix: Matrix, slots: readonly number[], a: number, b: number, value: number): void {
  const [i, j] = [slots[a] ?? notCounted, slots[b] ?? notCounted];
  const add = (row: number, column: number, amount: number): void => {
    const line = matrix[row];
    if (line && column >= 0) line[column] = (line[column] ?? 0) + amount;
  };
  add(i, i, value);
  add(j, j, value);
  add(i, j, -value);
  add(j, i, -value);
}

/**
 * Σ_g u_g u_g' over prompts. Comparisons of one prompt are chained through `next`, so that a million votes need two
 * small arrays instead of a million lists.
 */
function scoresByPrompt(
  comparisons: readonly Comparison[],
  slots: readonly number[],
  beta: readonly number[],
): { meat: Matrix; prompts: number } {
  const { heads, next } = chainsByPrompt(comparisons);
  const size = beta.length;
  const meat = new Float64Array(size * size);
  const u = new Float64Array(size);
  const touched: number[] = [];
  const add = (slot: number, residual: number): void => {
    if (slot < 0) return;
    // Listed twice when its sum passes through 0; `addSquares` takes care of that.
    if (u[slot] === 0) touched.push(slot);
    u[slot] = (u[slot] ?? 0) + residual;
  };
  for (const head of heads) {
    for (let index = head; index >= 0; index = next[index] ?? -1) {
      const { a, b, score } = comparisons[index] as Comparison;
      const [i, j] = [slots[a] ?? notCounted, slots[b] ?? notCounted];
      const residual = score - chance((beta[i] ?? 0) - (beta[j] ?? 0));
      add(i, residual);
      add(j, -residual);
    }
    addSquares(meat, u, touched);
  }
  const rows = beta.map((_, row) => Array.from(meat.subarray(row * size, (row + 1) * size)));
  return { meat: rows, prompts: heads.length };
}

function chainsByPrompt(comparisons: readonly Comparison[]): { heads: number[]; next: Int32Array } {
  const last = new Map<string | number, number>();
  const next = new Int32Array(comparisons.length);
  for (let index = 0; index < comparisons.length; index += 1) {
    const { prompt } = comparisons[index] as Comparison;
    next[index] = last.get(prompt) ?? -1;
    last.set(prompt, index);
  }
  return { heads: [...last.values()], next };
}

/** meat += u u' over the touched slots, which are emptied for the next prompt. */
function addSquares(meat: Float64Array, u: Float64Array, touched: number[]): void {
  const plain = touched.length < 2 || (touched.length === 2 && touched[0] !== touched[1]);
  const slots = plain ? touched : [...new Set(touched)];
  for (const i of slots) {
    for (const j of slots) {
      const cell = i * u.length + j;
      meat[cell] = (meat[cell] ?? 0) + (u[i] ?? 0) * (u[j] ?? 0);
    }
  }
  for (const i of slots) u[i] = 0;
  touched.length = 0;
}

const multiply = (x: Matrix, y: Matrix): Matrix =>
  x.map((row) => row.map((_, column) => row.reduce((sum, value, k) => sum + value * at(y, k, column), 0)));

function centred(beta: readonly (number | null)[]): (number | null)[] {
  const strengths = [0, ...beta];
  const known = strengths.filter((value) => value !== null);
  const middle = known.reduce((sum, value) => sum + value, 0) / known.length;
  return strengths.map((value) => (value === null ? null : value - middle));
}
