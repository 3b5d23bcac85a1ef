/** What a table of keys says of one; names that every object has ("constructor") are no keys. */
export const forKey = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
