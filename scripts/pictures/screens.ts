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
  writeFileSync(file, `${text}\n${columns.map((column) => `"${values[column] ?? ''}"`).join(',')}\n`);
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
  await take(terminal, walk, cols, shots);
  return shots;
}

async function take(terminal: Terminal, steps: typeof walk, cols: number, shots: Shots): Promise<void> {
  for (const [name, keys, then] of steps) {
    for (const key of keys) {
      terminal.press(key);
      // A terminal sends Esc and a key soon after it as one.
      if (key === 'Escape') await pause(800);
    }
    await terminal.see(then);
    if (name === 'ballot') await readToEnd(terminal);
    shots.push([name, svgOf(terminal.styled(), cols, name)]);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Its keys are dim until both answers were on the screen. */
async function readToEnd(terminal: Terminal): Promise<void> {
  await pause(1_700);
  for (let page = 0; page < 9 && /PgDn|Tab: /.test(terminal.screen()); page += 1) {
    terminal.press(/PgDn/.test(terminal.screen()) ? 'NPage' : 'Tab');
    await pause(100);
  }
}

/** A folder of its own: a run that waits here would be offered first. A plan waits for Enter where calls are made. */
async function planShots([cols, rows]: Size): Promise<Shots> {
  using dir = tempDir();
  writePrompts(dir.at('prompts.csv'));
  const models = '--closed column:closed --open command:cat';
  await using terminal = openTerminal(`node ${bin} run prompts.csv ${models}`, { cwd: dir.path, env, cols, rows });
  await terminal.see(/Enter start/);
  // A terminal that is lower than the plan scrolls: this is what is left of it.
  const shots: Shots = [['plan', svgOf(terminal.styled(), cols, 'plan')]];
  await using tall = openTerminal(`node ${bin} run prompts.csv ${models}`, { cwd: dir.path, env, cols, rows: 90 });
  await tall.see(/Enter start/);
  return [...shots, ['the whole plan', svgOf(tall.styled(), cols, 'the whole plan')]];
}

/** From the last ballot to the thanks. */
const ending: [name: string, keys: string[], then: RegExp][] = [
  ['the last ballot is voted', ['Space'], /That was the last ballot/],
  ['the question after it', ['Enter'], /no, thanks/],
  ['a guess', ['Enter'], /1 of \d+/],
  ['a pause in the guesses', ['Escape'], /Paused/],
];

async function endShots([cols, rows]: Size): Promise<Shots> {
  using dir = tempDir();
  const folder = dealDemo(dir.path);
  await voteDemo(folder, 'maria', 24);
  const score = () => openTerminal(`node ${bin} score`, { cwd: dir.path, env, cols, rows });
  const shots: Shots = [];
  await using terminal = score();
  await terminal.see(/ballot 24\b/);
  await readToEnd(terminal);
  await take(terminal, ending, cols, shots);
  terminal.press('q');
  await terminal.see(/\[exit 0\]/);
  shots.push([
    'left with the question open',
    svgOf(withoutExit(terminal.styled()), cols, 'left with the question open'),
  ]);
  await using last = score();
  await last.see(/no, thanks/);
  last.press('n');
  await last.see(/ingerprint/);
  shots.push(['thanks', svgOf(last.styled(), cols, 'thanks')]);
  return shots;
}

const withoutExit = (styled: string): string => styled.split('[exit ')[0] ?? '';

const commands: [name: string, words: string][] = [
  ['list', 'list'],
  ['status', 'status'],
  ['an error', 'run promts.csv'],
  ['help of run', 'run --help'],
  ['report', 'report'],
  ['one prompt', 'report --prompt 4'],
  ['a word too many', 'doctor prompts.csv'],
];

async function commandShots(cwd: string, [cols, rows]: Size): Promise<Shots> {
  const shots: Shots = [];
  for (const [name, words] of commands) {
    await using terminal = openTerminal(`node ${bin} ${words}`, { cwd, env, cols, rows: Math.max(rows, 90) });
    await terminal.see(/\[exit \d+\]/);
    shots.push([name, svgOf(withoutExit(terminal.styled()), cols, name)]);
  }
  return shots;
}

/** Writes `80x24-light.png` and its likes into the folder: of every size, or of the one that is named so. */
export async function screenPictures(folder: string, only?: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const size of sizes.filter((each) => only === undefined || each.join('x') === only)) {
      using dir = tempDir();
      writePrompts(dir.at('prompts.csv'));
      await voteDemo(dealDemo(dir.path), 'maria');
      const shots = [
        ...(await planShots(size)),
        ...(await commandShots(dir.path, size)),
        ...(await sessionShots(dir.path, size)),
        ...(await endShots(size)),
      ];
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
