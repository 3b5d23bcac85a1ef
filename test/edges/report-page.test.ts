/// <reference lib="dom" />
/** The HTML report in a real browser: nothing leaves, nothing errs, strangers' text stays text. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../src/report/model.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { htmlReport } from '../../src/report/to-html.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { decidedInput } from '../helpers/decided-report.ts';
import { demoTasks, fullInput, reportInput, sealedInput } from '../helpers/report-input.ts';
import { htmlTools } from '../helpers/report-tools.ts';

const browserPath = '/usr/bin/chromium';
const missing = !existsSync(browserPath);
if (missing) console.warn(`No Chromium at ${browserPath}: the HTML report is not tried in a browser.`);

it.runIf(process.env.CI === 'true')('CI has a browser', () => {
  expect(missing, `install Chromium at ${browserPath}`).toBe(false);
});

const hostile = '</script><script>window.owned = 1</script><img src=x onerror="window.owned = 1"> plain words';

describe.skipIf(missing)('the report page', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-page-'));

  beforeAll(async () => {
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet];
    browser = await chromium.launch({ executablePath: browserPath, args });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a report; `complaints` collects what the page logs, throws or asks the network for. */
  async function openPage(input: ReportInput, options: Parameters<Browser['newPage']>[0] = {}) {
    const file = join(folder, `report-${Math.random()}.html`);
    writeFileSync(file, htmlReport(buildReport(input), htmlTools));
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) complaints.push(`request: ${request.url().slice(0, 80)}`);
    });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  const ready = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => document.documentElement.dataset.ballots === 'ready');

  it.each([360, 500])('at %i px every chart is whole, and tables are cards that name each figure', async (width) => {
    const { page } = await openPage(fullInput(), { viewport: { width, height: 900 } });
    const cut = await page.$$eval('svg.chart', (all) =>
      all.flatMap((svg) => {
        const box = svg.parentElement;
        const frame = svg.getBoundingClientRect();
        const outside = [...svg.querySelectorAll('text')].filter((text) => {
          const { left, right } = text.getBoundingClientRect();
          return left < frame.left - 1 || right > frame.right + 1;
        });
        const isCut = box === null || box.scrollWidth > box.clientWidth;
        return isCut || outside.length > 0
          ? [`${svg.querySelector('title')?.textContent} ${outside.map((one) => one.textContent)}`]
          : [];
      }),
    );
    expect(cut).toEqual([]);
    const unseen = await page.$$eval('.scroll:has(> table)', (all) =>
      all.flatMap((box) => {
        const cells = [...box.querySelectorAll('tbody td')];
        const nameless = cells.filter((cell) => getComputedStyle(cell, '::before').content.length < 3);
        return box.scrollWidth > box.clientWidth || nameless.length > 0 ? [box.ariaLabel] : [];
      }),
    );
    expect(unseen).toEqual([]);
    await page.close();
  });

  it('opens without an error or a request, and every chart has marks', async () => {
    const { page, complaints } = await openPage(fullInput());
    await ready(page);
    const charts = await page.$$eval('svg.chart', (all) =>
      // A page shows each chart as drawn for its width.
      all
        .filter((svg) => svg.getBoundingClientRect().width > 0)
        .map((svg) => ({
          name: svg.querySelector('title')?.textContent,
          marks: [...svg.querySelectorAll('circle, rect, path, line')].filter((mark) => {
            const { width, height } = mark.getBoundingClientRect();
            return width + height > 0;
          }).length,
          inside: [...svg.querySelectorAll('text')].every((text) => {
            const [own, frame] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];
            return own.left >= frame.left - 1 && own.right <= frame.right + 1 && own.bottom <= frame.bottom + 1;
          }),
        })),
    );
    expect(charts.map((chart) => chart.name)).toEqual(
      expect.arrayContaining(['Who leads, and how surely', 'Retries by cause', 'Time to the whole answer']),
    );
    for (const chart of charts) {
      expect(chart.marks, chart.name).toBeGreaterThan(3);
      expect(chart.inside, `${chart.name}: labels inside the picture`).toBe(true);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('keeps planted markup as text, in tables, charts and ballots', async () => {
    const tasks = demoTasks.map((task) => ({ ...task, task: `${hostile} ${task.task}` }));
    const { page, complaints } = await openPage(reportInput({ tasks, text: hostile, raters: [hostile] }));
    await ready(page);
    await page.click('#ballots > summary');
    await page.click('.ballot summary >> nth=0');
    expect(await page.textContent('.ballot pre >> nth=0')).toContain(hostile);
    expect(await page.$$eval('img, iframe, object', (all) => all.length)).toBe(0);
    expect(await page.$$eval('script', (all) => all.length)).toBe(2);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('searches and filters ballots, and shows many in parts', async () => {
    const tasks = demoTasks.map((task) => ({ ...task, votes: task.votes.repeat(8) }));
    const { page } = await openPage(reportInput({ tasks, raters: ['maria', 'jo'] }));
    await ready(page);
    await page.click('#ballots > summary');
    const counted = () => page.textContent('#ballot-count');
    expect(await counted()).toBe('192 of 192 ballots');
    expect(await page.locator('.ballot').count()).toBe(50);
    await page.click('text=Show more');
    expect(await page.locator('.ballot').count()).toBe(100);
    await page.selectOption('#f-task', 'extract-json');
    expect(await counted()).toBe('64 of 192 ballots');
    await page.selectOption('#f-outcome', 'closed better');
    expect(await counted()).toBe('8 of 192 ballots');
    await page.fill('#f-search', 'ticket #7');
    expect(Number((await counted())?.split(' ')[0])).toBeLessThan(8);
    await page.close();
  });

  it.each([
    ['light', 1100],
    ['dark', 1100],
    ['light', 390],
  ] as const)('reads well, %s, %i wide', async (colorScheme, width) => {
    const { page, complaints } = await openPage(fullInput(), { colorScheme, viewport: { width, height: 900 } });
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    // A chart that is drawn for another width and shrunk has labels that nobody can read.
    const small = await page.$$eval('svg.chart text', (all) =>
      all.flatMap((text) => {
        const frame = text.closest('svg') as SVGSVGElement;
        const scale = frame.getBoundingClientRect().width / frame.viewBox.baseVal.width;
        const pixels = Number.parseFloat(getComputedStyle(text).fontSize) * scale;
        return text.getBoundingClientRect().width > 0 && pixels < 11.5 ? [`${text.textContent} ${pixels}`] : [];
      }),
    );
    expect(small).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [768, 'light'],
    [768, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('has no fault that axe knows, %i px, %s', async (width, colorScheme) => {
    const noMore = reportInput({ tasks: demoTasks.map((task) => ({ ...task, reserve: 0 })) });
    for (const input of [fullInput(), noMore, sealedInput()]) {
      const { page } = await openPage(input, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      await page.addScriptTag({ path: join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js') });
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
        return (await axe.run()).violations.map(({ id }) => id);
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const cut = await page.$$eval('svg.chart text', (all) =>
        all.flatMap((text) => {
          const [own, frame] = [text.getBoundingClientRect(), text.closest('svg')?.getBoundingClientRect()];
          return frame && (own.right > frame.right + 1 || own.bottom > frame.bottom + 1) ? [text.textContent] : [];
        }),
      );
      expect(cut).toEqual([]);
      await page.close();
    }
  });

  it('draws later evidence and refusals without a fault, and a cell opens its ballots', async () => {
    const made = decidedInput(
      demoTasks.map((task) => ({ ...task, votes: task.votes.repeat(2) })),
      8,
    );
    const trials = Object.fromEntries(
      Object.entries(made.trials).map(([arm, all]) => {
        const steps = [...all.values()].flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.steps));
        const declines = (at: number): boolean => (arm === 'open' ? at % 4 === 0 : at % 6 === 0);
        return [
          arm,
          foldTrials(
            steps.map((step, at) => (declines(at) ? { ...step, refusal: 'No.' } : step)),
            2,
          ),
        ];
      }),
    );
    const { page, complaints } = await openPage(
      { ...made, trials },
      { viewport: { width: 768, height: 900 }, bypassCSP: true },
    );
    await ready(page);
    await page.addScriptTag({ path: join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js') });
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(found).toEqual([]);
    expect(await page.locator('svg[data-chart*="evidence"]:visible').count()).toBe(4);
    const cell = page.locator('[data-refused="open refused"]').first();
    const named = Number(/read (\d+) ballot/.exec((await cell.textContent()) ?? '')?.[1]);
    await cell.click();
    expect(await page.$eval('#ballots', (details) => (details as HTMLDetailsElement).open)).toBe(true);
    expect(await page.textContent('#ballot-count')).toBe(`${named} of 48 ballots`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives each part of a bar the share of its votes', async () => {
    const { page } = await openPage(reportInput());
    // demoTasks: 5 open, 2 the same, 1 closed; 1 and 7; 3, 4 and 1.
    const widths = await page.$$eval('#votes-1 figure:first-of-type .strip', (all) =>
      all.map((strip) => {
        const parts = [...strip.children].map((part) => part.getBoundingClientRect().width);
        const whole = parts.reduce((sum, width) => sum + width, 0);
        return parts.map((width) => Math.round((width / whole) * 8));
      }),
    );
    expect(widths.slice(0, 3)).toEqual([
      [5, 2, 1],
      [1, 7],
      [3, 4, 1],
    ]);
    await page.close();
  });

  it('shows every loss side by side with what differs marked, and filters them', async () => {
    const tasks = demoTasks.map((task) => ({ ...task, reserve: 0 }));
    const { page } = await openPage(reportInput({ tasks, raters: ['maria', 'jo'] }));
    const shown = () => page.locator('.loss:visible').count();
    expect(await shown()).toBe(9);
    expect(await page.textContent('.loss:visible >> nth=0 >> .pair')).toContain('Answer of one');
    expect(await page.locator('.loss:visible mark').count()).toBeGreaterThan(9);
    await page.selectOption('[data-filter="task"]', { label: 'reply-with-rules' });
    expect(await shown()).toBe(7);
    await page.selectOption('[data-filter="lost"]', 'closed');
    expect(await shown()).toBe(0);
    await page.selectOption('[data-filter="task"]', { label: 'extract-json' });
    expect(await shown()).toBe(5);
    const jo = page.locator('.loss:visible', { hasText: 'jo: open better' });
    const ofJo = await jo.count();
    await page.selectOption('[data-filter="rater"]', { label: 'jo' });
    expect(await shown()).toBe(ofJo);
    await page.close();
  });

  it('can be used without seeing it or without a mouse', async () => {
    const { page } = await openPage(fullInput());
    await ready(page);
    const problems = await page.evaluate(() => [
      ...[...document.querySelectorAll('svg')]
        .filter((svg) => svg.getAttribute('role') !== 'img' || !svg.querySelector('desc')?.textContent)
        .map(() => 'chart without description'),
      ...[...document.querySelectorAll('table')]
        .filter((table) => !table.caption?.textContent || table.querySelector('thead th:not([scope])'))
        .map(() => 'table without caption or scope'),
      ...[...document.querySelectorAll('input, select')]
        .filter((field) => !field.closest('label'))
        .map((field) => `no label: ${field.id}`),
      ...(document.querySelectorAll('main, h1').length === 2 ? [] : ['one main and one h1']),
      ...(document.documentElement.lang === 'en' ? [] : ['no language']),
      ...[...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
    ]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('prints what is folded, without a script too, and folds it again on the screen', async () => {
    const shown = (page: Page): Promise<boolean> =>
      page.$eval('#caveats details li', (item) => item.checkVisibility({ contentVisibilityAuto: true }));
    const full = fullInput();
    const raters = full.raters.map((rater) => ({ ...rater, skipped: 2, chainOk: false }));
    const noted: ReportInput = { ...full, raters, runOnThesePrompts: 3, votedAfterOpen: 5 };
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await openPage(noted, { javaScriptEnabled });
      expect(await shown(page)).toBe(false);
      await page.emulateMedia({ media: 'print' });
      // The media changes with the next frame.
      await expect.poll(() => shown(page)).toBe(true);
      const adjust = await page.$$eval('.caveats .warn', (all) =>
        all.map((one) => getComputedStyle(one).printColorAdjust),
      );
      expect(new Set(adjust)).toEqual(new Set(['exact']));
      await page.close();
    }
    const { page } = await openPage(noted);
    const folded = (): Promise<number> =>
      page.$$eval('details:not([open])', (all) => all.filter((one) => !one.closest('#ballots')).length);
    const before = await folded();
    expect(before).toBeGreaterThan(0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await folded()).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await folded()).toBe(before);
    await page.close();
  });

  it('prints on paper without cutting tables, and says a sealed run is sealed', async () => {
    const { page, complaints } = await openPage(sealedInput());
    await page.emulateMedia({ media: 'print' });
    expect(await page.textContent('.lead')).toContain('No result yet');
    expect(await page.$$eval('#ballots, #votes-1', (all) => all.length)).toBe(0);
    await page.setViewportSize({ width: 700, height: 900 });
    const cut = await page.$$eval(
      '.scroll',
      (all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length,
    );
    expect(cut).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** Texts whose contrast with what is behind them is below 4.5 : 1 (WCAG AA). Runs in the page. */
function faintTexts(): string[] {
  const parts = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = parts(colour)
      .slice(0, 3)
      .map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node: Element | null): string => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) > 0.99) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [
    ...document.querySelectorAll('p, li, td, th, caption, code, small, figcaption, summary, h1, h2, svg text'),
  ].flatMap((node) => {
    const style = getComputedStyle(node);
    const [text, back] = [light(node instanceof SVGElement ? style.fill : style.color), light(behind(node))];
    const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    return contrast < 4.5 ? [`${node.tagName} ${node.textContent?.slice(0, 30)} ${contrast.toFixed(2)}`] : [];
  });
}
