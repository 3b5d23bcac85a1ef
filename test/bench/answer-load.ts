/**
 * One load in a process of its own, so that its CPU and memory are its own: `tsx answer-load.ts HOW URL PROMPTS
 * CONCURRENCY`. HOW is `runner` (store, checks, progress and all) or `bare` (a loop of SDK calls). Prints JSON.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { createArm } from '../../src/arms/registry.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { armConfigOf } from '../../src/runs/identity.ts';
import { runAll } from '../../src/runs/runner.ts';
import { openAttempts, readAttempts } from '../../src/store/attempts-file.ts';
import { createRun } from '../../src/store/run-folder.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { makePrompts, makeRun } from '../helpers/run-record.ts';
import { recordOf } from '../helpers/runs.ts';
import { tempDir } from '../helpers/temp-dir.ts';

export interface Load {
  /** From first to last attempt. */
  wallMs: number;
  cpuMs: number;
  rssMb: number;
  /** Median of the latencies that are reported, of the slower arm; 0 for the bare loop. */
  medianMs: number;
  answers: number;
}

const [how, url = '', count = '0', concurrency = '0'] = process.argv.slice(2);
const prompts = makePrompts(Number(count));
/** One that the loopback server has. */
const ollamaModel = 'qwen3:8b';

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function withRunner(): Promise<Pick<Load, 'medianMs' | 'answers'>> {
  using dir = tempDir();
  const env = { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'sk-test', OLLAMA_HOST: url };
  const arms = [recordOf('closed'), recordOf('open', { provider: 'ollama', model: ollamaModel })];
  const made = makeRun(prompts, { arms });
  const paths = createRun(dir.path, 'bench', { ...made, prompts });
  const sink = openAttempts(paths);
  const progress = createProgress({
    stream: { write: () => true, columns: 100 },
    interactive: true,
    now: () => new Date(),
  });
  await runAll({
    run: made.run,
    prompts,
    arms: arms.map((record) => ({ arm: createArm(armConfigOf(record), env), record })),
    existing: {},
    sink,
    checkAnswer: (_, { text }) => [{ check: 'empty', pass: text !== '' }],
    sameModel: (asked, observed) => asked === observed,
    concurrency: { total: Number(concurrency), arms: {} },
    now: () => new Date(),
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
    rng: Math.random,
    events: progress.on,
  });
  await sink.close();
  progress.close();
  const byArm = arms.map(({ name }) => readAttempts(paths, name).steps);
  const medians = byArm.map((steps) => median(steps.map((step) => step.ms?.total ?? 0)));
  return { medianMs: Math.max(...medians), answers: byArm.flat().length };
}

async function bare(): Promise<Pick<Load, 'medianMs' | 'answers'>> {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'test', maxRetries: 0 });
  const ollama = new Ollama({ host: url });
  const calls = prompts.flatMap((prompt) => [() => askOpenai(openai, prompt), () => askOllama(ollama, prompt)]);
  let answers = 0;
  const worker = async (): Promise<void> => {
    for (let call = calls.pop(); call; call = calls.pop()) if ((await call()) !== '') answers += 1;
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, worker));
  return { medianMs: 0, answers };
}

async function askOpenai(client: OpenAI, { messages }: PromptRecord): Promise<string> {
  const stream = await client.chat.completions.create({
    model: 'closed-model',
    messages: messages as OpenAI.ChatCompletionMessageParam[],
    max_tokens: 1024,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function askOllama(client: Ollama, { messages }: PromptRecord): Promise<string> {
  const stream = await client.chat({
    model: ollamaModel,
    messages: messages as { role: string; content: string }[],
    options: { num_ctx: 4096, num_predict: 1024, temperature: 0 },
    stream: true,
  });
  let text = '';
  for await (const part of stream) text += part.message.content;
  return text;
}

const cpu = process.cpuUsage();
const started = performance.now();
const measured = await (how === 'runner' ? withRunner() : bare());
const wallMs = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const rssMb = process.resourceUsage().maxRSS / 1024;
const load: Load = { wallMs, cpuMs: (user + system) / 1_000, rssMb, ...measured };
console.log(JSON.stringify(load));
process.exit(0);
