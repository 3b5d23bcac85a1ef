/** Third-party data beside the repository. Tests that need it are skipped, saying so, where it is absent. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const sharedData = resolve(import.meta.dirname, '../../../shared/data');

/** True, said once per folder on the console, when `../shared/data/NAME` is absent. */
export function isAbsent(name: string): boolean {
  const absent = !existsSync(resolve(sharedData, name));
  if (absent) console.warn(`skipped: ../shared/data/${name} is not here`);
  return absent;
}
