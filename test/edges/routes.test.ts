/** Routes at work: what a router answers, what `gapcheck check` says, and whether `route-check` finds what was promised. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { checkAnswer, loadPrompts, run } from '../../src/api.ts';
import { unroutable } from '../../src/app/result/write-routes.ts';
import { createRouter } from '../../src/app/route/router.ts';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { RoutesRecord } from '../../src/records/routes-record.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import { type ModelServer, reply, startModelServer, status } from '../helpers/model-server.ts';
import { playRun } from '../helpers/played-run.ts';
import { makeRun } from '../helpers/run-record.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1] ?? 0);
/** Open forgets the word that the check asks for on every third prompt. */
const isBroken = (text: string): boolean => numberIn(text) % 3 === 0;

const models = await startModelServer(({ model, lastUserText }) => {
  if (model === 'closed-model') return reply(`Alpha says so about ${lastUserText}. Thanks`);
  return reply(`Beta says so about ${lastUserText}.${isBroken(lastUserText) ? '' : ' Thanks'}`);
});
afterAll(() => models[Symbol.asyncDispose]());

const endpoint = (server: ModelServer) => ({ baseURL: `${server.url}/v1` });

function routesTo(server: ModelServer, more: Partial<RoutesRecord> = {}): RoutesRecord {
  const arm = (name: 'open' | 'closed') => ({
    arm: name,
    role: name,
    spec: `openai:${name}-model`,
    provider: 'openai',
    model: `${name}-model`,
    identity: name,
    host: '127.0.0.1',
    setup: endpoint(server),
  });
  return {
    schema: 2,
    kind: 'gapcheck-routes',
    gapcheck: '0.2.0',
    run: 'r_1234',
    open: { ...arm('open'), covers: { contextTokens: 500, tools: false, images: null, words: '' } },
    closed: arm('closed'),
    checks: { reply: [{ check: 'contains', value: 'Thanks', from: 'config' }] },
    maxTokens: 200,
    temperature: 0,
    feesSavedPerMonth: null,
    routes: [
      { ...promise, task: 'reply', route: 'open-first' },
      { ...promise, task: 'plain', route: 'open' },
      { ...promise, task: 'hard', route: 'closed' },
    ],
    ...more,
  };
}
const promise = {
  reason: '',
  failureCost: 'medium',
  margin: 0.3,
  closedShare: 1 / 3,
  closedShareInterval: null,
  delayMs: null,
  feesSavedPerMonth: null,
} as const;

const env = { OPENAI_API_KEY: 'sk-test' };
const asked = (task: string, text: string, more = {}) => ({
  task,
  messages: [{ role: 'user', content: text }],
  ...more,
});

describe('a router', () => {
  const router = createRouter(routesTo(models), { env });

  it('passes a good answer of open on, and asks closed where a check fails', async () => {
    const good = await router.answer(asked('reply', 'number 1'));
    expect(good).toMatchObject({ by: 'open', text: 'Beta says so about number 1. Thanks', escalated: null });
    const mended = await router.answer(asked('reply', 'number 3'));
    expect(mended).toMatchObject({ by: 'closed', text: 'Alpha says so about number 3. Thanks' });
    expect(mended.escalated).toMatchObject({ because: 'check', check: 'contains' });
  });

  it('streams nothing that failed a check', async () => {
    const pieces: string[] = [];
    for await (const piece of router.stream(asked('reply', 'number 3'))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe('Alpha says so about number 3. Thanks');
  });

  it('does not check a task that is open without conditions, and never asks open for one that stays', async () => {
    expect(await router.answer(asked('plain', 'number 3'))).toMatchObject({ by: 'open', route: 'open' });
    expect(await router.answer(asked('hard', 'number 1'))).toMatchObject({
      by: 'closed',
      escalated: null,
      openMs: null,
    });
    expect(await router.answer(asked('unknown', 'number 1'))).toMatchObject({ by: 'closed', route: 'closed' });
  });

  it('sends what open cannot be asked to closed at once', async () => {
    const before = models.calls.filter(({ body }) => body.model === 'open-model').length;
    const tool = { type: 'function', function: { name: 'look', parameters: { type: 'object' } } };
    const withTools = await router.answer(asked('reply', 'number 1', { tools: [tool] }));
    expect(withTools).toMatchObject({
      by: 'closed',
      escalated: { because: 'not-covered', why: 'open takes no tools' },
    });
    const long = await router.answer(asked('reply', `number 1 ${'long '.repeat(600)}`));
    expect(long.escalated?.why).toMatch(/^about \d+ tokens do not fit open's window of 500$/);
    expect(models.calls.filter(({ body }) => body.model === 'open-model')).toHaveLength(before);
  });

  it('asks each model with the settings of its own that the run had', async () => {
    const routes = routesTo(models);
    const setup = { ...endpoint(models), topP: 0.5, stop: ['END'] };
    await createRouter({ ...routes, open: { ...routes.open, setup } }, { env }).answer(asked('plain', 'number 1'));
    expect(models.calls.at(-1)?.body).toMatchObject({ model: 'open-model', top_p: 0.5, stop: ['END'], temperature: 0 });
  });

  it('asks closed where open breaks', async () => {
    await using broken = await startModelServer(({ model, lastUserText }) =>
      model === 'open-model' ? status(500) : reply(`Alpha on ${lastUserText}`),
    );
    const answer = await createRouter(routesTo(broken), { env }).answer(asked('reply', 'number 1'));
    expect(answer).toMatchObject({ by: 'closed', escalated: { because: 'open-failed' } });
  });

  it('refuses answers of a log: nobody is there to ask', () => {
    const routes = routesTo(models);
    expect(() => createRouter({ ...routes, closed: { ...routes.closed, provider: 'logged' } }, { env })).toThrow(
      /answers of a log, which no router can ask for/,
    );
  });
});

describe('one judgement everywhere', () => {
  /** Answers of every sort that checks meet, with the checks that read them. */
  const sorts: ((at: number) => string)[] = [
    (at) => `{"n": ${at}}`,
    (at) => `{"n": "${at}"`,
    () => '',
    () => "I'm sorry, but I can't help with that.",
    (at) => `Thanks for number ${at}. ${'word '.repeat(at % 40)}`,
    (at) => `<think>hm ${at}</think>Thanks, ${at}.`,
    (at) => `${'the same line again\n'.repeat(12)}${at}`,
    (at) => `Dear customer, number ${at} is on its way.`,
  ];
  const checks = { json: ['json'], words: [{ maxWords: 20 }, { contains: 'Thanks' }], text: [{ regex: '\\d' }] };
  const tasks = ['json', 'words', 'text'] as const;
  const answers = Array.from({ length: 2000 }, (_, at) => ({
    task: tasks[at % 3] ?? 'text',
    prompt: `Please write about number ${at}.`,
    answer: sorts[at % sorts.length]?.(at) ?? '',
  }));

  it('is the same by the library, by the command and in a run, for 2,000 answers', { timeout: 120_000 }, async () => {
    using dir = tempDir();
    const lines = answers.map(({ task, prompt, answer }) => JSON.stringify({ task, prompt, answer, other: answer }));
    writeFileSync(join(dir.path, 'log.jsonl'), `${lines.join('\n')}\n`);
    const cells = answers.map(({ task, prompt, answer }) =>
      [task, prompt, answer, 'no'].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
    );
    writeFileSync(join(dir.path, 'log.csv'), `task,prompt,answer:open,answer:closed\n${cells.join('\n')}\n`);
    writeFileSync(join(dir.path, 'gapcheck.config.json'), JSON.stringify({ checks }));

    const byCommand = await runVerb(['check', 'log.jsonl'], { cwd: dir.path });
    expect(byCommand.code).toBe(1);
    const said = byCommand.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { pass: boolean; check?: string });
    const byLibrary = await Promise.all(
      answers.map(({ task, prompt, answer }) =>
        checkAnswer({ task, messages: [{ role: 'user', content: prompt }], answer }, checks),
      ),
    );
    const prompts = await loadPrompts('log.csv', { cwd: dir.path, redact: false });
    const { folder } = await run(prompts, {
      closed: 'column:closed',
      open: 'column:open',
      n: 'all',
      checks,
      results: join(dir.path, 'results'),
      say: () => {},
    });
    const steps = readFileSync(join(folder, 'attempts/open.jsonl'), 'utf8').trim().split('\n');
    const texts = new Map(prompts.prompts.map(({ id, messages }) => [id as string, String(messages[0]?.content)]));
    const byRun = new Map(
      steps.map((line) => {
        const step = JSON.parse(line) as StepRecord;
        return [texts.get(step.prompt) ?? '', step.checks?.find(({ pass }) => !pass)?.check];
      }),
    );
    const failed = answers.map((_, at) => byLibrary[at]?.failed?.check);
    expect(said.map(({ check }) => check)).toEqual(failed);
    // A run leaves out prompts without an answer: nobody wrote one.
    const written = answers.flatMap(({ answer }, at) => (answer === '' ? [] : [at]));
    expect(written.map((at) => byRun.get(answers[at]?.prompt ?? ''))).toEqual(written.map((at) => failed[at]));
    expect(new Set(failed).size).toBeGreaterThan(5);
  });

  it.each(['none.jsonl', '.'])('refuses %s, which is no file', async (file) => {
    using dir = tempDir();
    const { code, err } = await runVerb(['check', file], { cwd: dir.path });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('There is no file') });
  });

  it('names the line that it cannot read, and goes on', async () => {
    using dir = tempDir();
    writeFileSync(join(dir.path, 'odd.jsonl'), '{"task":"a","prompt":"x","answer":"fine"}\nno json\n{"answer":"x"}\n');
    const { code, out } = await runVerb(['check', 'odd.jsonl'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { pass: true },
      { line: 2, error: 'This line is no JSON object.' },
      { line: 3, error: 'It asks nothing: there are no messages.' },
    ]);
  });
});

describe('route-check', () => {
  const dir = tempDir();
  let reported: RoutesRecord;
  const served = { ...env, OPENAI_BASE_URL: `${models.url}/v1` };
  const at = (...args: string[]) => runVerb(args, { cwd: dir.path, env: served });

  beforeAll(async () => {
    const config = { checks: { reply: [{ contains: 'Thanks' }] }, retries: 0 };
    writeFileSync(join(dir.path, 'gapcheck.config.json'), JSON.stringify(config));
    const played = await playRun(dir.path, {
      tasks: { reply: 30 },
      n: 30,
      words: ['--closed', 'openai:closed-model', '--open', 'openai:open-model'],
      env: served,
    });
    await played.sit('jo', () => 'open');
    const { code, err } = await at('report', '--routes', 'routes.json');
    expect({ code, err }).toMatchObject({ code: 0 });
    reported = JSON.parse(readFileSync(join(dir.path, 'routes.json'), 'utf8')) as RoutesRecord;
  }, 60_000);
  afterAll(() => dir[Symbol.dispose]());

  it("gives the report's own share for the run's own prompts, and what no check saw", async () => {
    expect(reported.routes[0]).toMatchObject({ route: 'open-first', closedShare: 1 / 3 });
    const [name = ''] = readdirSync(join(dir.path, 'results')).filter((one) => one.endsWith('played'));
    const own = await at('route-check', name, '--routes', 'routes.json', '--json');
    expect(own).toMatchObject({ code: 0 });
    const [task] = (JSON.parse(own.out) as { tasks: Record<string, unknown>[] }).tasks;
    expect(task).toMatchObject({ replayed: 30, failedCheck: 10, closedShare: 1 / 3, kept: true });
    expect(task?.missed).toMatchObject({ redo: 0, passed: 20 });
  });

  it('finds the share within the printed limits on fresh prompts, asked now', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => `reply,reply number ${n + 1000}`);
    writeFileSync(join(dir.path, 'fresh.csv'), `task,prompt\n${rows.join('\n')}\n`);
    const { code, out, err } = await at('route-check', 'fresh.csv', '--routes', 'routes.json', '--ask', '45');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toMatch(/Asks open-model at \S+ 45 prompts, once each/);
    expect(out).toMatch(/reply {2}45 replayed: closed answers \d+ % \(\d+ to \d+ %; the report said 33 %\)/);
  });

  it('reads the log as the run was read: a flag, or the config, names the field of the tasks', async () => {
    const rows = Array.from({ length: 12 }, (_, n) =>
      JSON.stringify({ kind: 'reply', area: 'x', prompt: `number ${n}` }),
    );
    writeFileSync(join(dir.path, 'kinds.jsonl'), `${rows.join('\n')}\n`);
    const args = ['route-check', 'kinds.jsonl', '--routes', 'routes.json', '--ask', '5'];
    expect((await at(...args, '--task-field', 'area')).err).toContain('it has x, the routes have reply');
    const config = { taskField: 'kind' };
    writeFileSync(join(dir.path, 'kinds.json'), JSON.stringify(config));
    for (const flags of [
      ['--task-field', 'kind'],
      ['--config', 'kinds.json'],
    ])
      expect((await at(...args, ...flags)).out).toContain('reply  5 replayed');
  });

  it('ends with 1 where the share is another one', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `reply,reply number ${3 * n + 999}`);
    writeFileSync(join(dir.path, 'worse.csv'), `task,prompt\n${rows.join('\n')}\n`);
    const { code, out } = await at('route-check', 'worse.csv', '--routes', 'routes.json', '--ask', '40');
    expect(code).toBe(1);
    expect(out).toContain('closed answers 100 %');
    expect(out).toContain('outside these limits');
  });

  it('asks nothing of tasks that stay, and tells a dead server from a share', async () => {
    const routes = { ...reported, routes: [...reported.routes, { ...promise, task: 'stays', route: 'closed' }] };
    writeFileSync(join(dir.path, 'two.json'), JSON.stringify(routes));
    const rows = Array.from({ length: 20 }, (_, n) => `${n % 2 ? 'reply' : 'stays'},number ${n + 1}`);
    writeFileSync(join(dir.path, 'two.csv'), `task,prompt\n${rows.join('\n')}\n`);
    const before = models.calls.length;
    await at('route-check', 'two.csv', '--routes', 'two.json', '--ask', '10');
    const texts = models.calls.slice(before).map(({ lastUserText }) => numberIn(lastUserText) % 2);
    expect(texts).toEqual(Array(10).fill(0));

    const dead = { ...reported.open, setup: { baseURL: 'http://127.0.0.1:9/v1' } };
    writeFileSync(join(dir.path, 'dead.json'), JSON.stringify({ ...reported, open: dead }));
    const { code, err } = await at('route-check', 'two.csv', '--routes', 'dead.json', '--ask', '2');
    expect(code).toBe(3);
    expect(err).toMatch(/Asks open-model at 127\.0\.0\.1:9 2 prompts/);
    expect(err).toMatch(/gave no answer at all/);
  });

  it.each([
    ['an unknown check', { '*': [{ check: 'nope' }] }, /checks\["\*"\]\[0\]: there is no check "nope"/],
    ['a broken pattern', { '*': [{ check: 'regex', value: '(' }] }, /checks\["\*"\]\[0\]/],
  ])('refuses routes with %s before anything is read', async (_, checks, words) => {
    writeFileSync(join(dir.path, 'odd.json'), JSON.stringify({ ...reported, checks }));
    const { code, err } = await at('check', 'fresh.csv', '--routes', 'odd.json');
    expect(code).toBe(2);
    expect(err).toMatch(words);
  });

  it.each([
    ['a log without answers', ['fresh.csv'], /holds no answers of open-model[\s\S]*--ask 50/],
    ['a log of other tasks', ['other.csv', '--ask', '3'], /belongs to a task of the routes: it has other/],
    [
      'routes of which none goes to open',
      ['fresh.csv', '--routes', 'shut.json'],
      /sends every task to the closed model/,
    ],
    ['no route file', ['fresh.csv', '--routes', 'none.json'], /There is no file/],
  ])('refuses %s with the way out', async (_, args, words) => {
    writeFileSync(join(dir.path, 'fresh.csv'), 'task,prompt\nreply,number 1\nreply,number 2\n');
    writeFileSync(join(dir.path, 'other.csv'), 'task,prompt\nother,number 1\nother,number 2\n');
    const shut = reported.routes.map((route) => ({ ...route, route: 'closed' as const }));
    writeFileSync(join(dir.path, 'shut.json'), JSON.stringify({ ...reported, routes: shut }));
    const routes = args.includes('--routes') ? [] : ['--routes', 'routes.json'];
    const { code, err } = await at('route-check', ...args, ...routes);
    expect(code).toBe(2);
    expect(err.replace(/\s+/g, ' ')).toMatch(words);
  });
});

test('ready answers are no model that a router can ask, and the report says so', () => {
  const { run: made } = makeRun([]);
  const asked = (closed: string): RunRecord => ({
    ...made,
    arms: made.arms.map((arm) => ({ ...arm, spec: 'x', provider: arm.role === 'closed' ? closed : 'ollama' })),
  });
  expect(unroutable('/tmp/routes.mjs', asked('logged'))).toEqual([
    expect.stringMatching(/^Note: closed is x: .*Before you use routes\.mjs/),
  ]);
  expect(unroutable('routes.mjs', asked('openai'))).toEqual([]);
});
