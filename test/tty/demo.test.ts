import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEvents } from '../../src/store/events-file.ts';
import { hashing } from '../../src/store/hashing.ts';
import { openRun, readKey } from '../../src/store/run-folder.ts';
import { dealBallots } from '../../src/voting/ballots.ts';
import { bin } from '../helpers/cli.ts';
import { honestOpinions } from '../helpers/honest-rater.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, stripEscapes, type Terminal } from '../helpers/terminal.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The key that an honest rater presses on the ballot now on the screen; the test, unlike the screen, has the key. */
function honestKey(folder: string): string {
  const stored = openRun(folder);
  const { run, prompts, paths } = stored;
  const shown = readEvents(paths).findLast((event) => event.event === 'claimed');
  const prompt = prompts.find(({ id }) => shown?.event === 'claimed' && id === shown.prompt);
  const dealt = dealBallots({
    run: run.id,
    version: run.dealVersion,
    seed: readKey(stored),
    rater: 'owner',
    prompts,
    pairs: run.pairs,
    hashing,
  });
  const openIsLeft = dealt.find((ballot) => ballot.prompt === prompt?.id)?.aSide === 'left';
  const better = honestOpinions[prompt?.source_id ?? ''];
  if (better === undefined) throw new Error(`no opinion on ${prompt?.source_id}`);
  if (better === 'tie') return 'Space';
  const left = (better === 'open') === openIsLeft;
  // The loser of a clear case would have to be redone.
  if (better === 'closed') return left ? 'd' : 'k';
  return left ? 'f' : 'j';
}

async function voteThrough(terminal: Terminal, folder: () => string): Promise<number> {
  await begin(terminal);
  for (let ballot = 1; ; ballot += 1) {
    await terminal.see(new RegExp(`ballot ${ballot}\\b|That was the last ballot`), 10_000);
    if (/That was the last ballot/.test(terminal.screen())) return ballot - 1;
    await sleep(1_600);
    for (let page = 0; page < 4 && /more/.test(terminal.screen()); page += 1) {
      terminal.press('PageDown');
      await sleep(60);
    }
    terminal.press(honestKey(folder()));
    await terminal.see(new RegExp(`ballot ${ballot + 1}\\b|That was the last ballot`), 10_000);
  }
}

test.skipIf(!hasTmux)(
  'the demo, from the first screen to the report, by an honest rater',
  async () => {
    using dir = tempDir();
    await using terminal = openTerminal(`node ${bin} demo`, {
      cwd: dir.path,
      cols: 110,
      rows: 30,
      env: { USER: 'owner', NO_COLOR: '1' },
    });
    const folder = (): string =>
      join(dir.path, 'results', readdirSync(join(dir.path, 'results')).find((name) => /demo$/.test(name)) ?? '');
    const asked = await voteThrough(terminal, folder);
    // Two pairs of JSON differ only in blanks: whether that matters is for the rater to say.
    expect(asked).toBe(24);
    terminal.press('Enter');
    await terminal.see(/You see 20 ballots again/);
    terminal.press('n');
    await terminal.see(/Their fingerprint/);
    terminal.press('Enter');
    await terminal.see(/Before you rely on this/, 10_000);
    const shown = stripEscapes(terminal.everything());
    expect(shown).toContain('DEMO: hand-written answers. This compares no real models.');
    expect(shown).toMatch(/Can you move work from [^?]+\?/);
    const report = JSON.parse(readFileSync(join(folder(), 'report.json'), 'utf8')) as {
      pairs: {
        overall: { verdict: string };
        tasks: { task: string; verdict: string; leaning: string; counts: object }[];
      }[];
    };
    const tasks = Object.fromEntries(
      (report.pairs[0]?.tasks ?? []).map(({ task, verdict, leaning, counts }) => [task, { verdict, leaning, counts }]),
    );
    expect(tasks).toMatchObject({
      'extract-json': { verdict: 'open-good-enough', counts: { a: 5, bothFine: 2, b: 1 } },
      'reply-with-rules': { verdict: 'keep-closed', counts: { a: 0, bothFine: 1, b: 7 } },
      'summarise-ticket': { verdict: 'open-good-enough', leaning: 'none', counts: { a: 3, bothFine: 4, b: 1 } },
    });
    expect(report.pairs[0]?.overall.verdict).toBe('undecided');
  },
  180_000,
);
