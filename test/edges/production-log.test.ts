/** A run on a log of production, from its answers to every form of the report. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { routedRequest } from '../../src/app/route/router.ts';
import type { RoutesRecord } from '../../src/records/routes-record.ts';
import { configOf, promptOf } from '../helpers/arm-request.ts';
import { observations, productionModel, productionRun, writeLog } from '../helpers/production-run.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

it('does not ask about a call that failed in the log: the plan, the session, status and report count the same prompts', async () => {
  using dir = tempDir();
  const failed = { 3: '429 Rate limit reached, request 8812', 7: '503 overloaded' } as Record<number, string>;
  const log = observations({ reply: 12, sort: 12 }, (_, at) => (failed[at] ? { error: failed[at] } : {}));
  const { played, ran } = await productionRun(dir.path, log);
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('Plan for langfuse.json: 22 prompts in 2 tasks');
  expect(ran.out).toContain('22 now: reply 10, sort 12');
  expect(ran.out).toContain('2 calls failed in the log: their prompts are not asked');
  expect(ran.err).not.toContain('failed in the log');
  const status = (await played.verb('status')).out;
  expect(status).toMatch(/prompts +langfuse\.json: reply 10, sort 12\n/);
  expect(status).toMatch(/answers +44 of 44\n/);
  expect(status).toMatch(/votes +0 of 22, about \d+ minutes are left\n/);
  await played.sit('jo', () => 'tie');
  expect((await played.verb('status')).out).toMatch(/votes +22 of 22\n/);
  const report = await played.report();
  expect(report.ballots).toHaveLength(22);
  expect(report.run.logged).toMatchObject({ records: 24, failed: 2 });
  const closed = report.arms.find(({ role }) => role === 'closed');
  expect(closed?.figures).toMatchObject({ trials: 22, missing: 0, unusable: 0, empty: 0 });
  expect(closed?.missingBecause).toEqual([]);

  const terminal = (await played.verb('report')).out;
  expect(terminal).toMatch(/ closed: \S+ +22\/22 +0\/22 /);
  for (const file of ['report.html', 'report.csv', 'report.md']) await played.verb('report', '-o', file);
  const read = (file: string): string => readFileSync(join(dir.path, file), 'utf8');
  expect(read('report.md')).toContain('2 calls failed in the log: their prompts are not asked.');
  expect(read('report.html')).toContain('2 calls failed in the log: their prompts are not asked.');
  const [head = '', ...rows] = read('report.csv').trim().split('\n');
  const column = (name: string): unknown[] => rows.map((row) => row.split(',')[head.split(',').indexOf(name)]).sort();
  // The two tasks, and all prompts.
  expect(column('closed_missing')).toEqual(['0', '0', '0']);
});

it('says that a log of failed calls alone has nothing to compare with', async () => {
  using dir = tempDir();
  writeLog(
    dir.path,
    observations({ reply: 6 }, () => ({ error: '503 overloaded' })),
  );
  const ran = await runVerb(['run', 'langfuse.json', '--closed', 'logged', '--open', 'openai:toy-8b', '--dry-run'], {
    cwd: dir.path,
  });
  expect(ran.code).toBe(2);
  expect(ran.err).toContain('Every call in the log failed, so there is nothing for "logged" to compare with.');
});

it('names the model that would be replaced wherever an open report names the closed side, and nowhere before', async () => {
  using dir = tempDir();
  const { played } = await productionRun(dir.path, observations({ reply: 12 }));
  const name = productionModel;
  for (const words of [['report'], ['status'], ['report', '--json']])
    expect((await played.verb(...words)).out).not.toContain(name);
  await played.sit('jo', () => 'tie');
  for (const file of ['report.html', 'report.md']) await played.verb('report', '-o', file);
  const [terminal, html, markdown] = [
    (await played.verb('report')).out,
    readFileSync(join(dir.path, 'report.html'), 'utf8'),
    readFileSync(join(dir.path, 'report.md'), 'utf8'),
  ];
  expect(terminal.replace(/\s+/g, ' ')).toContain(`closed: ${name}, answers of the log open: toy-8b`);
  expect(terminal.replace(/\s+/g, ' ')).toContain(`Can you move work from ${name} to toy-8b?`);
  expect(html).toMatch(new RegExp(`<title>[^<]*${name}`));
  expect(markdown).toContain(`| ${name} (closed) |`);
  expect(markdown).toContain(`| closed | ${name}, answers of the log | ${name} | nothing was called |`);
  for (const text of [terminal, html, markdown])
    expect(text).not.toMatch(/logged \(closed\)|from logged|logged:logged/);
});

it('counts the models of a log that holds several', async () => {
  using dir = tempDir();
  const model = (at: number) => ['gpt-4o', 'gpt-4o', 'gpt-4.1', 'o3'][at % 4] ?? '';
  const log = observations({ reply: 12 }, (_, at) => ({ model: model(at) }));
  const { played } = await productionRun(dir.path, log);
  await played.sit('jo', () => 'tie');
  expect((await played.report()).pairs[0]?.question).toBe('Can you move work from gpt-4o and 2 more to toy-8b?');
});

it('knows one thing about the cost of an open model that nobody priced, in the head, the tables and the routes', async () => {
  using dir = tempDir();
  const { played } = await productionRun(dir.path, observations({ reply: 14, sort: 14 }));
  await played.sit('jo', () => 'open');
  await played.verb('report', '-o', 'report.md', '--routes', 'routes.json', '--volume', '5000');
  const read = (file: string): string => readFileSync(join(dir.path, file), 'utf8');
  const markdown = read('report.md');
  expect(markdown).toContain('What toy-8b costs is not known, so nobody can say what moving saves');
  expect(markdown).toMatch(/\| toy-8b \(open\) \| not known \| not known \| not known \| not known \| not known \|/);
  expect(markdown).toMatch(/\| reply \| open \| open is better; what open costs is not known; about \S+ s \|/);
  expect(markdown).not.toMatch(/\\?\$0\.00|no fee|without a fee|no price stated/);
  expect(JSON.parse(read('routes.json'))).toMatchObject({
    feesSavedPerMonth: null,
    routes: [
      { task: 'reply', route: 'open', reason: 'open is better', feesSavedPerMonth: null },
      { task: 'sort', route: 'open', reason: 'open is better', feesSavedPerMonth: null },
    ],
  });
});

it('takes an open model that is stated to cost nothing for free, in the routes as in the money', async () => {
  using dir = tempDir();
  const free = { input_cost_per_token: 0, output_cost_per_token: 0, litellm_provider: 'openai' };
  writeFileSync(join(dir.path, 'prices.json'), JSON.stringify({ 'toy-8b': free }));
  const { played, ran } = await productionRun(dir.path, observations({ reply: 14 }), ['--prices', 'prices.json']);
  expect(ran.err).not.toContain('no price');
  await played.sit('jo', () => 'open');
  await played.verb('report', '-o', 'report.md', '--volume', '5000');
  const markdown = readFileSync(join(dir.path, 'report.md'), 'utf8');
  expect(markdown).not.toContain('What toy-8b costs is not known');
  expect(markdown).toMatch(/\| toy-8b \(open\) \| price per token \| \\?\$0 \|/);
  expect(markdown).toMatch(/\\?\$0\.00 instead of \\?\$0\.04 per 1,000 calls/);
});

it('writes into the routes what the run sent: temperature and cap of the log, by task', async () => {
  using dir = tempDir();
  const log = observations({ reply: 16, sort: 12 }, ({ task }) => ({ temperature: task === 'reply' ? 0.3 : 0.7 }));
  const { played, temperatures } = await productionRun(dir.path, log);
  expect(temperatures.filter((one) => one === 0.3)).toHaveLength(16);
  await played.sit('jo', () => 'open');
  await played.verb('report', '--routes', 'routes.json');
  const routes = JSON.parse(readFileSync(join(dir.path, 'routes.json'), 'utf8')) as RoutesRecord;
  expect(routes).toMatchObject({ temperature: 0.3, maxTokens: 400 });
  expect(routes.routes.map(({ task, temperature }) => [task, temperature])).toEqual([
    ['reply', undefined],
    ['sort', 0.7],
  ]);
  const arm = { config: { ...configOf('openai', 'toy-8b') } };
  const sent = (task: string) => routedRequest(arm, { ...promptOf('When?'), task }, routes).params;
  expect([sent('reply'), sent('sort')]).toMatchObject([
    { temperature: 0.3, max_tokens: 400 },
    { temperature: 0.7, max_tokens: 400 },
  ]);

  // What the file has no route for is for closed.
  writeFileSync(
    join(dir.path, 'answers.jsonl'),
    [
      '{"id": 1, "task": "sort", "prompt": "a", "answer": "b"}',
      '{"id": 2, "task": "other", "prompt": "a", "answer": "b"}',
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
  const checked = await runVerb(['check', 'answers.jsonl', '--routes', 'routes.json'], { cwd: dir.path });
  expect(checked.code).toBe(1);
  expect(
    checked.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: 1, pass: true, route: 'open' },
    { id: 2, pass: false, route: 'closed', why: 'task unknown: the routes have reply and sort' },
  ]);
});

it('does not say that the log was asked, nor that a proxy priced it', async () => {
  using dir = tempDir();
  const { played } = await productionRun(dir.path, observations({ reply: 12 }));
  await played.sit('jo', () => 'tie');
  await played.verb('report', '-o', 'report.md');
  const markdown = readFileSync(join(dir.path, 'report.md'), 'utf8');
  expect(markdown).toContain(
    `closed arm ${productionModel} was not asked, its answers were there; costs: as the log says.`,
  );
  expect(markdown).toContain('The default margin of 30 holds (--margin sets another): you accept that');
  expect(markdown).not.toMatch(/as the proxy says|Your margin is/);
});
