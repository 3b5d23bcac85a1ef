/**
 * A process of its own that answers what is missing of a run folder, as `gapcheck run --resume` does: lock, read,
 * run, append. `tsx answer-run.ts FOLDER SERVER_URL CONCURRENCY`; prints the outcome as JSON.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createArm } from '../../src/arms/registry.ts';
import { armConfigOf } from '../../src/runs/identity.ts';
import { runAll } from '../../src/runs/runner.ts';
import { openAttempts, readAttempts } from '../../src/store/attempts-file.ts';
import { takeLock } from '../../src/store/folder-lock.ts';
import { openRun } from '../../src/store/run-folder.ts';

const [folder = '', url = '', total = '6'] = process.argv.slice(2);
const env = { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'sk-test', OLLAMA_HOST: url };
const { paths, run, prompts } = openRun(folder);
const lock = takeLock(paths.runLock, 'This run is being answered');
const existing = Object.fromEntries(run.arms.map(({ name }) => [name, readAttempts(paths, name).steps]));
const sink = openAttempts(paths);
const outcome = await runAll({
  run,
  prompts,
  arms: run.arms.map((record) => ({ arm: createArm(armConfigOf(record), env), record })),
  existing,
  sink,
  checkAnswer: (_, { text }) => [{ check: 'good', pass: text.startsWith('good') }],
  sameModel: () => true,
  concurrency: { total: Number(total), arms: {} },
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  rng: Math.random,
});
await sink.close();
lock.release();
console.log(JSON.stringify(outcome));
