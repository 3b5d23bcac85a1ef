/**
 * One load in a process of its own, so that its CPU and memory are its own: `tsx answer-load.ts HOW URL PROMPTS
 * CONCURRENCY`. HOW is `runner` (store, checks, progress and all) or `bare` (a loop of SDK calls). Prints JSON.
 */
import { setTimeout as delay } from 'node:timers/promises';
import OpenAI from 'openai';
import { runAll } from '../../src/runs/runner.ts';
import { openAttempts, readAttempts } from '../../src/store/attempts-file.ts';
import { createRun } from '../../src/store/run-folder.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { makePrompts, makeRun } from '../helpers/run-record.ts';
import { recordOf } from '../helpers/runs.ts';
import { sdkArm } from '../helpers/sdk-arm.ts';
import { tempDir } from '../helpers/temp-dir.ts';

export interface Load {
  /** From first to last attempt. */
  wallMs: number;
  cpuMs: number;
  rssMb: number;
  /** Median of the latencies that are reported; 0 for the bare loop. */
  medianMs: number;
  answers: number;
}

const [how, url = '', count = '0', concurrency = '0'] = process.argv.slice(2);
const prompts = makePrompts(Number(count));

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function withRunner(): Promise<Pick<Load, 'medianMs' | 'answers'>> {
  using dir = tempDir();
  const arms = ['closed', 'open'].map((name) => recordOf(name));
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
    arms: arms.map((record) => ({ arm: sdkArm(record.name, record.model, `${url}/v1`), record })),
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
  const steps = arms.flatMap(({ name }) => readAttempts(paths, name).steps);
  return { medianMs: median(steps.map((step) => step.ms?.total ?? 0)), answers: steps.length };
}

async function bare(): Promise<Pick<Load, 'medianMs' | 'answers'>> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'test', maxRetries: 0 });
  const calls = ['closed', 'open'].flatMap((model) => prompts.map((prompt) => ({ model, prompt })));
  let answers = 0;
  const worker = async (): Promise<void> => {
    for (let call = calls.pop(); call; call = calls.pop()) {
      const { model, prompt } = call;
      const stream = await client.chat.completions.create({
        model,
        messages: prompt.messages as OpenAI.ChatCompletionMessageParam[],
        max_tokens: 1024,
        temperature: 0,
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      if (text !== '') answers += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, worker));
  return { medianMs: 0, answers };
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
