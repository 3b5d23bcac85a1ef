/** `npm run pictures`: makes the README's pictures from the built program. Same program, same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pagePicture, reportPicture, sessionPicture } from './take.ts';

const folder = fileURLToPath(new URL('../../.github/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });

const takers = { 'session.svg': sessionPicture, 'report.svg': reportPicture, 'report-page.png': pagePicture };
for (const [name, take] of Object.entries(takers)) {
  const picture = await take();
  writeFileSync(join(folder, name), picture);
  console.log(`${name}: ${Buffer.byteLength(picture)} bytes`);
}
