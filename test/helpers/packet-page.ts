/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { readPageAssets } from '../../src/app/score/page-assets.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { PacketHead } from '../../src/blind/packet.ts';
import { packetPage } from '../../src/blind/packet-page.ts';
import { hashing } from '../../src/store/hashing.ts';

export const samplePacketHead: PacketHead = {
  run: 'r_0000000000000001',
  rater: 'maria',
  keyCommitment: 'ab'.repeat(32),
  token: 'cd'.repeat(32),
};

/** The page of these ballots as `gapcheck packet` writes it, in a file. */
export function writePage(file: string, ballots: readonly Ballot[]): string {
  writeFileSync(file, packetPage(samplePacketHead, ballots, readPageAssets(), hashing.sha256));
  return file;
}

/** Waits until a vote counts: long enough on screen, read to its end. */
export const ready = (page: Page) => page.waitForSelector('.vote[aria-disabled="false"]');

/** Milliseconds from a vote's key to the frame that shows the next ballot: the vote is on the disk before. In the page. */
export async function keyToFrame(page: Page, key: string): Promise<number> {
  // The benches run through a transform that keeps the names of functions by a call of this one.
  await page.evaluate('globalThis.__name ??= (named) => named');
  return page.evaluate(
    (pressed) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const where = (): string => document.querySelector('.where')?.textContent ?? '';
        const before = where();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
        requestAnimationFrame(function look() {
          if (where() === before) return void requestAnimationFrame(look);
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - start);
          painted.port2.postMessage(0);
        });
      }),
    key,
  );
}
