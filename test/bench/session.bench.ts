/** The blind session: how long a key takes in a real terminal, and whether memory stays flat over a long session. */
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Ballot } from '../../src/blind/ballot.ts';
import { createScreen } from '../../src/blind/screen/screen.ts';
import { minimumMs } from '../../src/blind/session/ballot-keys.ts';
import { createSessionEngine, type SessionPort } from '../../src/blind/session/engine.ts';
import { createFrameWriter } from '../../src/terminal/frame.ts';
import { longText, ticketBallot } from '../helpers/sample-ballots.ts';
import { makeAnsweredRun } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { atMost, latin, type Row, wide } from './row.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const big = 100_000;
const frameEnd = '\u001b[?2026l';

/** From before the key is sent to the last byte of the frame it caused; tmux's own part is in it. */
async function keyToFrame(terminal: Terminal, key: string): Promise<number> {
  await sleep(150);
  const before = terminal.everything().split(frameEnd).length;
  const started = performance.now();
  terminal.press(key);
  while (terminal.everything().split(frameEnd).length === before) {
    if (performance.now() - started > 5_000) throw new Error(`no frame after ${key}`);
    await sleep(1);
  }
  return performance.now() - started;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function keys(words: [string, string], pressed: readonly string[]): Promise<number> {
  using dir = tempDir();
  makeAnsweredRun(dir.path, [{ open: longText(big, words[0]), closed: longText(big, words[1]) }]);
  await using terminal = openTerminal(`node ${bin} score --rater maria`, { cwd: dir.path, cols: 110, rows: 40 });
  await begin(terminal);
  await terminal.see(/ballot 1\b/);
  await sleep(2_000);
  const times: number[] = [];
  for (const key of pressed) times.push(await keyToFrame(terminal, key));
  return median(times);
}

const scrolling = [
  'NPage',
  'Down',
  'NPage',
  'Up',
  'NPage',
  'PPage',
  'End',
  'Home',
  'NPage',
  'x',
  'Tab',
  'Down',
  'm',
  'NPage',
  'Down',
];

/** The same in a run of 5,000 ballots: reading, and votes that bring the next ballot. */
async function manyBallots(): Promise<number> {
  using dir = tempDir();
  const answers = Array.from({ length: 5_000 }, (_, at) => ({
    open: longText(4_000, `${latin[0]} ${at}`),
    closed: longText(4_000, `${latin[1]} ${at}`),
  }));
  makeAnsweredRun(dir.path, answers);
  await using terminal = openTerminal(`node ${bin} score --rater maria`, { cwd: dir.path, cols: 110, rows: 40 });
  await begin(terminal);
  await terminal.see(/ballot 1\b/);
  const times: number[] = [];
  for (let ballot = 1; ballot <= 8; ballot += 1) {
    await sleep(minimumMs + 200);
    for (const key of ['NPage', 'End', 'f']) times.push(await keyToFrame(terminal, key));
    await terminal.see(new RegExp(`ballot ${ballot + 1}\\b`));
  }
  return median(times);
}

/** Megabytes that the heap grew by between ballot 100 and ballot 500, each with two new answers of 100 KB. */
async function growth(): Promise<number> {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  let now = 0;
  let at = 0;
  let heapAt100 = 0;
  const ballot = (): Ballot => ({
    ...ticketBallot,
    id: `b_${at}`,
    left: { kind: 'text', text: longText(big, `left ${at}`) },
    right: { kind: 'text', text: longText(big, `right ${at}`) },
  });
  const port: SessionPort = {
    next: async () => ({ ballot: ballot(), progress: { number: at + 1, atMost: 500 - at, voted: at } }),
    append: async () => ({ n: ++at }),
    guesses: async () => [],
    close: async () => ({ votes: at, fingerprint: '' }),
  };
  const engine = createSessionEngine('maria', port, () => now);
  const screen = createScreen();
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  const frames = createFrameWriter(sink as unknown as NodeJS.WriteStream, { coloured: true });
  const press = async (key: string): Promise<void> => {
    now += minimumMs + 100;
    await engine.dispatch({ type: 'key', at: now, key });
    const { viewed } = screen.draw(engine.state(), { columns: 110, rows: 40 });
    if (viewed) engine.viewed(viewed);
    frames.draw(screen.draw(engine.state(), { columns: 110, rows: 40 }).lines);
  };
  while (at < 500) {
    await press('pagedown');
    await press('end');
    await press('f');
    if (at !== 100 || heapAt100 > 0) continue;
    collect();
    heapAt100 = process.memoryUsage().heapUsed;
  }
  collect();
  return (process.memoryUsage().heapUsed - heapAt100) / 1e6;
}

export const rows: Row[] = [
  atMost('session: key to frame, two 100 KB answers', 'ms', 50, () => keys(latin, scrolling)),
  atMost('session: key to frame, two 100 KB answers of wide and combined characters', 'ms', 50, () =>
    keys(wide, scrolling),
  ),
  atMost('session: key to frame, a run of 5,000 ballots', 'ms', 50, manyBallots),
  atMost('session: heap growth from ballot 100 to 500', 'MB', 5, growth),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, run } of rows) console.log(name, await run());
}
