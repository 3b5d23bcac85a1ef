/** Shell patterns where no shell expanded them (Windows, quoted arguments): `*`, `?`, `[…]`, `{a,b}`, `**`. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

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
