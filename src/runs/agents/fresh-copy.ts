/**
 * A folder of its own for each trial. The fixture is copied once (the base, which nobody works in) and each trial gets a
 * copy of that: what a trial changes, no other one sees. It keeps no program from writing elsewhere.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { cp, lstat, mkdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { userError } from '../../errors.ts';
import type { AgentSettings } from '../../records/agent-record.ts';
import { linkMends, mendLinks } from './links.ts';

const run = promisify(execFile);

export interface TrialFolder {
  /** Where the agent works. */
  folder: string;
  /** What it was given: nobody has worked there. */
  base: string;
  /** Moves the copy there instead of removing it. */
  keep(at: string): Promise<void>;
  remove(): Promise<void>;
}

export interface FreshCopies {
  make(source: string | undefined): Promise<TrialFolder>;
  /** Takes everything away. */
  close(): Promise<void>;
}

/**
 * `root`: a place of this run alone, outside of every project: agents read the instructions of parent folders.
 * `leaveOut`: a folder that no copy holds, such as the one with the results, which grows while they are made.
 */
export function freshCopies(
  root: string,
  how: AgentSettings['copy'],
  random: () => string,
  leaveOut?: string,
): FreshCopies {
  const bases = new Map<string, Promise<string>>();
  const baseOf = (source: string): Promise<string> => {
    const known = bases.get(source);
    if (known) return known;
    const folder = join(root, `base-${bases.size + 1}`, basename(source) || 'folder');
    const made = copyBase(source, folder, how, leaveOut);
    bases.set(source, made);
    return made;
  };
  return {
    async make(source) {
      await prepare(root);
      const parent = join(root, random());
      const base = source === undefined ? await emptyBase(root) : await baseOf(source);
      const folder = join(parent, basename(base));
      await mkdir(parent);
      await copyTree(base, folder);
      return {
        folder,
        base,
        async keep(at) {
          await mkdir(dirname(at), { recursive: true });
          await rm(at, { recursive: true, force: true });
          await rename(folder, at).catch(() => copyTree(folder, at));
        },
        remove: () => removeTree(parent),
      };
    },
    close: () => removeTree(root),
  };
}

async function emptyBase(root: string): Promise<string> {
  const folder = join(root, 'base-0', 'work');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** A shared temporary folder: nobody else may have made the place ready, and nobody else may look in. */
async function prepare(root: string): Promise<void> {
  await mkdir(root, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw notUsable(root, error);
  });
  const found = await lstat(root);
  const mine = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !mine) throw notUsable(root);
}

const notUsable = (root: string, cause?: unknown) =>
  userError(
    'no-place-for-copies',
    `Copies for agents cannot be made in ${root}.`,
    'set TMPDIR to a folder of your own that has room',
    cause,
  );

async function copyBase(
  source: string,
  folder: string,
  how: AgentSettings['copy'],
  leaveOut: string | undefined,
): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  // A link to a folder would be copied as a link, and every trial would work in the user's own.
  const real = await realpath(source);
  const mends = await linkMends(real, how, leaveOut);
  if (how === 'clone') await cloneTo(real, folder);
  else await copyTree(real, folder, leaveOut);
  await mendLinks(folder, mends);
  return folder;
}

/** Without the way back: an agent must not be able to push into the user's own repository. */
async function cloneTo(source: string, folder: string): Promise<void> {
  try {
    await run('git', ['clone', '--quiet', '--local', '--no-hardlinks', '--', source, folder]);
    await run('git', ['-C', folder, 'remote', 'remove', 'origin']);
  } catch (error) {
    throw noClone(source, lastLine(error));
  }
}

const lastLine = (error: unknown): string =>
  error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);

const noClone = (source: string, said: string) =>
  userError(
    'no-clone',
    `git cannot clone ${source}: ${said}`,
    'leave out --copy clone to copy the files as they are, or run git init and git commit there',
  );

/** Asks git what a clone would ask: a folder within a repository is none of its own. */
async function assertRepository(source: string): Promise<void> {
  const asked = await run('git', ['ls-remote', '--quiet', '--', source, 'HEAD']).catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw noClone(source, isMissing ? 'there is no git on this machine.' : 'it is no git repository.');
  });
  if (asked.stdout.trim() === '') throw noClone(source, 'nothing is committed there.');
}

/** Links stay links: `mendLinks` follows. What is neither a file, a folder nor a link cannot be copied and is left out. */
async function copyTree(from: string, to: string, leaveOut?: string): Promise<void> {
  const copied = cp(from, to, {
    recursive: true,
    // Shares the blocks where the file system can.
    mode: constants.COPYFILE_FICLONE,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: async (path) => {
      if (path === leaveOut) return false;
      const found = await lstat(path);
      return found.isFile() || found.isDirectory() || found.isSymbolicLink();
    },
  });
  await copied.catch((error: NodeJS.ErrnoException) => {
    throw notCopied(from, to, error);
  });
}

function notCopied(from: string, to: string, error: NodeJS.ErrnoException) {
  const why = error.code === 'ENOSPC' ? 'the disk is full' : (error.message.split('\n')[0] ?? '').slice(0, 200);
  return userError(
    'no-copy',
    `${from} could not be copied to ${to}: ${why}.`,
    'make room there and make every file readable, or set TMPDIR to a folder that has the room',
    error,
  );
}

/** Folders without the right to write are opened first: agents leave such behind (Go's module cache). */
export async function removeTree(path: string): Promise<void> {
  const again = { recursive: true, force: true, maxRetries: 3, retryDelay: 50 };
  await rm(path, again).catch(async () => {
    await run('chmod', ['-R', 'u+rwX', '--', path]).catch(() => undefined);
    await rm(path, again);
  });
}

/** Throws (exit 2) for a fixture that cannot be copied, or whose copies would not stand alone. */
export async function assertFixture(source: string, how: AgentSettings['copy'], leaveOut?: string): Promise<void> {
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder)
    throw userError('no-folder', `There is no folder ${source}.`, 'name one with --folder, or in the column folder');
  if (how === 'clone') await assertRepository(source);
  else await assertNoWorkTree(source);
  await linkMends(await realpath(source), how, leaveOut);
}

async function assertNoWorkTree(source: string): Promise<void> {
  const git = join(source, '.git');
  if (!(await lstat(git).catch(() => undefined))?.isFile()) return;
  const text = await readFile(git, 'utf8').catch(() => '');
  throw userError(
    'linked-folder',
    `${source} is a work tree of another repository (${text.trim().slice(0, 120)}): a copy would still write into that one.`,
    'add --copy clone',
  );
}
