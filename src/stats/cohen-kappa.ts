/**
 * Cohen's kappa of two raters from their square table of counts, with the large-sample standard error of
 * Fleiss, Cohen & Everitt 1969. Null when there are no items, or when both use one category only: chance is certain.
 */
export function cohenKappa(table: readonly (readonly number[])[]): { kappa: number; se: number } | null {
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const p = table.map((row) => row.map((count) => count / n));
  const rows = p.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columns = p.map((_, j) => p.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const agreed = p.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  const chance = rows.reduce((sum, row, i) => sum + row * (columns[i] ?? 0), 0);
  if (1 - chance < 1e-15) return null;
  const kappa = (agreed - chance) / (1 - chance);
  let [diagonal, off] = [0, 0];
  for (const [i, row] of p.entries()) {
    for (const [j, share] of row.entries()) {
      if (i === j) diagonal += share * (1 - ((rows[i] ?? 0) + (columns[i] ?? 0)) * (1 - kappa)) ** 2;
      else off += share * ((columns[i] ?? 0) + (rows[j] ?? 0)) ** 2;
    }
  }
  const variance = diagonal + (1 - kappa) ** 2 * off - (kappa - chance * (1 - kappa)) ** 2;
  return { kappa, se: Math.sqrt(Math.max(0, variance)) / ((1 - chance) * Math.sqrt(n)) };
}
