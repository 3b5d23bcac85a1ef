/**
 * src → dist. The program and the API as one file per entry and one chunk per lazy import, so that a command reads only
 * what it uses; the page that a rater without Node votes in, with its style sheet; source maps beside the code. Plain
 * JavaScript, because it runs before anything is built.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = { absWorkingDir: root, bundle: true, metafile: true, logLevel: 'warning', charset: 'utf8' };

const program = await build({
  ...shared,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: 'dist',
  // Chunks lie beside the entries: what is read relative to `import.meta.url` is then the same for all of them.
  chunkNames: '[name]-[hash]',
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  sourcesContent: false,
});

const page = await build({
  ...shared,
  entryPoints: { 'packet-page': 'src/page/main.ts', 'packet-page-style': 'src/page/page.css' },
  outdir: 'dist/assets',
  entryNames: '[name]',
  minify: true,
  // Safari 16 and Firefox 115: what people who do not update still have.
  target: ['es2022', 'chrome110', 'safari16', 'firefox115'],
  format: 'iife',
  platform: 'browser',
  charset: 'ascii',
  legalComments: 'none',
});

/** Declarations that the API's own reach: nobody can import the others. */
function declared(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, target] of readFileSync(join(root, file), 'utf8').matchAll(
    /(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g,
  ))
    declared(`${join(dirname(file), target)}.d.ts`.replaceAll('\\', '/'), seen);
  return seen;
}

/** What an earlier build left, or nobody can reach, goes: `npm pack` would ship it. */
const made = new Set([program, page].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
const kept = new Set([...made, ...declared('dist/index.d.ts')]);
for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const file = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
  if (entry.isFile() && !kept.has(file)) rmSync(join(root, file));
}
