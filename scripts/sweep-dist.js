/**
 * Deletes what an earlier build left in dist and no source makes any more: `npm pack` would ship it. The compiler
 * writes over the rest in place, so that a gapcheck that is running keeps its files.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (folder) => fileURLToPath(new URL(`../${folder}`, import.meta.url));
const [dist, src] = [at('dist'), at('src')];

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  const source = join(src, file.slice(dist.length + 1).replace(/(\.d\.ts|\.js)$/, '.ts'));
  const bundled = file.startsWith(join(dist, 'assets'));
  if (entry.isFile() && !bundled && !existsSync(source)) rmSync(file);
}
