/** The packet page: how long a key takes to the next ballot's frame, and how large the page is without its ballots. */
import { statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Ballot } from '../../src/blind/ballot.ts';
import { hasBrowser, launchBrowser } from '../helpers/browser.ts';
import { keyToFrame, ready, writePage } from '../helpers/packet-page.ts';
import { longText, ticketBallot } from '../helpers/sample-ballots.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { atMost, latin, type Row, wide } from './row.ts';

const big = 100_000;
const votes = 11;

const ballotsOf = (words: [string, string]): Ballot[] =>
  Array.from({ length: votes + 1 }, (_, at) => ({
    ...ticketBallot,
    id: `b_${String(at).padStart(16, '0')}` as const,
    left: { kind: 'text', text: longText(big, `${words[0]} ${at}`) },
    right: { kind: 'text', text: longText(big, `${words[1]} ${at}`) },
  }));

/** Median over ballots, each read to its end by a key. */
async function keyToBallot(words: [string, string]): Promise<number> {
  using dir = tempDir();
  const file = writePage(dir.at('maria.html'), ballotsOf(words));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(pathToFileURL(file).href);
    await page.keyboard.press('Enter');
    const times: number[] = [];
    for (let at = 0; at < votes; at += 1) {
      await page.waitForSelector(`text=ballot ${at + 1}`);
      for (let tries = 0; tries < 40 && (await page.locator('.more:text("more")').count()) > 0; tries += 1) {
        await page.keyboard.press('End');
        await page.waitForTimeout(50);
      }
      await ready(page);
      times.push(await keyToFrame(page, 'f'));
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  } finally {
    await browser.close();
  }
}

async function pageSize(): Promise<number> {
  using dir = tempDir();
  return statSync(writePage(dir.at('maria.html'), [])).size / 1e6;
}

export const rows: Row[] = [
  atMost('packet page without its ballots', 'MB', 1, pageSize),
  ...(hasBrowser
    ? [
        atMost('packet page: key to next ballot, two 100 KB answers', 'ms', 50, () => keyToBallot(latin)),
        atMost('packet page: key to next ballot, two 100 KB answers of wide and combined characters', 'ms', 50, () =>
          keyToBallot(wide),
        ),
      ]
    : []),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, run } of rows) console.log(name, await run());
}
