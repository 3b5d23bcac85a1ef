/** `gapcheck run` as a user starts it, against a loopback server of known speed; and the same calls without gapcheck. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import { tempDir } from '../helpers/temp-dir.ts';

export const callMs = 200;

export interface Used {
  wallMs: number;
  cpuMs: number;
  rssMb: number;
}

export interface Load {
  command: Used;
  /** The same command with --dry-run: what is no part of asking. */
  dryRun: Used;
  bare: Used;
  /** Median of the recorded latencies, of the slower arm, ms. */
  medianMs: number;
}

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A process of its own, with what it used and printed. Rejects when it fails. */
export async function used(
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Used & { stdout: string }> {
  const usage = join(cwd, 'usage.json');
  const all = ['--import', pathToFileURL(path('usage.js')).href, ...args];
  const { PATH = '' } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, all, {
    cwd,
    env: { PATH, HOME: cwd, NO_COLOR: '1', GAPCHECK_BENCH_USAGE: usage, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ...(JSON.parse(readFileSync(usage, 'utf8')) as Used), stdout };
}

/** All three in turn, on the same server and the same machine. Throws where an answer is missing. */
export async function measureLoad(prompts: number, concurrency: number): Promise<Load> {
  using dir = tempDir();
  const args = ['--import', 'tsx', path('../helpers/model-server.ts'), '--latency', String(callMs), '--chunks', '20'];
  const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [printed] = (await once(server.stdout, 'data')) as [Buffer];
    const url = printed.toString().trim();
    const file = join(dir.path, 'prompts.jsonl');
    const lines = Array.from({ length: prompts }, (_, index) => ({
      prompt: `prompt ${index}`,
      task: 'abc'[index % 3],
    }));
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const run = [path('../../bin/gapcheck.js'), 'run', file, '--closed', 'openai:closed-model', '--open'];
    run.push('ollama:qwen3:8b', '-n', 'all', '-j', String(concurrency), '--no-test-call', '--no-score', '--yes');
    const env = { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'sk-test', OLLAMA_HOST: url };
    const dryRun = await used([...run, '--dry-run'], dir.path, env);
    const command = await used(run, dir.path, env);
    const bare = await used([path('bare-calls.js'), url, String(prompts), String(concurrency)], dir.path, env);
    const steps = recorded(dir.path);
    const counts = [...steps.map(({ length }) => length), Number(bare.stdout) / 2];
    if (counts.some((count) => count !== prompts)) throw new Error(`${counts} answers, ${prompts} each were asked for`);
    return { command, dryRun, bare, medianMs: Math.max(...steps.map(medianOf)) };
  } finally {
    server.kill();
  }
}

function recorded(folder: string): StepRecord[][] {
  const results = join(folder, 'results');
  const [run = ''] = readdirSync(results).filter((name) => /^\d/.test(name));
  return ['closed', 'open'].map((arm) =>
    readFileSync(join(results, run, 'attempts', `${arm}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StepRecord),
  );
}

function medianOf(steps: readonly StepRecord[]): number {
  const times = steps.map(({ ms }) => ms?.total ?? 0).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}
