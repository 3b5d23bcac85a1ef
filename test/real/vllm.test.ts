/** vLLM on the processor, with a window that is smaller than the usual cap, a key and an adapter. */
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Place, place } from './place.ts';
import { type Started, titleOf, tryStart } from './servers/real-server.ts';
import { startVllm, vllm } from './servers/vllm.ts';

const key = 'sk-of-this-vllm';
const started: Started = await tryStart(vllm, () => startVllm(key));
afterAll(() => started.running?.stop());

const user = (content: string) => [{ role: 'user', content }];
const two = { messages: user('What is two plus two?'), answer: 'Four.' };
/** Its answer is short, whatever the cap. */
const yesOrNo = {
  messages: user('Is water wet?'),
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'reply',
      schema: {
        type: 'object',
        properties: { answer: { enum: ['yes', 'no'] } },
        required: ['answer'],
        additionalProperties: false,
      },
    },
  },
  answer: '{"answer":"yes"}',
};
const jsonl = (...records: object[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

function asked(records: object[], arm: Record<string, unknown> = {}, more: Record<string, unknown> = {}): Place {
  const here = place({ VLLM_KEY: key });
  here.write('log.jsonl', jsonl(...records));
  here.write('gapcheck.config.yaml', {
    prompts: 'log.jsonl',
    closed: 'logged',
    open: [{ spec: 'vllm:smol', name: 'open', baseURL: `${started.running?.url}/v1`, apiKeyEnv: 'VLLM_KEY', ...arm }],
    maxTokens: 12,
    retries: 0,
    ...more,
  });
  return here;
}

const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', '--test-call', ...more);
const causes = (here: Place): string[] =>
  here.attempts('open').map(({ outcome, cause }) => [outcome, cause].filter(Boolean).join(' '));
const texts = (here: Place) => here.attempts('open').map(({ text }) => text);

describe.skipIf(started.why !== undefined)(titleOf(vllm, started), () => {
  it('asks with a cap that fits where the cap is above max_model_len', async () => {
    using here = asked([yesOrNo], {}, { maxTokens: 5000 });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(here.attempts('open')[0]?.adjusted?.[0]).toMatch(/^max_tokens: (?:9|1,0)\d\d$/);
  });

  it('leaves a prompt that does not fit the window out, with its reason', async () => {
    const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
    using here = asked([two, { messages: user(long), answer: 'It was late.' }]);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(causes(here).filter((cause) => cause === 'too-long context')).toHaveLength(1);
    expect(err).toMatch(/1,024/);
  });

  it('names the two flags without which it calls no tools, as a matter of the setup', async () => {
    const tool = { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } };
    using here = asked([two, { messages: user('Where is order 7?'), tools: [tool], answer: 'On its way.' }]);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(err).toMatch(/--enable-auto-tool-choice and --tool-call-parser[\s\S]*your setup/);
    expect(here.attempts('open').filter(({ cause }) => cause === 'feature')).toMatchObject([{ fault: 'setup' }]);
  });

  it('answers in the form that the log asks for', async () => {
    using here = asked([yesOrNo], {}, { maxTokens: 40 });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(JSON.parse(texts(here)[0] ?? '')).toEqual({ answer: expect.stringMatching(/^(?:yes|no)$/) });
  });

  it('gives the same text for the same seed, and another for another one', async () => {
    const dice = { messages: user('Invent a word.'), temperature: 1, answer: 'Flimmel.' };
    using first = asked([dice], {}, { seed: 7 });
    using again = asked([dice], {}, { seed: 7 });
    using other = asked([dice], {}, { seed: 8 });
    for (const here of [first, again, other]) expect(await run(here)).toMatchObject({ code: 0 });
    expect(texts(again)).toEqual(texts(first));
    expect(texts(other)).not.toEqual(texts(first));
  });

  it('takes an adapter by its name, and names what is served for another one', async () => {
    using here = asked([two], { spec: 'vllm:brief' });
    expect(await run(here)).toMatchObject({ code: 0 });
    using wrong = asked([two], { spec: 'vllm:smoll' });
    const { code, err } = await run(wrong);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/smol\b/) });
    expect(existsSync(wrong.at('results'))).toBe(false);
    expect((await wrong.gapcheck('doctor')).out).toMatch(/open +✗[\s\S]*\bsmol\b/);
  });

  it('refuses a wrong key with the name of the variable, in doctor and before a run', async () => {
    using here = asked([two], { apiKeyEnv: 'WRONG_KEY' });
    here.write('.env', 'WRONG_KEY=sk-of-somebody-else\n');
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('WRONG_KEY') });
    const { out } = await here.gapcheck('doctor');
    expect(out).toMatch(/open +✗[\s\S]*WRONG_KEY/);
  });

  it('is named in record and report with its version and the window that it serves', async () => {
    using here = asked([two]);
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(here.attempts('open')).toMatchObject([{ fingerprint: expect.stringMatching(/^vllm-0\.32\.0-/) }]);
    await here.gapcheck('report', here.run(), '--unblind');
    expect(here.read('report.md')).toMatch(/1,024/);
  });
});
