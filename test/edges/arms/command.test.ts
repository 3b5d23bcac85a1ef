import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const { signal } = new AbortController();

function script(body: string, name = 'answer.mjs') {
  const dir = tempDir();
  const path = dir.at(name);
  writeFileSync(path, `#!${process.execPath}\n${body}\n`);
  chmodSync(path, 0o755);
  const arm = (more = {}) => createArm(configOf('command', path, more), { PATH: process.env.PATH, SECRET: 'x' });
  return { path, arm, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

const readStdin =
  "let text='';for await (const piece of process.stdin) text += piece;const request = JSON.parse(text);";

describe('command arm', () => {
  it('gives JSON on stdin and takes text from stdout', async () => {
    using program = script(
      `${readStdin} console.log(request.messages[0].content.toUpperCase() + ' ' + request.params.max_tokens);`,
    );
    const answer = await program.arm().call(requestOf('hé {{x}}\n'), { signal });
    expect(answer).toMatchObject({ text: 'HÉ {{X}}\n 256', finish: 'stop', usage: {} });
    expect(answer.ms?.total).toBeGreaterThan(0);
  });

  it('takes a JSON record, and leaves other JSON alone: that is the answer', async () => {
    using record = script(
      `console.log(JSON.stringify({ text: 'hi', model: 'mine', usage: { prompt_tokens: 3, completion_tokens: 1 }, cost_usd: 0.1, tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] }));`,
    );
    expect(await record.arm().call(requestOf(), { signal })).toMatchObject({
      text: 'hi',
      model: 'mine',
      finish: 'tool_calls',
      usage: { in: 3, out: 1 },
      costUsd: 0.1,
      toolCalls: [{ id: 'call_1', name: 'f', arguments: '{"a":1}' }],
    });
    using json = script(`console.log('{"label":"pos"}');`);
    expect(await json.arm().call(requestOf(), { signal })).toMatchObject({ text: '{"label":"pos"}' });
  });

  it('keeps the end of stderr when it fails, without secrets', async () => {
    using program = script(`console.error('model file missing, key sk-0123456789abcdef'); process.exit(3);`);
    const error = await failureOf(program.arm().call(requestOf(), { signal }));
    expect(error).toMatchObject({ failure: 'server', message: /exit code 3: model file missing, key \[key\]/ });
    using later = script('process.exit(75);');
    expect((await failureOf(later.arm().call(requestOf(), { signal }))).failure).toBe('overload');
  });

  it('stops a program that takes too long, and what that started', async () => {
    using program = script("process.on('SIGTERM', () => {}); console.log('begun'); setInterval(() => {}, 1000);");
    const start = performance.now();
    const error = await failureOf(program.arm({ timeoutMs: 400 }).call(requestOf(), { signal }));
    expect(error.failure).toBe('timeout');
    expect(performance.now() - start).toBeLessThan(6000);
  });

  it('ends with the run', async () => {
    using program = script('setInterval(() => {}, 1000);');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect((await failureOf(program.arm().call(requestOf(), { signal: controller.signal }))).failure).toBe('aborted');
  });

  it('says what is wrong with the path before anything is asked', async () => {
    expect(await failureOf(createArm(configOf('command', './no-such-thing.sh'), {}).describe(signal))).toMatchObject({
      message: /no program \.\/no-such-thing\.sh/,
    });
    using program = script('');
    chmodSync(program.path, 0o644);
    expect(await failureOf(program.arm().describe(signal))).toMatchObject({ hint: `chmod +x ${program.path}` });
  });

  it('does not mind a program that never reads', async () => {
    using program = script("console.log('deaf');");
    expect(await program.arm().call(requestOf('x'.repeat(1_000_000)), { signal })).toMatchObject({ text: 'deaf' });
  });
});
