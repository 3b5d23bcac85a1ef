/// <reference lib="dom" />
/** Images of prompts on the voting page, and a language that its rater leaves out: asked of nobody, saved as in a terminal. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPacketPort } from '../../src/app/score/packet-session.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { BallotId } from '../../src/records/ids.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { complaintsOf, hasBrowser, launchBrowser } from '../helpers/browser.ts';
import { ready, samplePacketHead, writePage } from '../helpers/packet-page.ts';
import { ticketBallot } from '../helpers/sample-ballots.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** A picture of 2 × 1 pixels. */
const gif = 'R0lGODlhAgABAIAAAP8AAP///yH5BAAAAAAALAAAAAACAAEAAAICBAoAOw==';
const text = (words: string) => ({ type: 'text' as const, text: words });
const image = (value: object) => ({ type: 'media' as const, media: 'image', value: value as never });

const ballot = (at: number, language: string, content: Ballot['prompt']['messages'][0]['content']): Ballot => ({
  ...ticketBallot,
  id: `b_${String(at).padStart(16, '0')}` as BallotId,
  language,
  prompt: { messages: [{ role: 'user', content }] },
});

const ballots: readonly Ballot[] = [
  ballot(1, 'German', 'Wie kündige ich mein Konto?'),
  ballot(2, 'English', [
    text('What is in this picture?'),
    image({ type: 'image_url', image_url: { url: `data:image/gif;base64,${gif}` } }),
    image({ type: 'image_url', image_url: { url: 'https://example.org/never-asked-for.png' } }),
  ]),
  ballot(3, 'English', 'Name three rivers, please.'),
];

describe.skipIf(!hasBrowser)('the voting page (skipped where there is no Chromium)', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('shows images of prompts without a request, leaves a language out, and saves what a terminal would', async () => {
    using dir = tempDir();
    const file = writePage(dir.at('maria.html'), ballots);
    expect(readFileSync(file, 'utf8')).toContain('img-src data:;');
    const page = await browser.newPage();
    const complaints = complaintsOf(page, file);
    // What a page draws of its own bytes is no request to anybody.
    const asked = () => complaints.filter((each) => !each.startsWith('request: data:image/gif'));
    await page.goto(pathToFileURL(file).href);
    await page.getByText('Prompt languages: English 2, German 1 ("Wie kündige ich mein Ko…").').waitFor();
    await page.getByText('Leave out a language').click();
    await page.getByLabel('Leave out English, 2 prompts').check();
    await page.getByLabel('Leave out German, 1 prompt').check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Keep some prompts to read.').waitFor();
    await page.getByLabel('Leave out English, 2 prompts').uncheck();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/ballot 1 · at most 2 to go/).waitFor();
    const widths = () =>
      page.$$eval('.prompt .images img', (all) => all.map((each) => (each as HTMLImageElement).naturalWidth));
    await expect.poll(widths).toEqual([2]);
    await page.keyboard.press('p');
    await page.getByText('[image, not shown]').last().waitFor();
    expect(await page.$$eval('dialog img', (all) => all.length)).toBe(1);
    await page.keyboard.press('p');
    await ready(page);
    await page.keyboard.press('f');
    await page.getByText(/ballot 2 · at most 1 to go/).waitFor();
    expect(await widths()).toEqual([]);
    await page.reload();
    await page.getByText('1 vote so far').waitFor();
    expect(await page.getByText('Leave out a language').count()).toBe(0);
    await page.keyboard.press('Enter');
    await ready(page);
    await page.keyboard.press('b');
    await page.getByText('That was the last ballot').waitFor();
    const bytes = await page.evaluate(() => {
      const key = Object.keys(localStorage).find(
        (name) => name.startsWith('gapcheck votes') && !name.endsWith('saved'),
      );
      return localStorage.getItem(key ?? '') ?? '';
    });
    expect(asked()).toEqual([]);
    await page.close();

    const rows = bytes
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.slice(1).map(({ leaveOut, ballot: id, choice }) => leaveOut ?? [id, choice])).toEqual([
      ['German'],
      ['b_0000000000000002', 'left'],
      ['b_0000000000000003', 'both-bad'],
    ]);
    const { run, rater, keyCommitment, token } = samplePacketHead;
    const writer = openVotesFile(dir.at('t.jsonl'), { id: run, keyCommitment, token }, rater, 'plain', rows[0].at);
    let at = 1;
    const port = createPacketPort(
      { ...samplePacketHead, kind: 'packet', schema: 2, ballots: [...ballots] },
      writer,
      () => new Date(rows[at]?.at),
    );
    await port.append({ kind: 'leave-out', names: ['German'] });
    for (at = 2; at < 4; at += 1) {
      const next = await port.next();
      if (!('ballot' in next)) throw new Error('no ballot');
      const { choice, retry, ms, view } = rows[at];
      await port.append({ kind: 'vote', vote: { ballot: next.ballot.id, choice, retry, view, ms } });
    }
    writer.close();
    expect(readFileSync(dir.at('t.jsonl'), 'utf8')).toBe(bytes);
  });

  it('asks for no permission to show images where no prompt has one', () => {
    using dir = tempDir();
    expect(readFileSync(writePage(dir.at('maria.html'), [ballots[2] as Ballot]), 'utf8')).not.toContain('img-src');
  });
});
