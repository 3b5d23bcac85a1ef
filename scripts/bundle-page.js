/**
 * Bundles the page that a rater without Node votes in: src/page and the pure rooms it uses → dist/assets. Plain
 * JavaScript, because it runs before anything is built.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: { 'packet-page': 'src/page/main.ts', 'packet-page-style': 'src/page/page.css' },
  outdir: 'dist/assets',
  entryNames: '[name]',
  bundle: true,
  minify: true,
  // Safari 16 and Firefox 115: what people who do not update still have.
  target: ['es2022', 'chrome110', 'safari16', 'firefox115'],
  format: 'iife',
  platform: 'browser',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});
