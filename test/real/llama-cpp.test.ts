/** llama-cpp-python: another program around the library of llama.cpp. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Place, place, questions } from './place.ts';
import { llamaCppPython, startLlamaCppPython } from './servers/llama-cpp-python.ts';
import { titleOf, tryStart } from './servers/real-server.ts';

const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;

function asked(prompts: string): Place {
  const here = place({ LOCAL_KEY: 'sk-no-key-is-checked' });
  here.write('prompts.csv', prompts);
  here.write('gapcheck.config.yaml', {
    closed: 'logged',
    open: [{ spec: 'llamacpp:smol', name: 'open', baseURL: `${started.running?.url}/v1`, apiKeyEnv: 'LOCAL_KEY' }],
    maxTokens: 16,
  });
  return here;
}

const run = (here: Place) => here.gapcheck('run', 'prompts.csv', '--no-score', '--yes', '--test-call');

const started = await tryStart(llamaCppPython, startLlamaCppPython);
afterAll(() => started.running?.stop());

describe.skipIf(started.why !== undefined)(titleOf(llamaCppPython, started), () => {
  it('answers a run within its cap', async () => {
    using here = asked(questions(4));
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const { usage } of here.attempts('open')) expect(usage?.out ?? 0).toBeLessThanOrEqual(16);
    expect(readFileSync(`${here.run()}/run.json`, 'utf8')).not.toMatch(/\.gguf|\/wheel\//);
  });

  it('leaves a prompt that does not fit the window out, with its reason', async () => {
    using here = asked(`prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(here.attempts('open').filter(({ outcome }) => outcome === 'too-long')).toHaveLength(1);
  });
});
