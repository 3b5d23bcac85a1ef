/**
 * `npm run pictures -- FOLDER`: every screen of a first hour at four sizes, light and dark, one PNG per size and
 * scheme, for somebody to look at. Real sessions in a real terminal.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../../test/helpers/browser.ts';
import { bin } from '../../test/helpers/cli.ts';
import { tempDir } from '../../test/helpers/temp-dir.ts';
import { openTerminal, type Terminal } from '../../test/helpers/terminal.ts';
import { dealDemo, voteDemo } from './demo-run.ts';
import { terminalSvg } from './terminal-svg.ts';

const sizes = [
  [80, 24],
  [110, 32],
  [200, 60],
  [60, 20],
] as const;
const env = { USER: 'maria', FORCE_COLOR: '1' };
const demo = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));

type Size = (typeof sizes)[number];
type Shots = [name: string, svg: string][];

/** The demo with one German prompt more. */
function writePrompts(file: string): void {
  const text = readFileSync(demo, 'utf8').trimEnd();
  const columns = (text.split('\n')[0] ?? '').split(',');
  const values: Record<string, string> = {
    task: 'reply',
    prompt: 'Wie kündige ich mein Konto zum Ende des Jahres?',
    'answer:closed': 'Unter Einstellungen, dann Konto.',
    'answer:open': 'Bitte schreiben Sie uns eine E-Mail.',
  };
  writeFileSync(file, `${text}\n${columns.map((column) => values[column] ?? '').join(',')}\n`);
}

const svgOf = (styled: string, columns: number, name: string): string =>
  terminalSvg(styled, { columns, title: name, description: name }).replaceAll(/ id="(?:title|description)"/g, '');

/** Keys of a session, and what is on the screen then. */
const walk: [name: string, keys: string[], then: RegExp][] = [
  ['first page', [], /Press Enter to begin/],
  ['what to leave out', ['l'], /do you leave out/],
  ['a key that does nothing', ['Escape', 'y'], /does nothing here/],
  ['ballot', ['Enter'], /ballot 1\b/],
  ['help', ['?'], /goes? back/],
  ['the whole prompt', ['x', 'p'], /back to the answers/],
  ['skip', ['p', 's'], /Skip this ballot/],
  ['ballot, a key that does nothing', ['Escape', 'y'], /does nothing here/],
];

async function sessionShots(cwd: string, [cols, rows]: Size): Promise<Shots> {
  await using terminal = openTerminal(`node ${bin} run prompts.csv`, { cwd, env, cols, rows });
  const shots: Shots = [];
  for (const [name, keys, then] of walk) {
    for (const key of keys) {
      terminal.press(key);
      // A terminal sends Esc and a key soon after it as one.
      if (key === 'Escape') await pause(800);
    }
    await terminal.see(then);
    if (name === 'ballot') await readToEnd(terminal);
    shots.push([name, svgOf(terminal.styled(), cols, name)]);
  }
  return shots;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Its keys are dim until both answers were on the screen. */
async function readToEnd(terminal: Terminal): Promise<void> {
  await pause(1_700);
  if (/PgDn/.test(terminal.screen())) terminal.press('NPage');
}

const commands: [name: string, words: string][] = [
  ['list', 'list'],
  ['status', 'status'],
  ['an error', 'run promts.csv'],
  ['help of run', 'run --help'],
  ['report', 'report'],
];

async function commandShots(cwd: string, [cols, rows]: Size): Promise<Shots> {
  const shots: Shots = [];
  for (const [name, words] of commands) {
    await using terminal = openTerminal(`node ${bin} ${words}`, { cwd, env, cols, rows: Math.max(rows, 90) });
    await terminal.see(/\[exit \d+\]/);
    shots.push([name, svgOf(terminal.styled().split('[exit ')[0] ?? '', cols, name)]);
  }
  return shots;
}

/** Writes `80x24-light.png` and its likes into the folder. */
export async function screenPictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const size of sizes) {
      using dir = tempDir();
      writePrompts(dir.at('prompts.csv'));
      await voteDemo(dealDemo(dir.path), 'maria');
      const shots = [...(await commandShots(dir.path, size)), ...(await sessionShots(dir.path, size))];
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ colorScheme, viewport: { width: 2_600, height: 800 } });
        await page.setContent(
          `<div style="display:flex;flex-wrap:wrap;gap:8px">${shots.map(([, svg]) => svg).join('')}</div>`,
        );
        await page.screenshot({ path: join(folder, `${size.join('x')}-${colorScheme}.png`), fullPage: true });
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}
