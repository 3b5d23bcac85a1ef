/**
 * Everything that a rater can read from the start of `run` to the first ballot, and in the sealed report: the same bytes,
 * whichever model failed its checks, was asked again, refused, was cut off or said nothing.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { reply, type Step, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const prompts = Array.from({ length: 10 }, (_, at) => `Reply to ticket ${at + 1}.`);
const usage = { in: 20, out: 5 };
const fine = (): Step => reply('We fixed the export today', { usage, chunks: 1 });
const bad: (() => Step)[] = [
  () => reply('This answer has far more words than the check of this run allows it to have', { usage, chunks: 1 }),
  () => reply('I cannot help with that', { usage, chunks: 1, refusal: 'I cannot help with that' }),
  () => reply('We fixed the', { usage, chunks: 1, finish: 'length' }),
  () => reply('', { usage, chunks: 1 }),
  fine,
];

/** Ids, hashes, times and paths differ from run to run, whoever answers. */
const evened = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\dT\d{4}Z[\w-]*/g, 'RUN')
    .replace(/\b(?:[rpb]_[0-9a-f]{16}|[0-9a-f]{16,64}…?)\b…?/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'TIME')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/\/tmp\/[\w./-]+/g, 'PATH')
    .replace(/[\d.,]+ (?:ms|s|tokens\/s)\b/g, 'DURATION')
    .replace(/ready [^·,\n]*/g, 'READY')
    .replace(/ {2,}/g, '  ');

/** What a rater sees while `badModel` answers badly. */
async function seen(badModel: string): Promise<Record<string, string>> {
  using dir = tempDir();
  await using server = await startModelServer((call) => {
    const at = Number(/\d+/.exec(call.lastUserText)?.[0] ?? 1) - 1;
    return call.model === badModel ? (bad[at % bad.length] ?? fine)() : fine();
  });
  writeFileSync(dir.at('tickets.csv'), `prompt\n${prompts.join('\n')}\n`);
  const arm = (role: string): string => `${role}: {spec: "openai:model-${role}", baseURL: "${server.url}/v1"}`;
  const lines = [arm('closed'), arm('open'), 'retries: 1', 'margin: 0.3', 'checks: {"*": [{maxWords: 8}]}'];
  writeFileSync(dir.at('gapcheck.config.yaml'), `${lines.join('\n')}\n`);
  const start = (...args: string[]) => startCli(args, { cwd: dir.path, env: server.env }).done;
  const run = await start('run', 'tickets.csv', '-n', 'all', '--no-score', '--yes', '-j', '1');
  const report = await start('report');
  const junit = await start('report', '-o', 'junit.xml', '-o', 'report.csv', '-o', 'report.html');
  const folder = join(dir.path, 'results', readdirSync(dir.at('results')).find((name) => !name.startsWith('.')) ?? '');
  expect({ run: run.code, report: report.code, junit: junit.code, err: junit.err }).toMatchObject({
    run: 0,
    report: 0,
  });
  return {
    'run, stdout': evened(run.out),
    'run, stderr': evened(run.err),
    report: evened(report.out),
    'report.md': evened(readFileSync(join(folder, 'report.md'), 'utf8')),
    'junit.xml': evened(readFileSync(dir.at('junit.xml'), 'utf8')),
  };
}

describe('before the votes are in', () => {
  it('no output tells which model failed', async () => {
    const [open, closed] = [await seen('model-open'), await seen('model-closed')];
    for (const [where, text] of Object.entries(open)) expect(text, where).toBe(closed[where]);
    expect(open.report).toMatch(/\d+ of 20 answers failed a check/);
  });
});
