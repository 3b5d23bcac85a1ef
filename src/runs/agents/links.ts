/**
 * Links of a fixture. A copy of one that leads into the fixture by its whole path would still lead there, and an agent
 * that writes through it would change the user's own file. So no copy holds a link that leads out of it.
 */
import { execFile } from 'node:child_process';
import { copyFile, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { userError } from '../../errors.ts';
import type { AgentSettings } from '../../records/agent-record.ts';
import { entriesBelow } from './folder-entries.ts';

const run = promisify(execFile);
/** Of what git prints: the names of a large repository. */
const listBytes = 1 << 28;

/** What a copy has in the place of a link: another text for it, or the file outside that it leads to. */
export type LinkMend = { path: string } & ({ text: string } | { file: string });

interface Link {
  /** Within the folder, with slashes. */
  path: string;
  text: string;
}

/**
 * What has to be changed in a copy of `root`, a real path. Throws (exit 2) for a link to a folder outside, or to nothing
 * there: what is written through it would be lost to the diff, and stay for the next trial.
 */
export async function linkMends(root: string, how: AgentSettings['copy'], leaveOut?: string): Promise<LinkMend[]> {
  const links = how === 'clone' ? await committedLinks(root) : await linksIn(root, leaveOut);
  const mends: LinkMend[] = [];
  const leaving: Link[] = [];
  for (const link of links) {
    const target = await leadsTo(root, join(root, dirname(link.path)), link.text);
    if (isWithin(root, target)) {
      if (!isOwn(link)) mends.push({ path: link.path, text: relative(join(root, dirname(link.path)), target) || '.' });
    } else if ((await stat(target).catch(() => undefined))?.isFile()) mends.push({ path: link.path, file: target });
    else leaving.push(link);
  }
  if (leaving.length > 0) throw leavesFolder(root, leaving);
  return mends;
}

export async function mendLinks(folder: string, mends: readonly LinkMend[]): Promise<void> {
  for (const mend of mends) {
    const at = join(folder, mend.path);
    await rm(at, { force: true });
    if ('file' in mend) await copyFile(mend.file, at);
    else await symlink(mend.text, at);
  }
}

export const isWithin = (root: string, path: string): boolean => path === root || path.startsWith(`${root}${sep}`);

/** It still holds when the folder is moved: its text is relative, and never climbs above the folder. */
function isOwn({ path, text }: Link): boolean {
  return !isAbsolute(text) && !/^\.\.(?:[\\/]|$)/.test(normalize(join(dirname(path), text)));
}

/**
 * As the system follows it: `..` behind another link is not the folder that its text names. A link to another link of the
 * folder leads to that one, which is judged by itself.
 */
async function leadsTo(root: string, folder: string, text: string): Promise<string> {
  const path = isAbsolute(text) ? text : `${folder}${sep}${text}`;
  const near = await realpath(dirname(path)).then(
    (parent) => join(parent, basename(path)),
    () => resolve(path),
  );
  return isWithin(root, near) ? near : realpath(path).catch(() => near);
}

function leavesFolder(root: string, links: readonly Link[]) {
  const named = links.slice(0, 3).map(({ path, text }) => `${path} -> ${text}`);
  const more = links.length > named.length ? ` and ${links.length - named.length} more` : '';
  const isGit = links.some(({ path }) => path === '.git' || path.startsWith('.git/'));
  return userError(
    'link-leaves-folder',
    `Links in ${root} lead out of it, and an agent would write through them: ${named.join(', ')}${more}.`,
    isGit
      ? 'add --copy clone'
      : 'copy what they lead to into the folder, or remove them and let the script of the agent make what it needs',
  );
}

async function linksIn(root: string, leaveOut: string | undefined): Promise<Link[]> {
  const links: Link[] = [];
  const isLeftOut = (path: string): boolean => join(root, path) === leaveOut;
  for await (const { path, entry } of entriesBelow(root, { leaveOut: isLeftOut }))
    if (entry.isSymbolicLink()) links.push({ path, text: await readlink(join(root, path)) });
  return links.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A clone holds what is committed, whatever the work tree has in its place. */
async function committedLinks(root: string): Promise<Link[]> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['-C', root, ...args], { maxBuffer: listBytes })).stdout;
  const links: Link[] = [];
  for (const line of (await git('ls-tree', '-rz', '--full-tree', 'HEAD')).split('\0')) {
    const [, hash, path] = /^120000 blob (\S+)\t([\s\S]+)$/.exec(line) ?? [];
    if (hash !== undefined && path !== undefined) links.push({ path, text: await git('cat-file', 'blob', hash) });
  }
  return links;
}
