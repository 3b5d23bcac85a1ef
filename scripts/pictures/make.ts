/**
 * `npm run pictures`: makes the README's pictures from the built program. Same program, same bytes.
 * `npm run pictures -- FOLDER [80x24]`: pictures of every screen, at four sizes or one, light and dark, into that folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { screenPictures } from './screens.ts';
import { agentPicture, pagePicture, reportPicture, sessionPicture } from './take.ts';

const [screens, size] = process.argv.slice(2);
if (screens === undefined) await makeReadme();
else await screenPictures(screens, size);

async function makeReadme(): Promise<void> {
  const folder = fileURLToPath(new URL('../../.github/pictures/', import.meta.url));
  mkdirSync(folder, { recursive: true });

  const takers = {
    'session.svg': sessionPicture,
    'agents.svg': agentPicture,
    'report.svg': reportPicture,
    'report-page.png': pagePicture,
  };
  for (const [name, take] of Object.entries(takers)) {
    const picture = await take();
    writeFileSync(join(folder, name), picture);
    console.log(`${name}: ${Buffer.byteLength(picture)} bytes`);
  }
}
