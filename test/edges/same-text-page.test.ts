/// <reference lib="dom" />
/** Terminal and page show the same text of the same answer: 200 random answers, in both views. */
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOut } from '../../src/blind/screen/panes.ts';
import { answerBlocks } from '../../src/blind/shown-text.ts';
import type { Side, View } from '../../src/records/vote-lines.ts';
import { hasBrowser, launchBrowser } from '../helpers/browser.ts';
import { writePage } from '../helpers/packet-page.ts';
import { randomAnswer } from '../helpers/random-answers.ts';
import { ticketBallot } from '../helpers/sample-ballots.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const wide = 400;

/** Blanks, borders of code and quotations, rules and the marks of code and headings are each medium's own. */
const bare = (text: string): string =>
  text
    .replace(/^(?:┌╴[\w+#.-]{0,30}|└╴|─────)$/gm, '')
    .replace(/^(?:│ |▏ |┌╴)/gm, '')
    .replace(/[\s`]/gu, '');

function onTerminal(text: string, view: View): string {
  const laidOut = layOut(answerBlocks({ kind: 'text', text }, view), wide);
  // Lines are put together as they were: a long one breaks in the terminal alone.
  return bare(
    laidOut
      .lines(0, 100_000)
      .map((line) => line.map((part) => part.text).join(''))
      .join('\n'),
  );
}

const onPage = (page: Page, side: Side): Promise<string> =>
  page.evaluate(
    (name) => [...document.querySelectorAll(`.pane.${name} .text`)].map((box) => box.textContent ?? '').join('\n'),
    side,
  );

/** The rest of a long answer is made while nothing else happens. */
const allLines = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.pane .end')].every((end) => !end.hidden));

describe.skipIf(!hasBrowser)('terminal and page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('show the same text of 200 random answers', async () => {
    using dir = tempDir();
    const answers = fc.sample(randomAnswer, { numRuns: 200, seed: 20_261_127 });
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    for (let at = 0; at < answers.length; at += 2) {
      const [left = '', right = ''] = answers.slice(at, at + 2);
      const file = writePage(dir.at(`${at}.html`), [
        { ...ticketBallot, left: { kind: 'text', text: left }, right: { kind: 'text', text: right } },
      ]);
      await page.goto(pathToFileURL(file).href);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.pane.left .text *', { state: 'attached' });
      await allLines(page);
      const first = (await page.textContent('[data-key="m"] .does')) === 'unformatted' ? 'plain' : 'raw';
      for (const view of [first, first === 'plain' ? 'raw' : 'plain'] as const) {
        if (view !== first) await page.click('[data-key="m"]');
        await allLines(page);
        expect(bare(await onPage(page, 'left')), `answer ${at}, ${view}`).toBe(onTerminal(left, view));
        expect(bare(await onPage(page, 'right')), `answer ${at + 1}, ${view}`).toBe(onTerminal(right, view));
      }
    }
  }, 180_000);
});
