/** What stopped somebody in their first hour, line by line, on the built command. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gapcheck } from '../helpers/cli.ts';
import { playRun } from '../helpers/played-run.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const demo = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));

/** Status of the first command of a pipe that ends early. */
function statusBeforeHead(command: string, cwd: string): number {
  const line = `node '${bin}' ${command} | head -1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
  return Number(execFileSync('bash', ['-c', line], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

describe('the first hour', () => {
  it('ends a run that is piped to head with 0', () => {
    using dir = tempDir();
    expect(statusBeforeHead(`run '${demo}' --no-score`, dir.path)).toBe(0);
    expect(statusBeforeHead('report', dir.path)).toBe(0);
    expect(statusBeforeHead('run --help-all', dir.path)).toBe(0);
    expect(statusBeforeHead(`run '${demo}' --no-score 2>&1`, dir.path)).toBe(0);
  });

  it('answers a file name in place of a command with the command that runs it', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('prompts.csv'), 'prompt\nhello\n');
    const { code, err } = await gapcheck(['prompts.csv', '-n', '8'], { cwd: dir.path });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: "prompts.csv" is a file, not a command. Did you mean to run its prompts?\nNext: gapcheck run prompts.csv -n 8\n',
    });
  });

  it('names the command that was nearly typed', async () => {
    using dir = tempDir();
    const { code, err } = await gapcheck(['reprot'], { cwd: dir.path });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: There is no command "reprot". Did you mean "report"?\nNext: gapcheck report\n',
    });
  });

  it('shows ten commands and examples first; --help-all shows the rest', async () => {
    using dir = tempDir();
    const first = (await gapcheck(['--help'], { cwd: dir.path })).out;
    const commands = first.split('\nCommands\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
    expect(commands).toHaveLength(10);
    expect(first.indexOf('Examples')).toBeLessThan(first.indexOf('Commands'));
    const run = (await gapcheck(['run', '--help'], { cwd: dir.path })).out;
    expect(run.indexOf('Examples')).toBeLessThan(run.indexOf('Most used'));
    expect(run.match(/^ {2}-/gm)?.length).toBeLessThanOrEqual(8);
    expect(run.trimEnd().split('\n\n').at(-1)).toMatch(/^Exit codes: 0 done/);
    expect(run).not.toContain('--answer-field');
    expect((await gapcheck(['run', '--help-all'], { cwd: dir.path })).out).toContain('--answer-field');
    expect((await gapcheck(['--help-all'], { cwd: dir.path })).out).toMatch(/^ {2}merge /m);
  });

  it('exits 2 where doctor finds nothing that could answer', async () => {
    using dir = tempDir();
    const { code, out } = await gapcheck(['doctor'], { cwd: dir.path, env: { OLLAMA_HOST: '127.0.0.1:9' } });
    expect(code).toBe(2);
    expect(out).toContain('nothing here can answer prompts yet');
    expect(out).toMatch(/Next: gapcheck demo/);
  });

  it('lists runs with what each waits for, and shows one of them', async () => {
    using dir = tempDir();
    expect((await gapcheck(['list'], { cwd: dir.path })).out).toBe(
      'There is no run in results yet.\nNext: gapcheck demo\n',
    );
    makeAnsweredRun(dir.path, ticketAnswers(4));
    const { out, code } = await gapcheck(['list'], { cwd: dir.path });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^run +prompts +answers +ballots +state\n\S+-tickets +\S+ +8 +0 of 4 +ready to vote\nNext: gapcheck score \S+-tickets\n$/,
    );
    const one = (await gapcheck(['status'], { cwd: dir.path })).out;
    expect(one).toMatch(/^Run \S+-tickets\n/);
    expect(one).toContain('0 of 4, about 3 minutes are left');
    expect(one).toMatch(/Next: gapcheck score \S+-tickets\n$/);
    expect(`${out}${one}`).not.toMatch(/qwen|gpt|llama/i);
  });

  it('leaves runs alone that were begun and left', async () => {
    using dir = tempDir();
    const left = makeAnsweredRun(dir.path, ticketAnswers(4));
    const voted = makeAnsweredRun(dir.path, ticketAnswers(4));
    await sit(voted, 'maria', 4);
    const [older, name] = [left, voted].map(({ folder }) => basename(folder)) as [string, string];
    const { out } = await gapcheck(['list'], { cwd: dir.path });
    expect(out).toContain(`Next: gapcheck report ${name}\n`);
    makeAnsweredRun(dir.path, ticketAnswers(4));
    const { err } = await gapcheck(['report'], { cwd: dir.path });
    expect(err).toContain(`Run ${name} (newest with votes; 1 newer run has none)`);
    expect((await gapcheck(['report', older], { cwd: dir.path })).err).toContain(`Run ${older}\n`);
  });

  it('says which run it took, of how many', async () => {
    using dir = tempDir();
    for (const name of ['a', 'b', 'c']) await gapcheck(['run', demo, '--no-score', '--name', name], { cwd: dir.path });
    expect((await gapcheck(['report'], { cwd: dir.path })).err).toMatch(/^Run \S+-c \(newest of 3\)\n/);
    expect((await gapcheck(['report', '-o', 'r.md', 'Z-b'], { cwd: dir.path })).err).toMatch(/^Run \S+-b\n/);
  });

  it('shows a path in its shortest true form', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('a/b/c/d/e'), { recursive: true });
    const { out } = await gapcheck(['run', demo, '--no-score', '--results', dir.at('results')], { cwd: dir.path });
    expect(out).toMatch(/Answers are in results\//);
    expect(out).not.toContain(dir.path);
    const { err } = await gapcheck(['report', '--results', dir.at('none')], { cwd: dir.path });
    expect(err).toMatch(/^error: There is no run in none yet\./);
  });

  it('names the file, column and provider that was nearly typed, in the same command', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('prompts.csv'), 'prompt,kind\nhello,a\n');
    const nextOf = async (...args: string[]): Promise<string> =>
      (await gapcheck(args, { cwd: dir.path })).err
        .replaceAll(' --no-test-call', '')
        .trimEnd()
        .split('\n')
        .slice(-2)
        .join(' | ');
    expect(await nextOf('run', 'promts.csv', '-n', '8')).toBe(
      'error: There is no file "promts.csv" here. A similar one is "prompts.csv". | Next: gapcheck run prompts.csv -n 8',
    );
    expect(await nextOf('run', 'other.csv')).toBe(
      'error: There is no file "other.csv" here. There is "prompts.csv". | Next: gapcheck run prompts.csv',
    );
    mkdirSync(dir.at('team'));
    writeFileSync(dir.at('team/tickets.csv'), 'prompt\nhello\n');
    expect(await nextOf('run', 'team/other.csv', '-n', '8')).toBe(
      'error: There is no file "team/other.csv" here. There is "team/tickets.csv". | Next: gapcheck run team/tickets.csv -n 8',
    );
    expect(await nextOf('run', 'prompts.csv', '--task-field', 'kimd')).toMatch(
      /Next: gapcheck run prompts\.csv --task-field kind$/,
    );
    expect(await nextOf('run', 'prompts.csv', '--closed', 'opnai:gpt-5.6', '--open', 'ollama:x')).toMatch(
      /Did you mean "openai"\? \| Next: gapcheck run prompts\.csv --closed openai:gpt-5\.6 --open ollama:x/,
    );
  });

  it('compares two columns of answers, whatever they are called, and names them where nothing else can answer', async () => {
    using dir = tempDir();
    const rows = [1, 2, 3, 4].map(
      (at) => `Where is invoice ${at}?,It is in the folder of ${at}.,Look into folder ${at}.`,
    );
    writeFileSync(dir.at('support.csv'), `question,gpt reply,llama reply\n${rows.join('\n')}\n`);
    const bare = await gapcheck(['run', 'support.csv'], { cwd: dir.path });
    const command = "gapcheck run support.csv --closed 'column:gpt reply' --open 'column:llama reply'";
    expect(bare.code).toBe(2);
    expect(bare.err).toContain(`if two columns are the answers of two models: ${command}`);
    const columns = ['--closed', 'column:gpt reply', '--open', 'column:llama reply', '--no-score'];
    const ran = await gapcheck(['run', 'support.csv', ...columns], { cwd: dir.path });
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringContaining('the answers in column gpt reply: nothing is sent'),
    });
    const one = await gapcheck(['run', 'support.csv', '--closed', 'column:gpt reply'], { cwd: dir.path });
    expect(one.err).toContain("--open 'column:llama reply'");
    const near = columns.map((word) => word.replace('gpt reply', 'gpt replies'));
    expect((await gapcheck(['run', 'support.csv', ...near], { cwd: dir.path })).err).toContain(
      `A similar one is "gpt reply".\nNext: ${command}`,
    );
  });

  it('makes a task of two prompts with one system prompt, says that it guessed, and asks about the column', async () => {
    using dir = tempDir();
    const rows = ['a', 'b'].flatMap((x) => [1, 2].map((n) => `${x}${n},Translate ${x} into German,${x}\n`));
    writeFileSync(dir.at('p.csv'), `prompt,system,kind\n${rows.join('')}`);
    const { out, err } = await gapcheck(
      ['run', 'p.csv', '--closed', 'command:true', '--open', 'command:false', '--dry-run'],
      {
        cwd: dir.path,
      },
    );
    expect(err).toContain('Tasks were guessed from 2 system prompts.');
    expect(err).toContain('Not used: "kind". Is it the task? Then add --task-field kind');
    expect(out).toMatch(/2 tasks/);
  });

  it('fills up to n while the file has prompts; a number and "all" behave alike', async () => {
    using dir = tempDir();
    const rows = [7, 6, 6, 6].flatMap((count, task) =>
      Array.from({ length: count }, (_, at) => `prompt ${task} ${at},task-${task}\n`),
    );
    writeFileSync(dir.at('p.csv'), `prompt,task\n${rows.join('')}`);
    for (const n of ['25', 'all']) {
      const args = ['run', 'p.csv', '--closed', 'command:true', '--open', 'command:false', '--dry-run', '-n', n];
      const { out } = await gapcheck(args, { cwd: dir.path });
      expect(out).toMatch(/25 prompts|25 now/);
      expect(out).not.toMatch(/these tasks have|Too few/);
    }
  });

  it('plans without a key, and names the variable that is missing', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,task\nhello,a\n');
    const args = ['run', 'p.csv', '--closed', 'openai:gpt-5.6', '--open', 'command:true', '--dry-run'];
    const { code, out } = await gapcheck(args, { cwd: dir.path, env: { OPENAI_API_KEY: '' } });
    expect(code).toBe(0);
    expect(out).toContain('no key yet: OPENAI_API_KEY');
  });

  it('counts ballots and minutes over all pairs, names the default margin, and says what is fixed', async () => {
    using dir = tempDir();
    const rows = Array.from({ length: 27 }, (_, at) => `prompt ${at},a\n`);
    writeFileSync(dir.at('p.csv'), `prompt,task\n${rows.join('')}`);
    const models = ['--closed', 'command:true', '--open', 'command:false', '--open', 'command:cat'];
    const { out } = await gapcheck(['run', 'p.csv', ...models, '--dry-run'], { cwd: dir.path });
    expect(out).toMatch(/voting +1 rater, 54 ballots over 2 pairs, about 41 minutes/);
    expect(out).toContain('30 per 100, the default. --margin changes it');
    expect(out).toContain('the left/right order of the answers are fixed.');
    const chosen = await gapcheck(['run', 'p.csv', ...models, '--dry-run', '--margin', '20'], { cwd: dir.path });
    expect(chosen.out).toMatch(/margin +20 per 100\n/);
  });

  it('suggests the checks that the prompts ask for, with a flag that works', async () => {
    using dir = tempDir();
    const dry = async (...more: string[]) =>
      (await gapcheck(['run', demo, '--dry-run', ...more], { cwd: dir.path })).out;
    const plan = await dry();
    expect(plan).toContain('The prompts of extract-json ask for JSON; --check extract-json=json checks it');
    expect(plan).toMatch(/ask for at most 60 words; --check\s+reply-with-rules=maxWords:60\s+checks it/);
    const set = await dry('--check', 'extract-json=json');
    expect(set).toContain('extract-json: json');
    expect(set).not.toContain('--check extract-json=json');
    const wrong = await gapcheck(['run', demo, '--dry-run', '--check', 'extract-json=jsn'], { cwd: dir.path });
    expect(wrong.code).toBe(2);
  });

  it('writes nothing where nothing can answer, and names the file of the user', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('tickets of May.csv'), 'prompt\nWhere is my invoice?\nWhen do I get it?\n');
    const { code, err } = await gapcheck(['run', 'tickets of May.csv'], {
      cwd: dir.path,
      env: { OLLAMA_HOST: '127.0.0.1:9' },
    });
    expect(code).toBe(2);
    expect(readdirSync(dir.path)).toEqual(['tickets of May.csv']);
    expect(err).toMatch(/gapcheck run 'tickets of May\.csv' --closed openai:MODEL --open ollama:/);
    expect(err).not.toContain('prompts-sample');
  });

  it('proposes a command after every session, and leaves the reason in the row of the task', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { reply: 60, extract: 40 }, n: 100 });
    await run.sit('ann', ({ text }) => (Number(/\d+/.exec(text)?.[0]) % 7 < 4 ? 'closed' : 'open'));
    const { out } = await run.verb('report');
    const reply = /^ +reply +NOT YET +([\s\S]*?)\n +extract /m.exec(out)?.[1]?.replace(/\s+/g, ' ');
    expect(reply).toBe('not decided: 60 votes do not tell (24:0:36); no vote of a task is read after the first 60');
    const lines = out.trimEnd().split('\n');
    const next = lines.filter((line) => /^ ?Next:/.test(line));
    // Near the top, and once more as the last line, where a reader of a long report looks.
    expect(next).toEqual([next[0], next[0]]);
    expect(lines.indexOf(next[0] ?? '')).toBeLessThan(16);
    expect(lines.at(-1)).toBe(next[0]);
    expect(next[0]).toMatch(/^ ?Next: gapcheck (?:more|report|run) \S+/);
    const words = (next[0] ?? '').trim().split(' ').slice(2);
    expect((await run.verb(...words)).code).toBe(0);
  });

  it('does not say that a rater was asked to guess where nobody knows it', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { reply: 8 }, n: 8 });
    const files = await run.votePackets(['bob'], () => 'open');
    await run.merge(Object.values(files));
    await run.verb('report', '-o', 'r.md');
    const report = readFileSync(dir.at('r.md'), 'utf8');
    expect(report).toContain('Whether raters could tell the models apart was not measured: no rater gave a guess.');
    expect(report).not.toMatch(/was asked/);
  });
});
