// Run folders of an unpacked artifact → the results folder: all of them, or all but the locked one.
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [from, to, which, locked] = process.argv.slice(2);
/** Undefined for what is no record: gapcheck itself passes over such a folder. */
function idOf(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8'))?.id;
  } catch {
    return undefined;
  }
}

for (const name of readdirSync(from)) {
  const folder = join(from, name);
  const record = join(folder, 'run.json');
  if (!lstatSync(folder).isDirectory() || !existsSync(record)) continue;
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(name) || (which === 'others' && idOf(record) === locked)) continue;
  if (existsSync(join(to, name))) continue;
  // A link could lead out of the folder.
  cpSync(folder, join(to, name), { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  // A job that was cancelled may have left its locks behind.
  for (const file of readdirSync(join(to, name), { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.lock')) rmSync(join(to, name, file), { force: true });
}
