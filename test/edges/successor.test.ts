/** A closed model that ends: the command that `outdated` prints runs, and a new price moves the bill. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunRecord } from '../../src/records/run-record.ts';
import { findRun } from '../../src/store/run-folder.ts';
import { reply, startModelServer } from '../helpers/model-server.ts';
import { playRun } from '../helpers/played-run.ts';
import { json, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it('compares a successor like an open model, and calls it the successor', async () => {
  using dir = tempDir();
  await using server = await startReplies({ '/v1/chat/completions': said('fine') });
  const ending = { id: 'm-1', deprecation: `${inDays(20)}T00:00:00Z`, deprecation_replacement_model: 'm-2' };
  server.play('/v1/models', json({ object: 'list', data: [ending, { id: 'm-2' }] }));
  const lines = Array.from({ length: 12 }, (_, at) => ({
    prompt: `Question ${at}?`,
    answer: `Logged ${at}.`,
    beta: `B ${at}`,
  }));
  writeFileSync(join(dir.path, 'p.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const config = `prompts: p.jsonl\nclosed: {spec: "mistral:m-1", baseURL: "${server.url}/v1"}\nopen: {spec: "openai:o-1", baseURL: "${server.url}/v1"}\n`;
  writeFileSync(join(dir.path, 'gapcheck.config.yaml'), config);
  const env = {
    MISTRAL_API_KEY: 'k',
    OPENAI_API_KEY: 'k',
    MISTRAL_BASE_URL: `${server.url}/v1`,
    OPENAI_BASE_URL: `${server.url}/v1`,
  };
  const gapcheck = (...args: string[]) => runVerb(args, { cwd: dir.path, env });
  const made = await gapcheck('run', '--no-score', '--yes', '--lock');
  expect({ code: made.code, err: made.err }).toMatchObject({ code: 0 });
  const told = await gapcheck('outdated');
  const command = /gapcheck (run .*)/.exec(told.out)?.[1] ?? '';
  expect(command).toBe('run p.jsonl --closed logged --successor mistral:m-2 --open openai:o-1');

  writeFileSync(join(dir.path, 'gapcheck.config.yaml'), '');
  const here = command.replace('mistral:', 'openai:').split(' ');
  const next = await gapcheck(...here, '--no-score', '--yes', '--name', 'next');
  expect({ code: next.code, err: next.err }).toMatchObject({ code: 0 });
  expect(next.err).toMatch(/successor/);
  const record = JSON.parse(
    readFileSync(join(findRun(join(dir.path, 'results'), 'next'), 'run.json'), 'utf8'),
  ) as RunRecord;
  expect(record.arms.map(({ name, as: kind }) => [name, kind])).toEqual([
    ['closed', undefined],
    ['open', undefined],
    ['successor', 'successor'],
  ]);
});

it("recomputes the break-even when the closed model's price has changed", async () => {
  using dir = tempDir();
  await using models = await startModelServer(({ model, lastUserText }) =>
    reply(`${model === 'gpt-x' ? 'Alpha' : 'Beta'} says so about ${lastUserText}`, { usage: { in: 1000, out: 500 } }),
  );
  const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${models.url}/v1` };
  const gapcheck = (...args: string[]) => runVerb(args, { cwd: dir.path, env });
  const price = (usd: number) => ({
    litellm_provider: 'openai',
    input_cost_per_token: usd / 1e6,
    output_cost_per_token: usd / 1e6,
  });
  const prices = (usd: number) => writeFileSync(join(dir.path, 'prices.json'), JSON.stringify({ 'gpt-x': price(usd) }));
  writeFileSync(
    join(dir.path, 'gapcheck.config.yaml'),
    'prices: prices.json\nmoney: {volume: 100000, machinePrice: 1, opsFte: 0}\n',
  );
  prices(10);
  const played = await playRun(dir.path, {
    tasks: { reply: 12 },
    n: 12,
    words: ['--lock', '--closed', 'openai:gpt-x', '--open', 'openai:m'],
    env,
  });
  await played.sit('jo', () => 'open');
  await gapcheck('report');
  expect((await gapcheck('outdated')).out).not.toContain("At today's prices");
  prices(2);
  const told = await gapcheck('outdated');
  const said = told.out.replace(/\s+/g, ' ');
  expect(said).toContain('price per million: $10 in, $10 out → $2 in, $2 out');
  // 1,500 tokens a call at $2 a million are $0.003; a machine of $730 a month is paid by 243,333 calls.
  expect(said).toMatch(/At today's prices: .* costs less than gpt-x above 243,000 calls a month/);
  expect(told.code).toBe(1);
});
