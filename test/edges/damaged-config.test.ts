/** Whatever the config or the lock file holds, commands that read it end with a result or a GapcheckError. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ci } from '../../src/app/ci/ci-job.ts';
import { writeLock } from '../../src/app/ci/lock.ts';
import { outdated } from '../../src/app/ci/what-changed.ts';
import { loadConfig } from '../../src/app/config/load-config.ts';
import { report } from '../../src/app/result/show-report.ts';
import { exitCodes, GapcheckError } from '../../src/errors.ts';
import type { Json } from '../../src/records/plain-json.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { anyDamage, anyJson, damaged } from '../helpers/damage.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
beforeAll(() => {
  dir = tempDir();
});
afterAll(() => dir[Symbol.dispose]());

async function onlyOurs(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    expect(error.exitCode).not.toBe(exitCodes.bug);
  }
}

const whole: Json = {
  prompts: ['prompts.csv'],
  closed: { spec: 'openai:gpt-test', baseURL: 'http://127.0.0.1:9/v1', price: { in: 1, out: 2 } },
  open: ['ollama:qwen3:8b', { spec: 'ollama:other', name: 'other', think: 'low' }],
  n: 24,
  margin: 0.3,
  tasks: { reply: { failureCost: 'high' } },
  checks: { '*': ['json', { maxWords: 60 }], reply: [{ contains: 'x' }] },
  redact: [{ name: 'ticket', pattern: 'T-\\d+' }],
  gates: { retryMargin: 0.1, nonInferior: ['reply'], licence: 'permissive' },
  tools: { exec: './tools.sh', seconds: 3, stubs: { search: [] } },
  faults: { toolError: 0.1 },
};

describe('the config', () => {
  it('of any shape, as JSON and as YAML', async () => {
    const { context } = quietContext(dir.path);
    const config = fc.oneof(
      anyDamage.map((damage) => damaged(whole, damage)),
      anyJson,
    );
    await fc.assert(
      fc.asyncProperty(config, fc.boolean(), async (value, yaml) => {
        const name = yaml ? 'c.yaml' : 'c.json';
        writeFileSync(dir.at(name), yaml ? stringify(value) : JSON.stringify(value));
        await onlyOurs(() => loadConfig(name, context));
      }),
      { numRuns: 150 },
    );
  });

  it('of any bytes', async () => {
    const { context } = quietContext(dir.path);
    const text = fc.string({ unit: fc.constantFrom(...'{}[]:,-&*!|>\'"%@`#? \n\tab1~'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        writeFileSync(dir.at('c.yaml'), given);
        await onlyOurs(() => loadConfig('c.yaml', context));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the lock file', () => {
  it('with any part of it replaced', async () => {
    const { folder } = makeAnsweredRun(dir.path, ticketAnswers(2));
    writeLock(dir.at('gapcheck.lock.json'), openRun(folder), { observed: [], pairs: 'sealed' });
    const lock = JSON.parse(readFileSync(dir.at('gapcheck.lock.json'), 'utf8')) as Json;
    const { context } = quietContext(dir.path);
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => {
        writeFileSync(dir.at('gapcheck.lock.json'), JSON.stringify(damaged(lock, damage)));
        await onlyOurs(() => outdated({}, context));
        await onlyOurs(() => ci(undefined, {}, context));
        await onlyOurs(() => report(undefined, {}, context));
      }),
      { numRuns: 60 },
    );
  });
});
