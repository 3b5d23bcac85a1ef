/** What the package says and holds. This file's folder is `src` or `dist`, and both stand right in the package. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file of the package, such as `prompts/demo.csv`. */
export const packageFile = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const version: string = (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string })
  .version;
