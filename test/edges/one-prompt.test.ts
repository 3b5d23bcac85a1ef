/** `report --prompt`: one prompt again, with both answers, every vote and its reasons, once the results may be seen. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksWords } from '../../src/report/one-prompt.ts';
import { type PlayedRun, playRun } from '../helpers/played-run.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const plan = { tasks: { mail: 20 }, n: 12 };

/** Votes of jo: the first ballot skipped, on all others closed. */
async function voted(run: PlayedRun): Promise<void> {
  let first = true;
  await run.sit('jo', () => {
    const opinion = first ? 'skip' : 'closed';
    first = false;
    return opinion;
  });
}

const idsOf = ({ folder }: PlayedRun): string[] =>
  readFileSync(`${folder}/prompts.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);

describe('report --prompt', () => {
  it('shows the prompt, both answers beside their models, the votes and the checks', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await voted(run);
    const report = await run.report();
    // The first prompt was skipped, so the third ballot is on the fourth.
    const ballot = report.ballots[2];
    expect([ballot?.n, ballot?.prompt]).toEqual([4, idsOf(run)[3]]);
    const { out, err } = await run.verb('report', '--prompt', '4');
    expect(err).toMatch(/^Run \S+-played/);
    expect(out).toContain(` mail, prompt 4 (${ballot?.prompt}, prompts.csv line`);
    expect(out).toContain(ballot?.texts?.prompt);
    const answer = (model: string): string =>
      new RegExp(`Answer of ${model}\\n([\\s\\S]*?)\\n\\n`).exec(out)?.[1] ?? '';
    expect(answer('closed')).toContain('Alpha says so about mail number');
    expect(answer('open')).toContain('Beta says so about mail number');
    expect(answer('open')).toMatch(/Checks: .*not empty/);
    expect(out).toMatch(/ Votes\n {3}jo: closed better \((?:open|closed) was left; 19 s\)\n/);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^Next: gapcheck report \S+-played$/);
    expect((await run.verb('report', '--prompt', ballot?.prompt ?? '')).out).toBe(out);
  });

  it('says who skipped a prompt, and that nobody voted on an unused one', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await voted(run);
    const [skipped = '', unused = ''] = [idsOf(run)[0], idsOf(run).at(-1)];
    expect((await run.verb('report', '--prompt', skipped)).out).toMatch(
      /mail, prompt 1, no ballot was voted on[\s\S]* Votes\n {3}jo: skipped\n/,
    );
    expect((await run.verb('report', '--prompt', unused)).out).toMatch(/ Votes\n {3}none\n/);
  });

  it('is refused while the results are hidden, and names what has to happen', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    const { code, out, err } = await runVerb(['report', '--prompt', idsOf(run)[0] ?? ''], { cwd: dir.path });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('error: No prompt can be shown with its models yet: ');
    expect(err).toMatch(/\nNext: gapcheck score/);
  });

  it('knows what was meant by an id that is nearly right, and how many prompts there are', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await voted(run);
    const id = idsOf(run)[2] ?? '';
    const wrong = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    const near = await runVerb(['report', '--prompt', wrong], { cwd: dir.path });
    expect([near.code, near.out]).toEqual([2, '']);
    expect(near.err).toContain(`this run has no prompt "${wrong}". Did you mean ${id}?`);
    expect(near.err).toMatch(new RegExp(`\\nNext: gapcheck report \\S+-played --prompt ${id}\\n`));
    const far = await runVerb(['report', '--prompt', '99'], { cwd: dir.path });
    expect(far.code).toBe(2);
    expect(far.err).toContain('This run has prompts 1 to 20.');
    expect((await runVerb(['report', '--prompt', '4', '--json'], { cwd: dir.path })).code).toBe(2);
  });

  it('shows what was voted on while the report proposes more votes, and says what reading it does', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { mail: 40 }, n: 12 });
    let at = 0;
    await run.sit('jo', () => (at++ % 2 === 0 ? 'closed' : 'open'));
    expect((await run.report()).next.command).toMatch(/^gapcheck more/);
    const proposed = /To see prompt \d+ again: gapcheck report (--prompt \d+)\n/.exec((await run.verb('report')).out);
    const { out } = await run.verb('report', ...(proposed?.[1] ?? '').split(' '));
    expect(out).toMatch(/Alpha says so[\s\S]*Beta says so/);
    expect(out.replace(/\s+/g, ' ')).toContain('later votes of the same person are less blind');
    // Nobody has voted on this one: its answers wait for the vote.
    const unread = (await run.verb('report', '--prompt', '40')).out.replace(/\s+/g, ' ');
    expect(unread).toMatch(/\(hidden: it can still be voted on\. gapcheck report \S+ --prompt 40 --texts shows it\)/);
    expect(unread).not.toMatch(/(?:Alpha|Beta) says so/);
  });

  it('keeps the number of a prompt when prompts are added, also for one that somebody else votes on later', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await voted(run);
    const numbers = async (): Promise<Map<string, number>> =>
      new Map((await run.report()).ballots.map(({ prompt, n }) => [prompt, n]));
    const before = await numbers();
    await run.more(3);
    await run.sit('kim', () => 'tie');
    const after = await numbers();
    expect(after.size).toBe(15);
    for (const [prompt, n] of before) expect(after.get(prompt)).toBe(n);
    for (const [prompt, n] of after) expect(idsOf(run)[n - 1]).toBe(prompt);
  });

  it('is named by the list of losses and by the ballots of the page', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, plan);
    await voted(run);
    const { out } = await run.verb('report');
    expect(out).toMatch(
      /Where open lost \(3 of 11, unusable answers first\)\n(?: {3}\d+ {2}mail .*\n){3} {3}To see prompt 2 again: gapcheck report --prompt 2\n/,
    );
    const page = readFileSync(`${run.folder}/report.md`, 'utf8');
    expect(page.split('gapcheck report --prompt NUMBER shows one prompt again in the terminal.')).toHaveLength(3);
  });
});

it('a refusal is counted and is no check that was passed', () => {
  expect(
    checksWords([
      { check: 'empty', pass: true },
      { check: 'refusal', pass: true, kind: 'refusal', why: 'it declines' },
    ]),
  ).toBe('not empty. It refused: counted, not failed.');
});

it('an answer that was cut off is said to be so, without the word that files have for it', () => {
  const why = 'The answer was cut off at the token limit.';
  expect(checksWords([{ check: 'truncated', pass: false, why }])).toBe(why);
  expect(checksWords([{ check: 'json', pass: false, why: 'no JSON' }])).toBe('failed json: no JSON');
});
