/**
 * What a report proposes is pasted: a real shell takes the command apart as the report has it, and it runs where the
 * report was made. All forms of a report propose the same.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaVersion } from '../../src/records/run-record.ts';
import type { Report } from '../../src/report/model.ts';
import { agentArgs, layAgents } from '../helpers/agent-run.ts';
import { voteOnPacket } from '../helpers/ci-run.ts';
import { type PlayedRun, playRun, type Taste } from '../helpers/played-run.ts';
import { unescapeHtml } from '../helpers/read-report.ts';
import { asOfThisEdition, recordedRuns, unpackRun } from '../helpers/recorded-run.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** The command as each form has it; null where a form has none. */
async function proposed(cwd: string, args: readonly string[] = []): Promise<Record<string, string | null>> {
  const files = ['r.md', 'r.html', 'r.json'];
  const done = await runVerb(['report', ...args, ...files.flatMap((file) => ['-o', file])], { cwd });
  expect([0, 5], `report ended with ${done.code}: ${done.err}`).toContain(done.code);
  const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
  const terminal = /^ ?Next: (gapcheck .*)$/m.exec(done.out)?.[1] ?? null;
  const markdown = /^Next \([^\n]*\):\n\n```\w*\n([^\n]+)\n```/m.exec(read('r.md'))?.[1] ?? null;
  const html = /<p class="next">Next: <code>(.*?)<\/code>/.exec(read('r.html'))?.[1] ?? null;
  const summary = (await runVerb(['report', ...args, '--summary'], { cwd })).out;
  return {
    json: (JSON.parse(read('r.json')) as Report).next.command,
    terminal,
    markdown,
    html: html === null ? null : unescapeHtml(html),
    summary: /```\w*\n(gapcheck [^\n]+)\n```/.exec(summary)?.[1] ?? null,
  };
}

/** The words of the command, as a shell reads them. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `for word in ${command}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/**
 * What only the place of this test lacks: a terminal, a key, the file that a rater has not sent back yet. `doctor` ends
 * with 2 where a key is missing. Everything before has worked.
 */
const lacking = /needs a terminal|no terminal|is not set|There is no file \w+\.votes\.jsonl|nothing here can answer/;

/** Runs what the report proposes; the verb and its first words. */
async function paste(cwd: string, args: readonly string[] = []): Promise<string> {
  const forms = await proposed(cwd, args);
  const command = forms.json ?? '';
  expect(command).toMatch(/^gapcheck [a-z]+/);
  expect(forms).toEqual({ json: command, terminal: command, markdown: command, html: command, summary: command });
  const [, ...words] = wordsOf(command);
  const done = await runVerb(words, { cwd });
  if (done.code !== 0) expect([command, done.err + done.out]).toEqual([command, expect.stringMatching(lacking)]);
  return command;
}

/** What `more` says where the reserve is empty. */
async function proposedByMore(cwd: string): Promise<string | undefined> {
  const done = await runVerb(['more'], { cwd });
  return /(gapcheck run .*) \(this run has no prompts left/.exec(done.err.replace(/\s+/g, ' '))?.[1];
}

const demo = join(import.meta.dirname, '../../prompts/demo.csv');

const always =
  (opinion: ReturnType<Taste>): Taste =>
  () =>
    opinion;
/** By the number in the prompt: some of everything. */
const mixed: Taste = ({ text }) =>
  (['open', 'closed', 'tie'] as const)[Number(/\d+/.exec(text)?.[0] ?? 0) % 3] ?? 'tie';

interface Kind {
  name: string;
  expected: RegExp;
  make(cwd: string): Promise<PlayedRun>;
  args?: readonly string[];
}

const kinds: Kind[] = [
  { name: 'nobody voted', expected: /^gapcheck score/, make: (cwd) => playRun(cwd, { tasks: { a: 8 }, n: 8 }) },
  {
    name: 'two raters, one of them finished',
    expected: /^gapcheck score --rater/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 30 }, n: 8, raters: 2 });
      await run.sit('ann', always('open'));
      return run;
    },
  },
  {
    name: 'a voting file is out',
    expected: /^gapcheck merge bob\.votes\.jsonl$/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 30 }, n: 8, raters: 2 });
      await run.votePackets(['bob'], always('open'));
      await run.sit('ann', always('open'));
      return run;
    },
  },
  {
    name: 'open is better everywhere',
    expected: /^gapcheck report --routes routes\.json$/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 12, b: 12 }, n: 24 });
      await run.sit('ann', always('open'));
      return run;
    },
  },
  {
    name: 'the same with the terms of the bill',
    expected: /--volume 200000 --machine-price 1\.5/,
    args: ['--volume', '200000', '--machine-price', '1.5'],
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 12 }, n: 12 });
      await run.sit('ann', always('open'));
      return run;
    },
  },
  {
    name: 'not decided, with prompts left, of a task with an odd name',
    expected: /^gapcheck more \d+ --task 'it'\\''s \$HOME; a task'$/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { "it's $HOME; a task": 60 }, n: 12 });
      await run.sit('ann', mixed);
      return run;
    },
  },
  {
    name: 'not decided, without prompts left',
    expected: /^gapcheck run prompts\.csv --no-test-call -n \d+ --rater NAME$/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 12 }, n: 12 });
      await run.sit('ann', mixed);
      return run;
    },
  },
  {
    name: 'extended, and nearer to a verdict',
    expected: /^gapcheck (more|report|run) /,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 60, b: 40 }, n: 16 });
      await run.sit('ann', mixed);
      await run.more(6);
      await run.sit('ann', mixed);
      return run;
    },
  },
  {
    name: 'imported votes of judges elsewhere',
    expected: /^gapcheck (report|more|run) /,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 24 }, n: 12 });
      await run.importJudges(['j1', 'j2'], always('closed'));
      return run;
    },
  },
  {
    name: 'an older run, by its name',
    expected: /^gapcheck score \S*played/,
    make: async (cwd) => {
      const run = await playRun(cwd, { tasks: { a: 8 }, n: 8 });
      await playRun(cwd, { tasks: { b: 8 }, n: 8, words: ['--name', 'newer'] });
      return run;
    },
  },
];

/** Those that differ in what comes next; each takes a second. */
const recorded = [
  'ci-baseline',
  'closed-wins',
  'control-arm',
  'fast-votes',
  'guessed-right',
  'missing-arm',
  'more-waiting',
  'packet-half',
  'two-open-arms',
  'unblinded',
  'undecided',
  'unfinished',
];

describe('a pasted next command works', () => {
  it.each(kinds)('$name', async ({ expected, make, args = [] }) => {
    using dir = tempDir();
    const run = await make(dir.path);
    const older = /older run/.test(expect.getState().currentTestName ?? '') ? [run.folder] : [];
    expect(await paste(dir.path, [...older, ...args])).toMatch(expected);
  });

  it('what was just written is not proposed again', async () => {
    using decided = tempDir();
    await (await playRun(decided.path, { tasks: { a: 12 }, n: 12 })).sit('ann', always('open'));
    const routes = await runVerb(['report', '--routes', 'routes.json'], { cwd: decided.path });
    expect(routes.out).toContain('Next: Nothing is left to do: every task has its verdict.');
    using yours = tempDir();
    const run = await playRun(yours.path, { tasks: { a: 36 }, n: 36, words: ['--margin', '50'] });
    let ballots = 0;
    await run.sit('ann', () => (ballots++ % 4 === 0 ? 'closed' : 'tie'));
    const first = await runVerb(['report'], { cwd: yours.path });
    expect(first.out).toContain('Next: gapcheck report -o report.html');
    const page = await runVerb(['report', '-o', 'report.html'], { cwd: yours.path });
    expect(page.out.replace(/\s+/g, ' ')).toContain(
      'Next: The decision is yours: closed is better, by less than you said',
    );
  });

  it('two agents, not decided: the whole set-up, with limits, and without the number and the name', async () => {
    using dir = tempDir();
    layAgents(dir.path, Array<string>(8).fill('done'));
    const typed = [...agentArgs('--trials', '2', '--time', '1m', '--name', 'first')];
    const made = await runVerb(typed, { cwd: dir.path });
    expect(made.code, made.err).toBe(0);
    await runVerb(['packet', '--rater', 'ann', '-o', 'ann.json'], { cwd: dir.path });
    expect(await proposedByMore(dir.path)).toBe(
      "gapcheck run jobs.csv --closed agent:./closed.sh --open agent:./open.sh --folder ./fixture --end-check 'grep -q fixed state.txt' --yes --no-score --trials 2 --time 1m --no-test-call -n all",
    );
    const again = await runVerb(wordsOf((await proposedByMore(dir.path)) ?? '').slice(1), { cwd: dir.path });
    expect(again.code, again.err).toBe(0);
  }, 120_000);

  it('the packaged demo', async () => {
    using dir = tempDir();
    const made = await runVerb(['run', demo, '--no-score', '--yes'], { cwd: dir.path });
    expect(made.code, made.err).toBe(0);
    expect(await paste(dir.path)).toBe('gapcheck score');
  });

  it('the demo, voted', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('prompts'));
    copyFileSync(demo, dir.at('prompts/demo.csv'));
    await runVerb(['run', 'prompts/demo.csv', '--no-score', '--yes'], { cwd: dir.path });
    await runVerb(['packet', '--rater', 'ann', '-o', 'ann.json'], { cwd: dir.path });
    await voteOnPacket(dir.at('ann.json'), () => 'open');
    await runVerb(['merge', 'ann.votes.jsonl'], { cwd: dir.path });
    expect(await paste(dir.path)).toBe('gapcheck doctor');
  });

  it.each(recordedRuns().flatMap((run) => (recorded.includes(run.name) ? [[run.name, run] as const] : [])))(
    '%s, as recorded',
    async (_, run) => {
      using dir = tempDir();
      mkdirSync(dir.at('results'));
      unpackRun(asOfThisEdition(run, schemaVersion), dir.at('results'));
      // The prompts that the run was made from, and more of them.
      const { sources = [] } = JSON.parse(run.files['run.json'] ?? '{}') as { sources?: { file: string }[] };
      const rows = Array.from({ length: 40 }, (__, at) => `t,Prompt ${at}?,Closed says ${at}.,Open says ${at}!`);
      writeFileSync(dir.at('gapcheck.config.yaml'), `prompts: ${sources[0]?.file}\n`);
      for (const { file } of sources)
        if (!file.includes('/'))
          writeFileSync(dir.at(file), `task,prompt,answer:closed,answer:open\n${rows.join('\n')}\n`);
      await paste(dir.path);
    },
  );
});
