/// <reference lib="dom" />
/** The packet page in a real browser: the terminal's session, its very votes file, and nothing that leaves. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPageAssets } from '../../src/app/score/page-assets.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import { assistantNames, vendorNames } from '../../src/blind/mask-names.ts';
import { packetText, readPacket } from '../../src/blind/packet.ts';
import { packetPage } from '../../src/blind/packet-page.ts';
import { createPacketPort } from '../../src/blind/packet-port.ts';
import { createSessionEngine } from '../../src/blind/session/engine.ts';
import { hashing } from '../../src/store/hashing.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { complaintsOf, hasBrowser, launchBrowser, quietBrowser } from '../helpers/browser.ts';
import { keyToFrame, ready, samplePacketHead, writePage } from '../helpers/packet-page.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { jsonBallot, longText, ticketBallot, toolBallot } from '../helpers/sample-ballots.ts';
import { makeAnsweredRun, secrets, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const laptop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const hostile =
  '</script><script>window.owned = 1</script><img src=x onerror="window.owned = 1"><svg onload="window.owned=1"> [me](javascript:window.owned=1) <!-- \u202egnp.exe\u2066';

/** The page's data as anybody who opens the source finds it. */
const dataOf = (html: string): string => /id="packet">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
const scriptOf = (html: string): string => /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';

describe('the bytes of a page', () => {
  const head = { ...samplePacketHead, rater: 'mar<ia' };
  const tricky: Ballot = {
    ...ticketBallot,
    left: { kind: 'text', text: hostile },
    right: { kind: 'text', text: '\ud800' },
  };
  const page = (ballots: readonly Ballot[]) => packetPage(head, ballots, readPageAssets(), hashing.sha256);

  it('hold the packet itself, and no way out of its tag', () => {
    const html = page([tricky, toolBallot]);
    expect(readPacket(dataOf(html), 'page')).toEqual(JSON.parse(packetText(head, [tricky, toolBallot])));
    expect(dataOf(html)).not.toMatch(/[<\u202e\u2066]/);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(page([tricky, toolBallot])).toBe(html);
  });

  it('are few without the ballots, and name no model', () => {
    const html = page([]);
    expect(Buffer.byteLength(html)).toBeLessThan(1e6);
    const names = [...assistantNames, ...vendorNames].filter((name) => name.length > 4);
    for (const name of [...names, ...secrets]) expect(scriptOf(html).toLowerCase()).not.toContain(name.toLowerCase());
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).toContain("default-src 'none'");
  });

  it('refuse a script that would end its own tag', () => {
    expect(() => packetPage(head, [], { script: 'x="</script>"', style: '' }, hashing.sha256)).toThrow('its own tag');
  });
});

describe.skipIf(!hasBrowser)('voting on a page (skipped where there is no Chromium)', { timeout: 120_000 }, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-packet-'));
  const at = (...parts: string[]): string => join(folder, ...parts);

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openPage(context: BrowserContext, file: string) {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints = complaintsOf(page, file);
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  /** A rater's finger or keys, doing the same. */
  interface Hand {
    press(page: Page, key: string): Promise<void>;
  }
  const keyboard: Hand = { press: (page, key) => page.keyboard.press(key === 'space' ? ' ' : key) };
  const finger: Hand = {
    async press(page, key) {
      const words: Record<string, string> = {
        Enter: '.main:visible',
        1: '.choices button >> nth=0',
        2: '.choices button >> nth=1',
      };
      const help = ['i', 'x', 'm', 'z'].includes(key);
      if (help) await page.tap('[data-key="?"]');
      if (help) return page.tap(`.help div:has(kbd:text-is("${key}")) button`);
      await page.tap(words[key] ?? (key === 'l' ? '.choices button >> nth=0' : `[data-key="${key}"]:visible`));
    },
  };

  async function vote(page: Page, hand: Hand, key: string, then: string | RegExp): Promise<void> {
    await ready(page);
    await hand.press(page, key);
    await page.getByText(then).first().waitFor();
  }

  /** Six ballots with everything a rater may do, a reload in the middle. */
  async function wholeSession(page: Page, hand: Hand): Promise<void> {
    await hand.press(page, 'Enter');
    await vote(page, hand, 'd', /ballot 2/);
    await hand.press(page, 'u');
    await page.getByText('The vote is undone').waitFor();
    await hand.press(page, 'n');
    await page.fill('#overlay-field', 'Said “thank you” – twice ✓');
    await hand.press(page, 'Enter');
    await vote(page, hand, 'f', /ballot 2/);
    await vote(page, hand, 'space', /ballot 3/);
    await page.reload();
    await page.getByText('Welcome back').waitFor();
    await hand.press(page, 'Enter');
    await page.getByText(/ballot 3/).waitFor();
    await hand.press(page, 'i');
    await hand.press(page, 'l');
    await hand.press(page, '2');
    await vote(page, hand, 'k', /ballot 4/);
    await hand.press(page, 's');
    await hand.press(page, '1');
    await vote(page, hand, 'j', /ballot 6/);
    await vote(page, hand, 'b', 'That was the last ballot');
    await hand.press(page, 'Enter');
    await page.getByText('You see 5 ballots again').waitFor();
    await hand.press(page, 'Enter');
    for (const [done, key] of ['f', 'space', 'j', 'f'].entries()) {
      await page.getByText(`${done + 1} of 5`).waitFor();
      await page.waitForTimeout(450);
      await hand.press(page, key);
    }
    await page.getByText('5 of 5').waitFor();
    await hand.press(page, 'q');
    await page.getByText('Your 5 votes and 1 skip are final').waitFor();
  }

  /** The same keys through the terminal's engine, on its clock, into its file: bytes must come out alike. */
  async function sameInTerminal(packetFile: string, votesFile: string, wanted: string): Promise<void> {
    const [header = '', ...lines] = wanted.trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { at: string; ms?: number });
    const packet = readPacket(readFileSync(packetFile, 'utf8'), packetFile);
    const writer = openVotesFile(
      votesFile,
      { id: packet.run, keyCommitment: packet.keyCommitment, token: packet.token },
      packet.rater,
      'plain',
      JSON.parse(header).at,
    );
    let clock = 0;
    let written = 0;
    const session = () =>
      createSessionEngine(
        packet.rater,
        createPacketPort(packet, writer, () => new Date(rows[written++]?.at ?? 0)),
        () => clock,
      );
    let engine = session();
    const seen = { top: 0, end: true };
    const press = async (...keys: string[]): Promise<void> => {
      engine.viewed({ type: 'viewed', mode: 'beside', height: 20, left: seen, right: seen });
      for (const key of keys) await engine.dispatch({ type: 'key', at: clock, key, text: key });
    };
    const castAgain = async (key: string, readBefore: number): Promise<void> => {
      await engine.dispatch({ type: 'tick', at: clock });
      clock += (rows[written]?.ms ?? 0) - readBefore;
      await press(key);
    };
    const cast = (key: string): Promise<void> => castAgain(key, 0);
    await cast('d');
    await press('u', 'n', 'Said “thank you” – twice ✓', 'enter');
    await castAgain('f', rows[0]?.ms ?? 0);
    await cast('space');
    engine = session();
    await engine.dispatch({ type: 'tick', at: clock });
    await press('i', 'l', '2');
    await cast('k');
    clock += rows[written]?.ms ?? 0;
    await press('s', '1');
    await cast('j');
    await cast('b');
    await press('enter', 'enter');
    for (const key of ['f', 'space', 'j', 'f']) {
      clock += 450;
      await press(key);
    }
    await press('q');
    writer.close();
    expect(engine.state().phase).toBe('end');
  }

  const reportOf = async (cwd: string): Promise<Record<string, unknown>> => {
    const { out, code } = await gapcheck(['report', '--json'], { cwd });
    expect(code).toBe(0);
    return { ...JSON.parse(out), generatedAt: '' };
  };

  it.each([
    ['keyboard', keyboard, laptop],
    ['touch', finger, phone],
  ] as const)('by %s: a whole packet, saved, merged, and the terminal’s own votes', async (name, hand, device) => {
    const cwd = at(name);
    makeAnsweredRun(cwd, ticketAnswers(6));
    expect((await gapcheck(['packet', '--rater', 'maria', '-o', 'maria.html'], { cwd })).out).toContain(
      'opens the page, votes, and sends you the file it saves',
    );
    await gapcheck(['packet', '--rater', 'maria', '-o', 'maria.json'], { cwd });
    cpSync(cwd, at(`${name}-terminal`), { recursive: true });
    const html = readFileSync(join(cwd, 'maria.html'), 'utf8');
    for (const secret of secrets) expect(html.toLowerCase()).not.toContain(secret.toLowerCase());

    const context = await browser.newContext({ ...device, acceptDownloads: true });
    const { page, complaints } = await openPage(context, join(cwd, 'maria.html'));
    await wholeSession(page, hand);
    expect(await page.textContent('.save')).toContain('6 not saved to a file');
    const download = page.waitForEvent('download');
    await hand.press(page, 'Enter');
    await page.click('text=Save to a file');
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('maria.votes.jsonl');
    await saved.saveAs(join(cwd, 'maria.votes.jsonl'));
    await page.getByText('Everything is saved to a file.').waitFor();
    expect(await page.textContent('.save')).toBe('Save votes');
    expect(complaints).toEqual([]);
    await context.close();

    const bytes = readFileSync(join(cwd, 'maria.votes.jsonl'), 'utf8');
    const other = at(`${name}-terminal`);
    await sameInTerminal(join(other, 'maria.json'), join(other, 'maria.votes.jsonl'), bytes);
    expect(readFileSync(join(other, 'maria.votes.jsonl'), 'utf8')).toBe(bytes);
    const merged = await gapcheck(['merge', 'maria.votes.jsonl'], { cwd });
    expect(merged).toMatchObject({ code: 0, err: expect.stringMatching(/^Run \S+-tickets\n$/) });
    expect(merged.out).toContain('maria: 5 votes, 1 skip, 5 new as evidence');
    expect(await gapcheck(['merge', 'maria.votes.jsonl'], { cwd: other })).toMatchObject({ code: 0 });
    expect(await reportOf(cwd)).toEqual(await reportOf(other));
  });

  it('a half-finished file is merged, and what was voted later comes with the next one', async () => {
    const cwd = at('half');
    makeAnsweredRun(cwd, ticketAnswers(3));
    await gapcheck(['packet', '--rater', 'maria', '-o', 'maria.html'], { cwd });
    const context = await browser.newContext({ ...laptop, acceptDownloads: true });
    const { page, complaints } = await openPage(context, join(cwd, 'maria.html'));
    const save = async (name: string): Promise<void> => {
      await page.click('.save');
      const download = page.waitForEvent('download');
      await page.click('text=Save to a file');
      await (await download).saveAs(join(cwd, name));
      await page.keyboard.press('Escape');
    };
    await page.keyboard.press('Enter');
    await vote(page, keyboard, 'f', 'ballot 2');
    await save('one.jsonl');
    expect((await gapcheck(['merge', 'one.jsonl'], { cwd })).out).toContain('maria: 1 vote, 1 new as evidence');
    await page.keyboard.press('u');
    await page.getByText('The vote is undone').waitFor();
    await vote(page, keyboard, 'k', 'ballot 2');
    await vote(page, keyboard, 'j', 'ballot 3');
    expect(await page.textContent('.save')).toContain('2 not saved to a file');
    await save('two.jsonl');
    expect((await gapcheck(['merge', 'two.jsonl'], { cwd })).out).toContain('maria: 2 votes, 2 new as evidence');
    expect((await gapcheck(['merge', 'one.jsonl'], { cwd })).out).toContain('nothing new');
    expect((await gapcheck(['report', '--json'], { cwd })).code).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  const packetFile = (name: string, ballots: readonly Ballot[]): string => writePage(at(`${name}.html`), ballots);

  it('counts a vote after 1.5 seconds and at the end of both answers, and a held key once', async () => {
    const long: Ballot = { ...ticketBallot, left: { kind: 'text', text: longText(20_000) } };
    const context = await browser.newContext(laptop);
    const { page, complaints } = await openPage(context, packetFile('long', [long, toolBallot, jsonBallot]));
    await page.keyboard.press('Enter');
    await page.keyboard.press('f');
    await page.getByText('No vote yet').waitFor();
    await page.waitForTimeout(1_600);
    await page.keyboard.press('f');
    await page.getByText('Read to the end first: LEFT goes on below').waitFor();
    for (let tries = 0; tries < 20 && (await page.locator('.left .more').textContent()) !== ''; tries += 1) {
      await page.keyboard.press('End');
      await page.waitForTimeout(60);
    }
    await ready(page);
    await page.keyboard.down('f');
    await page.getByText('ballot 2').waitFor();
    await page.waitForTimeout(1_700);
    await page.keyboard.down('f');
    await page.keyboard.up('f');
    expect(await page.textContent('.where')).toContain('ballot 2');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps votes through a crash and a closed tab, and sees another tab', async () => {
    const context = await browser.newContext(laptop);
    const file = packetFile('kept', [ticketBallot, toolBallot, jsonBallot]);
    const { page } = await openPage(context, file);
    await page.keyboard.press('Enter');
    await vote(page, keyboard, 'f', 'ballot 2');
    const crashed = page.waitForEvent('crash');
    const session = await context.newCDPSession(page);
    void session.send('Page.crash').catch(() => {});
    await crashed;
    await page.close();
    const { page: second } = await openPage(context, file);
    await second.getByText('1 vote so far').waitFor();
    await second.keyboard.press('Enter');
    const { page: third } = await openPage(context, file);
    await third.keyboard.press('Enter');
    await vote(third, keyboard, 'j', 'ballot 3');
    await ready(second);
    await second.keyboard.press('d');
    await second.getByText('You have voted in another tab').waitFor();
    await context.close();
  });

  it('keeps every vote through a browser that is killed at once', async () => {
    const file = packetFile('killed', [ticketBallot, toolBallot, jsonBallot]);
    using profile = tempDir();
    const open = () => chromium.launchPersistentContext(profile.path, { ...laptop, ...quietBrowser });
    const context = await open();
    const { page } = await openPage(context, file);
    await page.keyboard.press('Enter');
    await vote(page, keyboard, 'f', 'ballot 2');
    await vote(page, keyboard, 'j', 'ballot 3');
    const pids = execFileSync('pgrep', ['-f', profile.path], { encoding: 'utf8' }).trim().split('\n');
    for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
    await context.close().catch(() => undefined);
    rmSync(join(profile.path, 'SingletonLock'), { force: true });
    const again = await open();
    const { page: second } = await openPage(again, file);
    await second.getByText('2 votes so far').waitFor();
    await again.close();
  });

  it('goes on elsewhere from a saved file, and takes no stranger’s', async () => {
    const file = packetFile('moved', [ticketBallot, toolBallot, jsonBallot]);
    const one = await browser.newContext(laptop);
    const { page } = await openPage(one, file);
    await page.keyboard.press('Enter');
    await vote(page, keyboard, 'f', 'ballot 2');
    await page.keyboard.press('q');
    const text = await page.inputValue('#votes-text');
    await one.close();
    writeFileSync(at('moved.votes.jsonl'), text);
    expect(readVotesFile(at('moved.votes.jsonl'))?.lines).toHaveLength(1);
    writeFileSync(
      at('patched.votes.jsonl'),
      `${text.replace('"choice":"left"', '"choice":"right"')}${text.split('\n')[1]}\n`,
    );
    writeFileSync(at('stranger.votes.jsonl'), text.replace('"rater":"maria"', '"rater":"jo"'));
    const two = await browser.newContext(laptop);
    const { page: other, complaints } = await openPage(two, file);
    await other.click('.save');
    await other.click('text=Continue from a saved file');
    await other.setInputFiles('#votes-file', at('stranger.votes.jsonl'));
    await other.getByText('belong to another packet').waitFor();
    await other.setInputFiles('#votes-file', at('patched.votes.jsonl'));
    await other.getByText('changed or cut off').waitFor();
    await other.setInputFiles('#votes-file', at('moved.votes.jsonl'));
    await other.getByText('1 vote so far').waitFor();
    expect(complaints).toEqual([]);
    await two.close();
  });

  it('keeps hostile prompts and answers as text', async () => {
    const huge = `${hostile} ${'wörd'.repeat(50_000)}`;
    const bad: Ballot = {
      id: 'b_0000000000000009',
      task: hostile,
      prompt: { messages: [{ role: 'user', content: hostile, name: hostile }] },
      left: { kind: 'text', text: `# ${hostile}\n- ${hostile}\n\`\`\`html\n${hostile}\n\`\`\`\n${huge}` },
      right: { kind: 'text', text: JSON.stringify({ a: hostile }), toolCalls: [{ name: hostile, arguments: hostile }] },
    };
    const context = await browser.newContext(laptop);
    const { page, complaints } = await openPage(context, packetFile('hostile', [bad]));
    await page.keyboard.press('Enter');
    await page.keyboard.press('p');
    expect(await page.textContent('.overlay .text')).toContain('<img src=x onerror=');
    await page.keyboard.press('p');
    expect(await page.textContent('.left .text')).toContain('</script><script>window.owned = 1');
    expect(await page.textContent('.right .text')).toContain('javascript:window.owned=1');
    expect(await page.textContent('main')).not.toMatch(/[\u202e\u2066]/);
    expect(await page.$$eval('img, svg, iframe, object, a', (all) => all.length)).toBe(0);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows the rules of the prompt above the answers, as the terminal does', async () => {
    const rules = 'You answer customers of an invoicing app. Never promise a refund.';
    const asked = 'When do I get my 49 EUR back?';
    const ballot: Ballot = {
      ...ticketBallot,
      prompt: {
        ...ticketBallot.prompt,
        messages: [
          { role: 'system', content: rules },
          { role: 'user', content: asked },
        ],
      },
    };
    const context = await browser.newContext(laptop);
    const { page } = await openPage(context, packetFile('rules', [ballot]));
    await page.keyboard.press('Enter');
    const shown = page.locator('.rules');
    expect(await shown.isVisible()).toBe(true);
    expect(await shown.textContent()).toBe(`Rules: ${rules}`);
    const [text, answers] = [await shown.boundingBox(), await page.locator('.left .text').boundingBox()];
    expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual(answers?.y ?? 0);
    expect(await page.textContent('body')).toContain(asked);
    await context.close();
  });

  it('shows tool calls, JSON and code as such, jumps through differences and shows raw text', async () => {
    const near: Ballot = {
      ...ticketBallot,
      left: { kind: 'text', text: 'Alike **one** two' },
      right: { kind: 'text', text: 'Alike **uno** two' },
    };
    const context = await browser.newContext(laptop);
    const { page } = await openPage(context, packetFile('shown', [near, toolBallot]));
    await page.keyboard.press('Enter');
    await page.keyboard.press('x');
    expect(await page.$$eval('.here', (all) => all.map((row) => row.textContent))).toEqual([
      'Alike one two',
      'Alike uno two',
    ]);
    expect(await page.evaluate(() => [...CSS.highlights.values()].flatMap((mark) => [...mark].map(String)))).toEqual([
      'one',
      'uno',
    ]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.here').count()).toBe(0);
    await page.keyboard.press('m');
    expect(await page.textContent('.left .text')).toBe('Alike **one** two');
    await vote(page, keyboard, 'b', 'ballot 2');
    expect(await page.textContent('.left .label')).toBe('→ calls find_room');
    expect(await page.textContent('.left pre')).toContain('"seats": 6');
    expect(await page.textContent('.right pre')).toMatch(/^def book/);
    await page.keyboard.press('x');
    expect(await page.locator('.here').count()).toBe(2);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    const context = await browser.newContext({ ...laptop, colorScheme });
    const { page, complaints } = await openPage(context, packetFile(`axe-${colorScheme}`, [toolBallot]));
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    await page.evaluate(axe.source);
    const problems = async (where: string): Promise<void> => {
      const { violations } = await page.evaluate(
        (values) => (window as unknown as { axe: typeof axe }).axe.run({ runOnly: { type: 'tag', values } }),
        tags,
      );
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    };
    await problems('welcome');
    await page.keyboard.press('Enter');
    await problems('ballot, not yet');
    await ready(page);
    await problems('ballot');
    for (const key of ['?', 'n', 's', 'i', 'p', 'z']) {
      await page.keyboard.press(key);
      await problems(`overlay ${key}`);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('q');
    await problems('save');
    await page.keyboard.press('Escape');
    await page.keyboard.press('d');
    await page.getByText('That was the last ballot').waitFor();
    await problems('last');
    await page.keyboard.press('Enter');
    await page.getByText('You see one ballot again').waitFor();
    await page.keyboard.press('Enter');
    await problems('guess');
    await page.waitForTimeout(450);
    await page.keyboard.press('f');
    await page.getByText('Your 1 vote is final').waitFor();
    await problems('end');
    await page.setViewportSize(phone.viewport);
    await problems('end on a phone');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is walked through by Tab in the order one reads, and single keys can be switched off', async () => {
    const context = await browser.newContext(laptop);
    const { page } = await openPage(context, packetFile('tab', [ticketBallot, toolBallot]));
    await page.keyboard.press('Enter');
    const stops: string[] = [];
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute('data-key') ?? document.activeElement?.className ?? '',
        ),
      );
    }
    expect(stops).toEqual(['save', 'whole', 'scroller', 'scroller', 'd', 'f', 'space', 'b', 'j', 'k', 'n', 's']);
    await page.keyboard.press('?');
    await page.uncheck('#shortcuts');
    await page.click('text=Back to the answers');
    await ready(page);
    await page.keyboard.press('f');
    expect(await page.textContent('.where')).toContain('ballot 1');
    await page.focus('[data-key="f"]');
    await page.keyboard.press('Enter');
    await page.getByText('ballot 2').waitFor();
    await context.close();
  });

  it('fits a phone, and two answers of 100 KB come up without a wait', async () => {
    const big = (id: number): Ballot => ({
      ...ticketBallot,
      id: `b_000000000000001${id}`,
      left: { kind: 'text', text: longText(100_000) },
      right: { kind: 'text', text: longText(100_000, 'It works again.') },
    });
    const context = await browser.newContext(phone);
    const file = packetFile('big', [ticketBallot, big(1)]);
    expect(statSync(file).size).toBeLessThan(1e6);
    const { page, complaints } = await openPage(context, file);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.mouse.wheel(0, 2_000);
    await page.keyboard.press('End');
    await ready(page);
    // A generous bar: the bench has the real one.
    expect(await keyToFrame(page, 'f')).toBeLessThan(1_000);
    expect(await page.textContent('.where')).toContain('ballot 2');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
