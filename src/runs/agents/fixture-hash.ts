/** What a folder holds, as one hash: half of a run on one fixture and half on another would compare nothing. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { entriesBelow } from './folder-entries.ts';
import { isWithin } from './links.ts';

/** SHA-256, hex, over names, kinds and contents, those of linked files outside included; a repository's own files and the folder `leaveOut` are left out. */
export async function fixtureHash(source: string, leaveOut?: string): Promise<string> {
  const whole = createHash('sha256');
  const root = await realpath(source);
  for (const path of await pathsIn(root, leaveOut)) {
    const at = join(root, path);
    const found = await lstat(at);
    if (found.isSymbolicLink()) whole.update(`link ${path} ${await readlink(at)}\0`);
    if (!found.isFile() && !(found.isSymbolicLink() && (await leadsToFileOutside(root, at)))) continue;
    const { mode } = await stat(at);
    const content = createHash('sha256');
    await pipeline(createReadStream(at), content);
    whole.update(`file ${path} ${(mode & 0o100) !== 0} ${content.digest('hex')}\0`);
  }
  return whole.digest('hex');
}

async function leadsToFileOutside(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  return target !== undefined && !isWithin(root, target) && (await stat(target)).isFile();
}

async function pathsIn(root: string, leaveOut: string | undefined): Promise<string[]> {
  const paths: string[] = [];
  const isLeftOut = (path: string): boolean => path === '.git' || join(root, path) === leaveOut;
  for await (const { path } of entriesBelow(root, { leaveOut: isLeftOut })) paths.push(path);
  return paths.sort();
}
