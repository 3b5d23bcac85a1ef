/** The page's script and style sheet, as `npm run build` bundles them from src/page. */
import { existsSync, readFileSync } from 'node:fs';
import type { PageAssets } from '../../blind/packet-page.ts';
import { exitCodes, GapcheckError } from '../../errors.ts';
import { packageFile } from '../../version.ts';

/** Throws when gapcheck runs from source and was never built. */
export function readPageAssets(): PageAssets {
  return { script: readAsset('packet-page.js'), style: readAsset('packet-page-style.css') };
}

function readAsset(name: string): string {
  const path = packageFile(`dist/assets/${name}`);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  throw new GapcheckError('no-page', `The page's ${name} is missing from this installation.`, {
    exitCode: exitCodes.userCanFix,
    hint: 'npm install -g gapcheck, or npm run build in a clone',
  });
}
