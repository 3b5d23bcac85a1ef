import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import { bin, startCli } from '../helpers/cli.ts';
import { delay, type ModelServer, ollamaModel, reply, startModelServer, status } from '../helpers/model-server.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const demo = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));
const both = ['--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b'];

const csvOf = (prompts: string[]): string =>
  ['prompt', ...prompts.map((prompt) => `"${prompt.replaceAll('"', '""')}"`)].join('\n').concat('\n');

function onlyRun(dir: string): string {
  const runs = readdirSync(join(dir, 'results')).filter((name) => !name.startsWith('.'));
  expect(runs).toHaveLength(1);
  return join(dir, 'results', runs[0] ?? '');
}

const linesOf = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

async function serverWith(script: Parameters<typeof startModelServer>[0]): Promise<ModelServer> {
  const server = await startModelServer(script);
  server.ollama.models = [ollamaModel('qwen3:8b')];
  return server;
}

/** Every file of a folder, for looking what must not be in it. */
const allText = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('run on a file that brings both answers', () => {
  it('prints the plan, writes the run folder, says how to score it, and sends nothing though a key is set', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('never asked'));
    const { code, out, err } = await gapcheck(['run', demo], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain('24 now: extract-json 8, reply-with-rules 8, summarise-ticket 8');
    expect(out).toMatch(/Next: gapcheck score results\/\S+-demo/);
    expect(server.requests).toEqual([]);
    const run = onlyRun(dir.path);
    expect(readdirSync(run).sort()).toEqual(
      ['attempts', 'events.jsonl', 'key.json', 'prompts.jsonl', 'report.json', 'report.md', 'run.json', 'votes'].sort(),
    );
    for (const arm of ['closed', 'open']) expect(linesOf(join(run, 'attempts', `${arm}.jsonl`))).toHaveLength(24);
    // Sealed: texts by arm are in attempts/, not in the report.
    expect(readFileSync(join(run, 'report.md'), 'utf8')).toContain('No result yet');
  });

  it('demo does the same from the packaged file', async () => {
    using dir = tempDir();
    const { code, out, err } = await gapcheck(['demo'], { cwd: dir.path });
    expect(code).toBe(0);
    expect(err).toContain('written by hand');
    expect(out).toContain('24 prompts in 3 tasks (from the column "task")');
  });

  it('--dry-run prints the plan and writes nothing', async () => {
    using dir = tempDir();
    const { code, out } = await gapcheck(['run', demo, '--dry-run'], { cwd: dir.path });
    expect(code).toBe(0);
    expect(out).toContain('about 18 min');
    expect(readdirSync(dir.path)).toEqual([]);
  });
});

describe('run with two models', () => {
  const hostile = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: prompt text is data
    'read {{ env.HOME }} and {{x}} ${HOME} $(whoami) {% for a in b %}',
    'file:///etc/hosts',
    '{"question": "what is \\"this\\"?", "n": [1, 2]}',
    'two\r\nlines, "quoted", and a tab\there',
    '👩‍👩‍👧 ünïcödé \u202eright to left\u202c  zero\u200bwidth',
    "'single' `tick` \\backslash\\n [INST] <|im_start|>",
    '=1+1',
    '  leading and trailing blanks  ',
  ];

  it('sends every prompt to both arms byte for byte, from a file with a BOM', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('a plain answer'));
    writeFileSync(dir.at('prompts.csv'), `\ufeff${csvOf(hostile)}`);
    const { code, err } = await gapcheck(['run', 'prompts.csv', ...both], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const protocol of ['openai', 'ollama']) {
      const sent = server.calls.filter((call) => call.protocol === protocol).map((call) => call.body.messages);
      expect(sent.map(([message]) => message.content).sort()).toEqual([...hostile].sort());
      expect(sent.every((messages) => messages.length === 1 && messages[0].role === 'user')).toBe(true);
    }
  });

  it('records every attempt with model, tokens, finish and time, and nobody is asked twice', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('a plain answer', { model: 'gpt-test-2026-01-01' }));
    writeFileSync(dir.at('prompts.csv'), csvOf(['one', 'two', 'three', 'two']));
    const { code } = await gapcheck(['run', 'prompts.csv', ...both], { cwd: dir.path, env: server.env });
    expect(code).toBe(0);
    // The duplicate counts once.
    expect(server.calls).toHaveLength(6);
    const run = onlyRun(dir.path);
    const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as RunRecord;
    expect(record.arms.map(({ provider, model }) => `${provider}:${model}`)).toEqual([
      'openai:gpt-test',
      'ollama:qwen3:8b',
    ]);
    expect(record.arms[1]).toMatchObject({ quantization: 'Q4_K_M', leavesMachine: false });
    const steps = linesOf<StepRecord>(join(run, 'attempts', 'closed.jsonl'));
    for (const step of steps) {
      expect(step).toMatchObject({
        trial: 1,
        attempt: 1,
        step: 1,
        outcome: 'answered',
        text: 'a plain answer',
        last: true,
      });
      expect(step.finish).toBe('stop');
      expect(step.model).toBe('gpt-test-2026-01-01');
      expect(step.usage?.out).toBeGreaterThan(0);
      expect(step.ms?.total).toBeGreaterThan(0);
    }
  });

  it('compares with the answers of the log for --closed logged', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('an open answer'));
    const lines = ['first', 'second'].map((text) => ({
      messages: [
        { role: 'user', content: text },
        { role: 'assistant', content: `production said ${text}` },
      ],
    }));
    writeFileSync(dir.at('log.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { code, out } = await gapcheck(['run', 'log.jsonl', '--closed', 'logged', '--open', 'ollama:qwen3:8b'], {
      cwd: dir.path,
      env: server.env,
    });
    expect(code).toBe(0);
    expect(out).toContain("production's own answers");
    expect(server.calls.map((call) => call.protocol)).toEqual(['ollama', 'ollama']);
    const closed = linesOf<StepRecord>(join(onlyRun(dir.path), 'attempts', 'closed.jsonl'));
    expect(closed.map((step) => step.text).sort()).toEqual(['production said first', 'production said second']);
  });

  it('never writes the key anywhere, also not with --debug and a server that echoes it', async () => {
    using dir = tempDir();
    const key = 'sk-proj-PLANTED0123456789abcdefghijKLMNOP';
    await using server = await serverWith((call) => {
      const echo = String(call.headers.authorization ?? '');
      return call.nth % 2 === 0 ? reply('fine') : status(400, { body: { error: { message: `bad ${echo}` } } });
    });
    writeFileSync(dir.at('prompts.csv'), csvOf(['one', 'two', 'three', 'four']));
    const { out, err } = await gapcheck(['--debug', 'run', 'prompts.csv', ...both], {
      cwd: dir.path,
      env: { ...server.env, OPENAI_API_KEY: key },
    });
    expect(server.calls.some((call) => String(call.headers.authorization).includes(key))).toBe(true);
    expect(`${out}${err}${allText(dir.path)}`).not.toContain(key);
  });
});

describe('hostile names', () => {
  it('of tasks and files never move the cursor', async () => {
    using dir = tempDir();
    const evil = '\u001b]0;PWNED\u0007\u001b[31mred\u202e';
    writeFileSync(dir.at('p.csv'), `prompt,task,answer:closed,answer:open\n"one","${evil}",a,b\n`);
    const { code, out, err } = await gapcheck(['run', 'p.csv'], { cwd: dir.path });
    expect(code).toBe(0);
    expect(out).toContain('PWNED');
    const missing = await gapcheck(['run', `${evil}.csv`], { cwd: dir.path });
    expect(missing.code).toBe(2);
    expect(`${out}${err}${missing.out}${missing.err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('an arm with a key in it is refused before anything is written', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,answer:x\none,y\n');
    const key = 'sk-proj-abcdefghijklmnop0123456789';
    const arm = `command:curl -H 'authorization: Bearer ${key}'`;
    const { code, err } = await gapcheck(['run', 'p.csv', '--closed', 'column:x', '--open', arm], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toMatch(/environment variable/);
    expect(err).not.toContain(key);
    expect(readdirSync(dir.path)).toEqual(['p.csv']);
  });
});

describe('a run that is cut short', () => {
  const prompts = Array.from({ length: 24 }, (_, index) => `prompt number ${index}`);

  it('after kill -9, --resume sends only what is missing', async () => {
    using dir = tempDir();
    await using server = await serverWith((call) => delay(30, reply(`answer to ${call.lastUserText}`)));
    writeFileSync(dir.at('prompts.csv'), csvOf(prompts));
    const flags = ['-j', 'closed=4,open=2'];
    const { child, done } = startCli(['run', 'prompts.csv', ...both, ...flags], { cwd: dir.path, env: server.env });
    while (server.calls.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    expect((await done).signal).toBe('SIGKILL');
    const resumed = await gapcheck(['run', '--resume', ...flags], { cwd: dir.path, env: server.env });
    expect({ code: resumed.code, err: resumed.err }).toMatchObject({ code: 0 });
    const seen = new Map<string, number>();
    for (const call of server.calls) {
      const cell = `${call.protocol} ${call.lastUserText}`;
      seen.set(cell, (seen.get(cell) ?? 0) + 1);
    }
    expect(seen.size).toBe(48);
    const twice = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    expect(twice).toBeLessThanOrEqual(6);
    const run = onlyRun(dir.path);
    for (const arm of ['closed', 'open']) {
      const answered = linesOf<StepRecord>(join(run, 'attempts', `${arm}.jsonl`)).filter(
        (step) => step.outcome === 'answered',
      );
      expect(new Set(answered.map((step) => step.prompt)).size).toBe(24);
      expect(answered).toHaveLength(24);
    }
  });

  it('--max-cost counts what a killed process may have been asking for', async () => {
    using dir = tempDir();
    await using server = await serverWith(delay(10_000, reply('too late')));
    writeFileSync(dir.at('prompts.csv'), csvOf(prompts));
    const closed = { spec: 'openai:gpt-test', price: { in: 0, out: 100 }, maxTokens: 100 };
    const config = { closed, open: 'ollama:qwen3:8b', maxTokens: 100, prompts: 'prompts.csv' };
    writeFileSync(dir.at('gapcheck.config.json'), JSON.stringify(config));
    // At most a cent a call, four at once.
    const place = { cwd: dir.path, env: server.env };
    const { child, done } = startCli(['run', '--max-cost', '0.065', '-j', 'closed=4'], place);
    while (server.calls.filter(({ protocol }) => protocol === 'openai').length < 4)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await done;
    server.script = reply('an answer', { usage: { in: 1, out: 100 } });
    const before = server.calls.length;
    const resumed = await gapcheck(['run', '--resume', '--max-cost', '0.065'], place);
    expect(resumed.code).toBe(2);
    expect(resumed.err).toMatch(/The cost limit was reached/);
    const since = server.calls.slice(before).map(({ protocol }) => protocol);
    expect(since.filter((protocol) => protocol === 'openai')).toHaveLength(2);
    // The arm that costs nothing has all its answers.
    expect(since.filter((protocol) => protocol === 'ollama')).toHaveLength(24);
    const more = await gapcheck(['run', '--resume', '--max-cost', '1'], place);
    expect(more.code).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s keeps what is there, prints the command that resumes, and exits %i', async (signal, exit) => {
    using dir = tempDir();
    await using server = await serverWith(delay(60, reply('an answer')));
    writeFileSync(dir.at('prompts.csv'), csvOf(prompts));
    const { child, done } = startCli(['run', 'prompts.csv', ...both], { cwd: dir.path, env: server.env });
    while (server.calls.length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill(signal);
    const { code, err } = await done;
    expect(code).toBe(exit);
    expect(err).toMatch(/Next: gapcheck run --resume results\/\S+/);
    const before = server.calls.length;
    const again = await gapcheck(['run', '--resume'], { cwd: dir.path, env: server.env });
    expect(again.code).toBe(0);
    expect(server.calls.length - before).toBeGreaterThan(0);
    expect(server.calls.length).toBeLessThanOrEqual(48 + 9);
  });

  it.each([
    [['p.csv', '--resume', '--open', 'openai:x'], 'no p.csv, no --open.', 'gapcheck run --resume goes on'],
    [['--resume', 'p', '-n', '3', '--dry-run'], 'no -n, no --dry-run.', 'gapcheck run --resume p goes on'],
    [['--resume', '--no-redact', '--check-n', '9'], 'no --no-redact, no --check-n.', 'without --resume a new run'],
  ])('--resume refuses what it would pass over: %j', async (args, says, next) => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,answer:closed,answer:open\nx,y,z\n');
    await gapcheck(['run', 'p.csv'], { cwd: dir.path });
    const { code, out, err } = await gapcheck(['run', ...args], { cwd: dir.path });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toContain(next);
    const heeded = ['--resume', 'p', '--no-score', '--yes', '-j', '2', '--max-cost', '1', '--reuse'];
    expect((await gapcheck(['run', ...heeded], { cwd: dir.path })).code).toBe(0);
  });

  it('with nothing missing, --resume asks nothing', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('an answer'));
    writeFileSync(dir.at('prompts.csv'), csvOf(['one', 'two']));
    await gapcheck(['run', 'prompts.csv', ...both], { cwd: dir.path, env: server.env });
    const { code } = await gapcheck(['run', '--resume'], { cwd: dir.path, env: server.env });
    expect(code).toBe(0);
    expect(server.calls).toHaveLength(4);
  });
});

describe('a model that nobody serves', () => {
  const refuse = (call: { model: string }) =>
    call.model === 'nope'
      ? status(404, { body: { error: { message: 'The model nope does not exist' } } })
      : delay(40, reply('an answer'));

  it('stops the other side too, and says how to begin again with its answers', async () => {
    using dir = tempDir();
    await using server = await serverWith(refuse);
    writeFileSync(dir.at('p.csv'), csvOf(Array.from({ length: 60 }, (_, index) => `prompt ${index}`)));
    const place = { cwd: dir.path, env: server.env };
    const arms = ['--closed', 'openai:gpt-test', '--open', 'openai:nope', '-n', '60'];
    const { code, err } = await gapcheck(['run', 'p.csv', ...arms], place);
    expect(code).toBe(3);
    expect(err).toContain('open stopped: ');
    expect(err).not.toContain('Then run gapcheck score');
    const asked = server.calls.filter(({ model }) => model === 'gpt-test').length;
    expect(asked).toBeLessThan(40);
    expect(err).toContain('This run is frozen with openai:nope, so --resume asks for the same.');
    expect(err).toContain(
      'Next: gapcheck run p.csv --closed openai:gpt-test --open openai:MODEL -n 60 --reuse\n  or, once openai:nope is served',
    );
    const right = arms.map((word) => word.replace('nope', 'right'));
    const fresh = await gapcheck(['run', 'p.csv', ...right, '--reuse'], place);
    expect(fresh.code).toBe(0);
    expect(fresh.err).not.toContain('is not finished');
    expect(server.calls.filter(({ model }) => model === 'gpt-test')).toHaveLength(60);
  });

  it('in a config is named there', async () => {
    using dir = tempDir();
    await using server = await serverWith(refuse);
    writeFileSync(dir.at('p.csv'), csvOf(['one', 'two']));
    writeFileSync(dir.at('gapcheck.config.yaml'), 'closed: openai:gpt-test\nopen: openai:nope\n');
    const { err } = await gapcheck(['run', 'p.csv'], { cwd: dir.path, env: server.env });
    expect(err).toContain('Next: gapcheck run p.csv --reuse, with the right model in the config\n');
  });

  it('is not what a key that is refused says: that one resumes', async () => {
    using dir = tempDir();
    await using server = await serverWith(({ protocol }) => (protocol === 'openai' ? status(401) : reply('fine')));
    writeFileSync(dir.at('p.csv'), csvOf(['one', 'two']));
    const { code, err } = await gapcheck(['run', 'p.csv', ...both], { cwd: dir.path, env: server.env });
    expect(code).toBe(3);
    expect(err).toMatch(/Next: gapcheck run --resume results\//);
    expect(server.calls.filter(({ protocol }) => protocol === 'ollama')).toHaveLength(2);
  });
});

describe('bad input ends with what to type next, and leaves nothing behind', () => {
  const cases: {
    what: string;
    files?: Record<string, string | Buffer>;
    args: string[];
    code: number;
    says: RegExp;
    next: RegExp;
  }[] = [
    { what: 'a missing file', args: ['no.csv'], code: 2, says: /no\.csv/, next: /Next: / },
    { what: 'a folder', args: ['folder'], code: 2, says: /folder/, next: /Next: / },
    { what: 'an empty file', files: { 'e.csv': '' }, args: ['e.csv'], code: 2, says: /e\.csv.*empty/i, next: /Next: / },
    {
      what: 'a header alone',
      files: { 'h.csv': 'prompt,task\n' },
      args: ['h.csv'],
      code: 2,
      says: /h\.csv/,
      next: /Next: /,
    },
    {
      what: 'no prompt column',
      files: { 'c.csv': 'colour,size\nred,1\n' },
      args: ['c.csv'],
      code: 2,
      says: /colour.*size/s,
      next: /export the requests themselves/,
    },
    {
      what: 'a binary file',
      files: { 'b.csv': Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 0, 0, 255, 254]) },
      args: ['b.csv'],
      code: 2,
      says: /b\.csv/,
      next: /Next: /,
    },
    {
      what: 'an unknown provider',
      files: { 'p.csv': csvOf(['x']) },
      args: ['p.csv', '--closed', 'opnai:gpt', '--open', 'ollama:x'],
      code: 2,
      says: /opnai/,
      next: /Did you mean "openai"\?\nNext: gapcheck run p\.csv --closed openai:gpt --open ollama:x/,
    },
    {
      what: 'a column that is not there',
      files: { 'p.csv': 'prompt,answer:gpt\nx,y\n' },
      args: ['p.csv', '--closed', 'column:gtp', '--open', 'ollama:x'],
      code: 2,
      says: /no column of answers called "gtp"/,
      next: /A similar one is "gpt"\.\nNext: gapcheck run p\.csv --closed column:gpt --open ollama:x/,
    },
    {
      what: 'a column of one letter, which is like none',
      files: { 'p.csv': 'id,prompt,closed,open\n1,x,y,z\n' },
      args: ['p.csv', '--closed', 'column:A', '--open', 'column:B'],
      code: 2,
      says: /no column of answers called "A"\.$/m,
      next: /Next: it has column:closed, column:open/,
    },
    {
      what: 'a missing key',
      files: { 'p.csv': 'prompt,answer:x\nx,y\n' },
      args: ['p.csv', '--closed', 'openai:gpt-test', '--open', 'column:x'],
      code: 2,
      says: /OPENAI_API_KEY/,
      next: /Next: /,
    },
    {
      what: 'an Ollama that is not there',
      files: { 'p.csv': 'prompt,answer:x\nx,y\n' },
      args: ['p.csv', '--closed', 'column:x', '--open', 'ollama:qwen3:8b'],
      code: 2,
      says: /127\.0\.0\.1:9/,
      next: /ollama serve/,
    },
    {
      what: 'a task that is not there',
      files: { 't.csv': 'prompt,task\nx,mail\ny,sum\n' },
      args: ['t.csv', '--tasks', 'nope'],
      code: 2,
      says: /no task "nope"/,
      next: /Next: tasks are mail, sum\n/,
    },
    {
      what: 'a column that is not there, before the other side is asked for',
      files: { 'p.csv': 'prompt,answer:gpt\nx,y\n' },
      args: ['p.csv', '--open', 'column:zzz'],
      code: 2,
      says: /no column of answers called "zzz"/,
      next: /Next: it has column:gpt/,
    },
    {
      what: 'answers in columns that are not named so',
      files: { 'p.csv': 'prompt,closed,open\nx,y,z\n' },
      args: ['p.csv'],
      code: 2,
      says: /^error: Columns closed and open look like answers/m,
      next: /Next: gapcheck run p\.csv --closed column:closed --open column:open\n/,
    },
    {
      what: 'one of them by name',
      files: { 'p.csv': 'prompt,closed,open\nx,y,z\n' },
      args: ['p.csv', '--closed', 'column:closed'],
      code: 2,
      says: /Which model is the open side\?/,
      next: /Next: name it/,
    },
    {
      what: 'a model without its provider',
      files: { 'p.csv': csvOf(['x']) },
      args: ['p.csv', '--closed', 'gpt-5.6'],
      code: 2,
      says: /"gpt-5.6": there is no provider/,
      next: /Next: did you mean openai:gpt-5.6\?/,
    },
    {
      what: 'one side without its key',
      files: { 'p.csv': csvOf(['x']) },
      args: ['p.csv', '--closed', 'command:cat'],
      code: 2,
      says: /Which model is the open side/,
      next: /export OPENROUTER_API_KEY=/,
    },
    {
      what: 'nothing to answer with, looked at only',
      files: { 'p.csv': csvOf(['x']) },
      args: ['p.csv', '--dry-run'],
      code: 2,
      says: /nothing to answer them: no answers in the file, no key, no Ollama\.\n/,
      next: /gapcheck run p\.csv --closed[\s\S]*export OPENAI_API_KEY=/,
    },
    {
      what: 'standard input without a byte',
      args: ['-'],
      code: 2,
      says: /standard input is empty/,
      next: /Next: export it again/,
    },
    {
      what: 'nothing said and nothing found',
      files: { 'p.csv': 'prompt,answer\nx,y\n' },
      args: ['p.csv'],
      code: 2,
      says: /Which model is the open side/,
      next: /--closed logged.*--open/,
    },
  ];

  it.each(cases)('$what', async ({ files = {}, args, code, says, next }) => {
    using dir = tempDir();
    mkdirSync(dir.at('folder'));
    for (const [name, text] of Object.entries(files)) writeFileSync(dir.at(name), text);
    const before = readdirSync(dir.path).sort();
    // Standard input is the process's own.
    const asProcess = args.includes('-');
    const result = await (asProcess
      ? startCli(['run', ...args], { cwd: dir.path }).done
      : gapcheck(['run', ...args], { cwd: dir.path }));
    expect(result.err).toMatch(says);
    expect(result.err).toMatch(next);
    expect(result.code).toBe(code);
    expect(readdirSync(dir.path).sort()).toEqual(before);
  });

  it('nothing to answer with: names the file that is there, and writes nothing', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), csvOf(['x']));
    const { code, err } = await gapcheck(['run', 'p.csv'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toContain('gapcheck run p.csv --closed openai:MODEL');
    expect(readdirSync(dir.path)).toEqual(['p.csv']);
  });

  it('a model that is not pulled: what to pull, and what is there', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('x'));
    writeFileSync(dir.at('p.csv'), csvOf(['x']));
    const { code, err } = await gapcheck(
      ['run', 'p.csv', '--closed', 'openai:gpt-test', '--open', 'ollama:llama9:1b'],
      {
        cwd: dir.path,
        env: server.env,
      },
    );
    expect(code).toBe(2);
    expect(err).toMatch(/ollama pull llama9:1b/);
    expect(err).toMatch(/qwen3:8b/);
    expect(existsSync(dir.at('results'))).toBe(false);
  });

  it.each([
    [
      ['--closed', 'openai:gpt-test', '--open', 'openai:gpt-test'],
      'closed and open are the same model (openai:gpt-test)',
    ],
    [['--closed', 'logged', '--open', 'logged'], 'closed and open are the same model (logged)'],
    [['--closed', 'column:x', '--open', 'column:x'], 'closed and open are the same model (column:x)'],
    [
      ['--closed', 'column:x', '--open', 'openai:a', '--arm', 'other=openai:a'],
      'open and other are the same model (openai:a)',
    ],
  ])('the same model twice: %j', async (arms, says) => {
    using dir = tempDir();
    await using server = await serverWith(reply('x'));
    writeFileSync(dir.at('p.csv'), 'prompt,answer,answer:x\nx,y,z\n');
    const place = { cwd: dir.path, env: server.env };
    const { code, err } = await gapcheck(['run', 'p.csv', ...arms, '--dry-run'], place);
    expect(err).toContain(`${says}: nothing to compare.\nNext: `);
    expect(code).toBe(2);
    expect(readdirSync(dir.path)).toEqual(['p.csv']);
  });

  it('the same model with other settings is another arm', async () => {
    using dir = tempDir();
    await using server = await serverWith(reply('x'));
    writeFileSync(dir.at('p.csv'), csvOf(['x']));
    const spec = 'openai:gpt-test';
    const own = [{ temperature: 1 }, { think: 'high' }, { topP: 0.5 }, { baseURL: `${server.url}/other/v1` }];
    const open = own.map((settings, index) => ({ spec, name: `o${index}`, ...settings }));
    writeFileSync(dir.at('gapcheck.config.json'), JSON.stringify({ closed: spec, open, prompts: 'p.csv' }));
    const { code, err } = await gapcheck(['run', '--dry-run'], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
  });

  it.each([
    [['-j', 'x'], /"x" is not a number of calls\.\nNext: write -j 8/],
    [['-j', 'nobody=2'], /there is no arm "nobody"/],
    [['--max-cost', '1'], /no price for command:cat \(arm open\)\.\nNext: /],
  ])('what would end the answering ends it before there is a run: %j', async (args, says) => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,answer:x\nx,y\n');
    const arms = ['--closed', 'column:x', '--open', 'command:cat'];
    for (const dry of [[], ['--dry-run']]) {
      const { code, err } = await gapcheck(['run', 'p.csv', ...arms, ...args, ...dry], { cwd: dir.path });
      expect(code).toBe(2);
      expect(err).toMatch(says);
      expect(readdirSync(dir.path)).toEqual(['p.csv']);
    }
  });

  it('a folder that cannot be written', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');
    const { code, err } = await gapcheck(['run', demo, '--results', 'file/x'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toMatch(/--results/);
  });

  // Linux alone has a folder in which even root can make nothing, and which says "not there" to that.
  it.runIf(existsSync('/proc/self'))('a folder that no one can make ends at once', async () => {
    using dir = tempDir();
    const { done, child } = startCli(['run', demo, '--results', '/proc/x/results', '--no-score'], { cwd: dir.path });
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    const { code, signal, err } = await done;
    clearTimeout(timer);
    expect({ code, signal }).toEqual({ code: 2, signal: null });
    expect(err).toMatch(/^error: Cannot write to \/proc\/x\/results: .*\nNext: .*--results DIR/m);
  });

  it('a folder given as its own path is named', async () => {
    using dir = tempDir();
    const { code, err } = await gapcheck(['run', dir.path], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: \. is a folder\./);
  });

  it('a results folder that is a file', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('file'), '');
    for (const args of [['report'], ['run', '--resume']]) {
      const { code, err } = await gapcheck([...args, '--results', 'file'], { cwd: dir.path });
      expect(code).toBe(2);
      expect(err).toMatch(/file is a file, not a folder of runs/);
    }
  });

  it('an amount that is no decimal number', async () => {
    using dir = tempDir();
    for (const amount of ['', ' ', '$', '0x10', '1e3', '-1', 'Infinity']) {
      const { code, err } = await gapcheck(['run', demo, '--dry-run', '--max-cost', amount], { cwd: dir.path });
      expect(code, amount).toBe(2);
      expect(err).toMatch(/amount in US dollars/);
    }
    const { err } = await gapcheck(['run', demo, '--dry-run', '--max-cost', '$.50'], { cwd: dir.path });
    expect(err).not.toMatch(/amount in US dollars/);
  });
});

describe('the program', () => {
  it('--version loads neither SDKs nor prompts, and no parser', async () => {
    using dir = tempDir();
    const { code, out } = await startCli(['--version'], {
      cwd: dir.path,
      env: { NODE_V8_COVERAGE: dir.at('coverage') },
    }).done;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    const coverage = allText(dir.at('coverage'));
    expect(coverage).toContain('/dist/cli.js');
    expect(coverage).not.toMatch(/node_modules\/(commander|openai|ollama|inquirer|@inquirer|csv-parse|yaml|ajv)\//);
  });

  it.each([
    [['runn', 'p.csv'], /Did you mean "run"\?\nNext: gapcheck run p\.csv\n$/],
    [['run', '-n', 'many'], /whole number/],
    [['report', 'no-such-run'], /There is no run "no-such-run"/],
    [['report'], /There is no run in .*results yet/],
    [['score'], /There is no run in/],
  ])('%j ends with exit 2 and a sentence', async (args, says) => {
    using dir = tempDir();
    const { code, err } = await gapcheck(args, { cwd: dir.path });
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });

  it('names the verbs in flow order', async () => {
    using dir = tempDir();
    const { out } = await gapcheck(['--help'], { cwd: dir.path });
    const verbs = ['demo', 'import', 'run', 'score', 'report'].map((verb) =>
      out.search(new RegExp(`^  ${verb}\\b`, 'm')),
    );
    expect(verbs.every((at) => at > 0)).toBe(true);
    expect(verbs).toEqual([...verbs].sort((a, b) => a - b));
  });

  it('keeps compiled code in the folder of its user, and in no other', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('home'));
    const version = async (env: Record<string, string>) => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, '--version'], {
        cwd: dir.path,
        env,
        timeout: 10_000,
      });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    };
    await version({ HOME: dir.at('home') });
    // Absent, no folder, not absolute, empty: the program starts all the same, and makes none.
    for (const HOME of [dir.at('absent'), '/dev/null', 'relative', '']) await version({ HOME });
    expect(readdirSync(dir.path)).toEqual(['home']);
    const kept = 'enableCompileCache' in module && process.platform === 'linux';
    expect(existsSync(dir.at('home/.cache/gapcheck/code'))).toBe(kept);
  });
});
