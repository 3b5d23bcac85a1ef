/** Shell patterns where no shell expanded them (Windows, quoted arguments): `*`, `?`, `[…]`, `{a,b}`, `**`. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { userError } from '../errors.ts';

export const isPattern = (text: string): boolean => /[*?[{]/.test(text);

/** Files below `cwd` that match, sorted; folders and dot files are not matched by wildcards. */
export async function globFiles(pattern: string, cwd: string): Promise<string[]> {
  const segments = pattern.split(/[\\/]/);
  const fixed = segments.findIndex(isPattern);
  const root = segments.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '');
  const found: string[] = [];
  await walk(root, segments.slice(fixed), cwd, found);
  return [...new Set(found)].sort();
}

async function walk(folder: string, segments: string[], cwd: string, found: string[]): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch(() => []);
  if (segment === '**') await walk(folder, rest, cwd, found);
  const fits = segmentPattern(segment === '**' ? '*' : segment);
  for (const entry of entries) {
    if (!fits.test(entry.name) || (entry.name.startsWith('.') && !segment.startsWith('.'))) continue;
    const path = folder === '' ? entry.name : join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, segment === '**' ? segments : rest, cwd, found);
    else if (segment !== '**' && rest.length === 0) found.push(path);
  }
}

/** One path segment as a regular expression. */
export function segmentPattern(segment: string): RegExp {
  let depth = 0;
  const body = segment.replace(/\[!?[^\]]+\]|[.*+?^${}()|[\]\\,]/g, (piece) => {
    if (piece.length > 1) return piece.replace('[!', '[^').replaceAll('\\', '\\\\');
    if (piece === '*') return '[^/]*';
    if (piece === '?') return '[^/]';
    if (piece === '{') depth += 1;
    if (piece === '{') return '(?:';
    if (piece === '}' && depth > 0) {
      depth -= 1;
      return ')';
    }
    if (piece === ',') return depth > 0 ? '|' : ',';
    return `\\${piece}`;
  });
  return new RegExp(`^${body}${')'.repeat(depth)}$`);
}

/** Plain names stay as they are; patterns become the files they match, sorted. Each file once. */
export async function expandFiles(patterns: string[], cwd: string): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (!isPattern(pattern) || (await exists(resolve(cwd, pattern)))) files.push(pattern);
    else files.push(...(await matches(pattern, cwd)));
  }
  const unique = [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
  if (unique.length === 0)
    throw userError('logs.no-files', 'No log file was named.', 'gapcheck import FILE… -o prompts.jsonl');
  return unique;
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function matches(pattern: string, cwd: string): Promise<string[]> {
  const found = await globFiles(pattern, cwd);
  if (!found.length) throw userError('logs.no-match', `No file matches ${pattern}.`, 'look what is there: `ls`');
  return found;
}
