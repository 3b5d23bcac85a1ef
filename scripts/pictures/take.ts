/** The pictures themselves: real sessions in a real terminal, and the report page in a real browser. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packetText } from '../../src/blind/packet.ts';
import { bin } from '../../test/helpers/cli.ts';
import { samplePacketHead } from '../../test/helpers/packet-page.ts';
import { agentBallot } from '../../test/helpers/sample-ballots.ts';
import { tempDir } from '../../test/helpers/temp-dir.ts';
import { openTerminal } from '../../test/helpers/terminal.ts';
import { dealDemo, voteDemo } from './demo-run.ts';
import { terminalSvg } from './terminal-svg.ts';

const rater = 'maria';
const env = { USER: rater, FORCE_COLOR: '1' };
const pictured = 7;

/** Ballot 7 of the demo's session. */
export async function sessionPicture(): Promise<string> {
  using dir = tempDir();
  const folder = dealDemo(dir.path);
  await voteDemo(folder, rater, pictured);
  const size = { cols: 110, rows: 24 };
  await using terminal = openTerminal(`node ${bin} score`, { cwd: dir.path, env, ...size });
  await terminal.see(new RegExp(`ballot ${pictured}\\b`));
  // The keys are dim until the ballot has been on the screen long enough to be read.
  await terminal.seeStyled(/\u001b\[(?:[\d;]*;)?36md/);
  return terminalSvg(terminal.styled(), {
    columns: size.cols,
    title: 'gapcheck score',
    description: `A blind session: ${lines(terminal.screen())}`,
  });
}

/** A ballot of two agents: what each changed, before its last message. */
export async function agentPicture(): Promise<string> {
  using dir = tempDir();
  writeFileSync(dir.at('ballots.json'), packetText({ ...samplePacketHead, rater }, [agentBallot]));
  const size = { cols: 116, rows: 34 };
  await using terminal = openTerminal(`node ${bin} score ballots.json`, { cwd: dir.path, env, ...size });
  await terminal.see(/Enter/);
  terminal.press('Enter');
  await terminal.see(/Changed file/);
  await terminal.seeStyled(/\u001b\[(?:[\d;]*;)?36md/);
  return terminalSvg(terminal.styled(), {
    columns: size.cols,
    title: 'gapcheck score',
    description: `A blind session with two agents: ${lines(terminal.screen())}`,
  });
}

/** The demo's report, as `gapcheck report` prints it. */
export async function reportPicture(): Promise<string> {
  using dir = tempDir();
  await voteDemo(dealDemo(dir.path), rater);
  const size = { cols: 92, rows: 70 };
  await using terminal = openTerminal(`node ${bin} report`, { cwd: dir.path, env, ...size });
  const screen = await terminal.see(/\[exit 0\]/);
  const end = terminal.styled().split('[exit 0]')[0] ?? '';
  return terminalSvg(end, {
    columns: size.cols,
    title: 'gapcheck report',
    description: `The report of the demo, whose answers were written by hand: ${lines(screen.split('[exit 0]')[0] ?? '')}`,
  });
}

/** The beginning of the same report as a page. */
export async function pagePicture(): Promise<Buffer> {
  using dir = tempDir();
  const folder = dealDemo(dir.path);
  await voteDemo(folder, rater);
  const file = dir.at('report.html');
  execFileSync(process.execPath, [bin, 'report', basename(folder), '-o', file], { cwd: dir.path, stdio: 'ignore' });
  const { launchBrowser } = await import('../../test/helpers/browser.ts');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1180 }, colorScheme: 'light' });
    await page.goto(pathToFileURL(file).href);
    return await page.screenshot({ animations: 'disabled' });
  } finally {
    await browser.close();
  }
}

const lines = (screen: string): string =>
  screen
    .replace(/\s*\n\s*/g, ' / ')
    .replace(/[━─╺│\s]+/g, ' ')
    .trim();
