/** A row as an object, for exports whose mappers read objects. */
export const rowObject = (columns: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']));
