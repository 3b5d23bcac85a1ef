/** What an agent changed: its folder against what it was given, as a unified diff. */
import { type Dirent, readFileSync } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import ignore, { type Ignore } from 'ignore';
import { entriesBelow } from './folder-entries.ts';

/** What tools make and nobody reads. */
const made = [
  '.git/',
  'node_modules/',
  '__pycache__/',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.venv/',
  '.DS_Store',
];

/** Larger texts are named, not compared. */
const comparedBytes = 2_000_000;
/** Of comparing one file: past it the whole file is shown as replaced. */
const patienceMs = 2_000;
/** Of all files together. */
const longestDiff = 8_000_000;

interface Entry {
  path: string;
  kind: 'file' | 'link';
  executable: boolean;
}

export async function diffOf(base: string, folder: string): Promise<string> {
  const rules = rulesOf(base);
  const [before, after] = await Promise.all([entriesOf(base, rules), entriesOf(folder, rules)]);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const parts: string[] = [];
  let length = 0;
  for (const path of paths) {
    const part = await partOf(path, { base, folder }, before.get(path), after.get(path));
    length += part.length;
    if (length > longestDiff)
      return `${parts.join('')}The rest of what was changed is longer than ${longestDiff / 1e6} MB.\n`;
    parts.push(part);
  }
  return parts.join('');
}

/** The fixture's own word counts: an agent may not hide its work by changing it. */
function rulesOf(base: string): Ignore {
  const rules = ignore().add(made);
  try {
    rules.add(readFileSync(join(base, '.gitignore'), 'utf8'));
  } catch {
    // There is none.
  }
  return rules;
}

async function entriesOf(root: string, rules: Ignore): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const leaveOut = (path: string, entry: Dirent): boolean => rules.ignores(entry.isDirectory() ? `${path}/` : path);
  // An agent may have locked a folder of its copy.
  for await (const { path, entry } of entriesBelow(root, { leaveOut, skipUnreadable: true })) {
    if (entry.isSymbolicLink()) entries.set(path, { path, kind: 'link', executable: false });
    if (!entry.isFile()) continue;
    const { mode } = await lstat(join(root, path));
    entries.set(path, { path, kind: 'file', executable: (mode & 0o100) !== 0 });
  }
  return entries;
}

interface Roots {
  base: string;
  folder: string;
}

async function partOf(path: string, { base, folder }: Roots, before?: Entry, after?: Entry): Promise<string> {
  const [was, is] = await Promise.all([contentOf(base, before), contentOf(folder, after)]);
  const mode = modeLines(path, before, after);
  if (was !== undefined && is !== undefined && was.equals(is)) return mode;
  const names = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null'] as const;
  if (isBinary(was) || isBinary(is)) return `${mode}Binary files ${names[0]} and ${names[1]} differ\n`;
  if (isLarge(was) || isLarge(is)) return `${mode}Files ${names[0]} and ${names[1]} differ\n`;
  return mode + patchOf(names, was?.toString('utf8') ?? '', is?.toString('utf8') ?? '');
}

function modeLines(path: string, before: Entry | undefined, after: Entry | undefined): string {
  if (!before || !after || before.executable === after.executable) return '';
  return `a/${path} is ${after.executable ? 'now' : 'no longer'} executable\n`;
}

/** A link's content is the place it leads to. */
async function contentOf(root: string, entry: Entry | undefined): Promise<Buffer | undefined> {
  if (!entry) return undefined;
  const path = join(root, entry.path);
  if (entry.kind === 'link') return Buffer.from(`link to ${await readlink(path)}\n`);
  return await readFile(path).catch(() => Buffer.from('a file that cannot be read\n'));
}

const isBinary = (content: Buffer | undefined): boolean => content?.subarray(0, 8_000).includes(0) === true;
const isLarge = (content: Buffer | undefined): boolean => content !== undefined && content.length > comparedBytes;

/** Lines of names only where lines of text follow. */
function patchOf([from, to]: readonly [string, string], was: string, is: string): string {
  const patch = createTwoFilesPatch(from, to, was, is, '', '', { context: 3, timeout: patienceMs });
  const text = patch ?? replaced(from, to, was, is);
  return text
    .replace(/^={10,}\n/, '')
    .replaceAll(/^(---|\+\+\+) (.*?)\t?$/gm, (line, mark, name) =>
      name === from || name === to ? `${mark} ${name}` : line,
    );
}

function replaced(from: string, to: string, was: string, is: string): string {
  const [old, now] = [was, is].map((text) => (text === '' ? [] : text.replace(/\n$/, '').split('\n')));
  const [gone = [], come = []] = [old, now];
  const head = `--- ${from}\n+++ ${to}\n@@ -${gone.length ? 1 : 0},${gone.length} +${come.length ? 1 : 0},${come.length} @@\n`;
  return `${head}${gone.map((line) => `-${line}\n`).join('')}${come.map((line) => `+${line}\n`).join('')}`;
}
