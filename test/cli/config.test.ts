import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import { delay, reply, startModelServer } from '../helpers/model-server.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const config = (lines: string[]): string =>
  ['closed: openai:gpt-test', 'open: ollama:qwen3:8b', ...lines, ''].join('\n');

const stepsOf = (dir: string, arm: string): StepRecord[] => {
  const [run = ''] = readdirSync(join(dir, 'results')).filter((name) => !name.startsWith('.'));
  const text = readFileSync(join(dir, 'results', run, 'attempts', `${arm}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StepRecord);
};

describe('a config beside the prompts', () => {
  it('asks again where a check fails, and says so in the report', async () => {
    using dir = tempDir();
    let asked = 0;
    await using server = await startModelServer((call) => {
      if (call.protocol === 'openai') return reply('{"ok": true}');
      asked += 1;
      return reply(asked === 1 ? 'Sure! Here is your JSON.' : '{"ok": 1}');
    });
    writeFileSync(dir.at('p.csv'), 'prompt\none\n');
    writeFileSync(dir.at('gapcheck.config.yaml'), config(['retries: 2', 'checks:', '  "*": [json]', 'concurrency: 1']));
    const { code, err } = await gapcheck(['run', 'p.csv'], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
    const open = stepsOf(dir.path, 'open');
    const judged = open.map(({ attempt, checks = [] }) => [attempt, checks.filter(({ pass }) => !pass)]);
    expect(judged).toMatchObject([
      [1, [{ check: 'json', why: expect.stringMatching(/JSON/) }]],
      [2, []],
    ]);
    expect(stepsOf(dir.path, 'closed')).toHaveLength(1);
    const [run = ''] = readdirSync(dir.at('results'));
    const report = JSON.parse(readFileSync(dir.at('results', run, 'report.json'), 'utf8'));
    const figures = report.arms.map((arm: { name: string; figures: { answerRetries: number } }) => [
      arm.name,
      arm.figures.answerRetries,
    ]);
    // Whose answer was asked for again is told when the votes are in; the record above has it.
    expect(figures).toEqual([
      ['closed', null],
      ['open', null],
    ]);
  });

  it('runs a tool loop with fixed results, and a program of the user as a check', async () => {
    using dir = tempDir();
    const tools = [
      {
        type: 'function',
        function: {
          name: 'weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    ];
    await using server = await startModelServer((call) => {
      const last = call.body.messages.at(-1);
      return last.role === 'tool'
        ? reply(`It is ${last.content}`)
        : reply('', {
            toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"city": "Rome"}' }],
            finish: 'tool_calls',
          });
    });
    writeFileSync(
      dir.at('p.jsonl'),
      `${JSON.stringify({ messages: [{ role: 'user', content: 'Weather in Rome?' }], tools })}\n`,
    );
    writeFileSync(dir.at('check.sh'), '#!/bin/sh\ngrep -q sunny\n');
    chmodSync(dir.at('check.sh'), 0o755);
    const settings = ['tools:', '  stubs:', '    weather: sunny', 'checks:', '  "*":', '    - exec: ./check.sh'];
    writeFileSync(dir.at('gapcheck.config.yaml'), config(settings));
    const { code, err } = await gapcheck(['run', 'p.jsonl'], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const arm of ['closed', 'open']) {
      const steps = stepsOf(dir.path, arm);
      expect(steps.map(({ step, last }) => [step, last])).toEqual([
        [1, false],
        [2, true],
      ]);
      expect(steps[0]?.tool_results).toMatchObject([{ name: 'weather', from: 'stub' }]);
      expect(steps[1]?.text).toMatch(/sunny/);
      expect(steps[1]?.checks).toEqual(
        expect.arrayContaining([expect.objectContaining({ check: 'exec', pass: true })]),
      );
    }
  });

  it.each([
    [[], [], 4],
    [['concurrency: closed=2'], [], 2],
    [['concurrency: closed=2'], ['-j', 'closed=1'], 1],
  ])('has at most so many calls in flight: config %j, flags %j', async (lines, flags, most) => {
    using dir = tempDir();
    let [now, seen] = [0, 0];
    await using server = await startModelServer((call) => {
      if (call.protocol !== 'openai') return reply('x');
      now += 1;
      seen = Math.max(seen, now);
      setTimeout(() => (now -= 1), 55);
      return delay(60, reply('x'));
    });
    writeFileSync(dir.at('p.csv'), 'prompt\none\ntwo\nthree\nfour\n');
    writeFileSync(dir.at('gapcheck.config.yaml'), config(lines));
    const { code, err } = await gapcheck(['run', 'p.csv', ...flags], { cwd: dir.path, env: server.env });
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(seen).toBe(most);
  });

  it.each([
    [['retrys: 2'], /there is no key "retrys"/, /Next: write "retries" in gapcheck.config.yaml/],
    [['checks:', '  "*": [{maxWord: 50}]'], /checks.*\[0\]/, /maxWords/],
    [['checks:', '  "*": [{exec: ./not-there.sh}]'], /not-there\.sh/, /Next: /],
    [['margin: 3'], /margin/, /Next: /],
    [['closed: [unclosed'], /cannot be read/, /Next: /],
  ])('stops before any call: %j', async (lines, says, next) => {
    using dir = tempDir();
    await using server = await startModelServer(reply('x'));
    writeFileSync(dir.at('p.csv'), 'prompt\none\n');
    const text = lines[0]?.startsWith('closed') ? lines.join('\n') : config(lines);
    writeFileSync(dir.at('gapcheck.config.yaml'), text);
    const { code, err } = await gapcheck(['run', 'p.csv'], { cwd: dir.path, env: server.env });
    expect(err).toMatch(says);
    expect(err).toMatch(next);
    expect(code).toBe(2);
    expect(server.calls).toEqual([]);
  });
});

describe('the reserve', () => {
  const rows = Array.from({ length: 40 }, (_, index) => `question ${index},${index % 2 ? 'odd' : 'even'}`);

  it('is checked with --check-n, and asked for one by one with more', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('a plain answer'));
    writeFileSync(dir.at('p.csv'), ['prompt,task', ...rows, ''].join('\n'));
    const both = ['--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b'];
    const run = await gapcheck(['run', 'p.csv', ...both, '-n', '16', '--check-n', '20'], {
      cwd: dir.path,
      env: server.env,
    });
    expect({ code: run.code, err: run.err }).toMatchObject({ code: 0 });
    expect(server.calls).toHaveLength(40);
    const more = await gapcheck(['more', '10', '--task', 'odd'], { cwd: dir.path, env: server.env });
    expect({ code: more.code, err: more.err }).toMatchObject({ code: 0 });
    // Those of the ten that were answered for the checks already are not asked again.
    expect(server.calls.length).toBeGreaterThan(40);
    expect(server.calls.length).toBeLessThanOrEqual(60);
    const asked = server.calls.slice(40).map((call) => call.lastUserText);
    expect(asked.every((text) => Number(text.split(' ')[1]) % 2 === 1)).toBe(true);
    const none = await gapcheck(['more', '--task', 'nothing'], { cwd: dir.path, env: server.env });
    expect(none.err).toMatch(/has no task "nothing"/);
    expect(none.code).toBe(2);
  });

  it('--reuse takes over answers of an earlier run to the very same calls', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('a plain answer'));
    writeFileSync(dir.at('p.csv'), ['prompt,task', ...rows, ''].join('\n'));
    const args = ['run', 'p.csv', '--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b', '-n', '16'];
    await gapcheck(args, { cwd: dir.path, env: server.env });
    expect(server.calls).toHaveLength(32);
    const again = await gapcheck([...args, '--reuse'], { cwd: dir.path, env: server.env });
    expect(again.code).toBe(0);
    expect(server.calls).toHaveLength(32);
  });
});
