/** What a run says of a server whose rate is known: so many slots, half a second an answer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../src/records/run-record.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { readAttempts } from '../../src/store/attempts-file.ts';
import { runPaths } from '../../src/store/layout.ts';
import { findRun } from '../../src/store/run-folder.ts';
import { capacityOf, timedCalls } from '../../src/verdicts/capacity.ts';
import { delay, reply, startModelServer } from '../helpers/model-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const answerMs = 500;

/** Measured answers a second over the true ones, with so many calls in flight on a server that has room for each. */
export async function capacityRatio(inFlight: number): Promise<number> {
  using dir = tempDir();
  await using server = await startModelServer(delay(answerMs, reply('A short answer.')));
  // Below 50 answers a load is read as one call at a time.
  const prompts = inFlight === 1 ? 12 : Math.max(64, 8 * inFlight);
  const rows = Array.from({ length: prompts }, (_, at) => `"What is number ${at}?",It is ${at}.`);
  writeFileSync(join(dir.path, 'p.csv'), `prompt,answer:closed\n${rows.join('\n')}\n`);
  const words = ['run', 'p.csv', '--closed', 'column:closed', '--open', 'openai:m', '-n', 'all', '--no-score', '--yes'];
  const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${server.url}/v1` };
  const done = await runVerb([...words, '-j', `open=${inFlight}`], { cwd: dir.path, env });
  if (done.code !== 0) throw new Error(done.err);
  const folder = findRun(join(dir.path, 'results'), undefined);
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
  const { steps } = readAttempts(runPaths(folder), 'open');
  const measured = capacityOf(timedCalls(foldTrials(steps, run.settings.retries).values()));
  return (measured?.perSecond ?? 0) / ((inFlight * 1000) / answerMs);
}
