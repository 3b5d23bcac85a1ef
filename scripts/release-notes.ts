/** `node scripts/release-notes.ts`: the part of CHANGELOG.md that is about the version of package.json, on standard output. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

/** Throws when the page has no such part, or an empty one. */
export function releaseNotes(changelog: string, version: string): string {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.startsWith(`${version}\n`));
  const notes = part?.slice(version.length).trim() ?? '';
  if (notes === '') throw new Error(`CHANGELOG.md has no lines under "## ${version}"`);
  return notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  process.stdout.write(`${releaseNotes(read('CHANGELOG.md'), version)}\n`);
}
