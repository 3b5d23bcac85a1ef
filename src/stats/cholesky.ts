/** Solving with small symmetric positive definite matrices (one row per arm): own code, 40 lines, no dependency. */
export type Matrix = number[][];

/** Lower factor of a = L L', or null when a is not positive definite. */
export function cholesky(a: Matrix): Matrix | null {
  const size = a.length;
  const lower: Matrix = a.map(() => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = at(a, i, j);
      for (let k = 0; k < j; k += 1) sum -= at(lower, i, k) * at(lower, j, k);
      if (i === j && !(sum > 1e-12)) return null;
      (lower[i] as number[])[j] = i === j ? Math.sqrt(sum) : sum / at(lower, j, j);
    }
  }
  return lower;
}

/** x with L L' x = b. */
export function solveWith(lower: Matrix, b: readonly number[]): number[] {
  const x = [...b];
  for (let i = 0; i < x.length; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] ?? 0) - at(lower, i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(lower, i, i);
  }
  for (let i = x.length - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < x.length; k += 1) x[i] = (x[i] ?? 0) - at(lower, k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(lower, i, i);
  }
  return x;
}

/** Inverse of L L'. */
export const inverseOf = (lower: Matrix): Matrix =>
  lower.map((_, i) =>
    solveWith(
      lower,
      lower.map((__, j) => (i === j ? 1 : 0)),
    ),
  );

export const at = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? 0;
