/**
 * The package as a stranger gets it: packed from the built checkout, installed from the registry's other packages
 * into an empty folder. Run in the order given: nothing of the checkout is reachable from there.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { version } from '../../src/version.ts';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
/** A shell, because npm is a script of its own on Windows. */
const shell = process.platform === 'win32';

interface Packed {
  tarball: string;
  /** Paths in it, sorted. */
  files: string[];
  /** Bytes, unpacked. */
  bytes: number;
}

/** `npm pack` of what is built: no script runs, so that tests beside this one keep their dist. */
export async function packPackage(folder: string): Promise<Packed> {
  mkdirSync(folder, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await exec('npm', args, { cwd: root, shell, maxBuffer: 2 ** 24 });
  const [packed] = JSON.parse(stdout) as { filename: string; unpackedSize: number; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack said nothing about a package: ${stdout}`);
  return {
    tarball: join(folder, `gapcheck-${version}.tgz`),
    files: packed.files.map(({ path }) => path).sort(),
    bytes: packed.unpackedSize,
  };
}

export interface InstalledPackage {
  name: string;
  version: string;
  /** From the project's folder. */
  path: string;
  manifest: { scripts?: Record<string, string>; dependencies?: Record<string, string>; license?: string };
}

export interface Installed {
  folder: string;
  /** The command as npm linked it. */
  command: string;
  packages: InstalledPackage[];
}

/**
 * `npm install TARBALL` in `folder`, which becomes an empty project. Its own cache and no other settings: what is
 * installed does not depend on whose machine it is. Rejects when the registry cannot be reached, and after `ms`.
 */
export async function installPackage(tarball: string, folder: string, ms = 180_000): Promise<Installed> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"stranger","version":"1.0.0","private":true,"type":"module"}\n');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', tarball];
  await exec('npm', args, { cwd: folder, shell, timeout: ms });
  const lock = readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { version: string; optional?: boolean }> };
  const there = Object.entries(packages).filter(([path]) => existsSync(join(folder, path)));
  return {
    folder,
    command: join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'gapcheck.cmd' : 'gapcheck'),
    packages: there.map(([path, { version: found }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: found,
      path,
      manifest: JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8')),
    })),
  };
}

/** Whether npm failed because no registry answered, and not because of the package. */
export const isOffline = (error: unknown): boolean =>
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT|network)\b/.test(
    `${error instanceof Error ? error.message : ''}${(error as { stderr?: string } | null)?.stderr ?? ''}`,
  );
