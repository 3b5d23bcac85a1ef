/** LiteLLM as a proxy: the real one, before two servers of this suite's own. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startCli } from '../helpers/cli.ts';
import { type ModelServer, reply, startModelServer, status } from '../helpers/model-server.ts';
import { type Place, place, questions } from './place.ts';
import { litellm, masterKey, startLitellm } from './servers/litellm.ts';
import { type Running, type Started, titleOf, tryStart } from './servers/real-server.ts';

/** What servers say → what it means, whatever class LiteLLM wraps it in (paper trail: outcome and cause of the attempt). */
const wrapped: [string, { message: string; [key: string]: unknown }, string][] = [
  [
    'openai-long',
    {
      message: "This model's maximum context length is 512 tokens. However, you requested 8131 tokens.",
      type: 'invalid_request_error',
      code: 'context_length_exceeded',
    },
    'too-long context',
  ],
  [
    'llama-long',
    {
      message: 'request (8131 tokens) exceeds the available context size (512 tokens), try increasing it',
      type: 'exceed_context_size_error',
      n_prompt_tokens: 8131,
      n_ctx: 512,
    },
    'too-long context',
  ],
  ['ollama-long', { message: 'the input length exceeds the context length' }, 'too-long context'],
  [
    'ollama-tools',
    { message: 'registry.ollama.ai/library/smol:latest does not support tools', type: 'api_error' },
    'bad-request feature',
  ],
  [
    'filter',
    {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: 'invalid_request_error',
      code: 'content_filter',
    },
    'answered content-filter',
  ],
];
const refusing = await Promise.all(
  wrapped.map(([, error]) =>
    startModelServer(status(400, { body: { error: { type: 'invalid_request_error', ...error } } })),
  ),
);

const answering = await startModelServer(reply('It is a fair question.', { usage: { in: 100, out: 50 } }));
const broken = await startModelServer(status(500, { body: { error: { message: 'the backend is gone' } } }));

const behind = (name: string, { url }: ModelServer, more: Record<string, unknown> = {}) => ({
  model_name: name,
  litellm_params: { model: `openai/${name}`, api_base: `${url}/v1`, api_key: 'sk-behind', ...more },
});

const started: Started = await tryStart(litellm, () =>
  startLitellm({
    model_list: [
      behind('good', answering, { input_cost_per_token: 0.00001, output_cost_per_token: 0.00002 }),
      behind('down', broken),
      behind('limited', answering, { rpm: 2 }),
      ...wrapped.flatMap(([name], at) => (refusing[at] ? [behind(name, refusing[at])] : [])),
    ],
    litellm_settings: { fallbacks: [{ down: ['good'] }], num_retries: 0 },
    router_settings: { num_retries: 0, optional_pre_call_checks: ['enforce_model_rate_limits'] },
  }),
);
afterAll(async () => {
  await started.running?.stop();
  for (const server of [answering, broken, ...refusing]) await server[Symbol.asyncDispose]();
});

const { url } = (started.running ?? { url: '' }) as Running;

function asked(model: string, key = masterKey, count = 3): Place {
  const here = place({ PROXY_KEY: key });
  here.write('prompts.csv', questions(count));
  here.write('gapcheck.config.yaml', {
    closed: 'logged',
    open: [{ spec: `openai:${model}`, name: 'proxy', baseURL: `${url}/v1`, apiKeyEnv: 'PROXY_KEY' }],
  });
  return here;
}

const run = (here: Place) => here.gapcheck('run', 'prompts.csv', '--no-score', '--yes', '--test-call');

describe.skipIf(started.why !== undefined)(titleOf(litellm, started), () => {
  it('passes answers on, and its own price of each call counts', async () => {
    using here = asked('good');
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(here.attempts('proxy').map(({ text }) => text)).toEqual(Array(3).fill('It is a fair question.'));
    // 100 tokens in at 10 and 50 out at 20 dollars a million: .002 a call, three times, beside the test call.
    const spent = (await here.report()) as unknown as { arms: { name: string; figures: { costUsd: number | null } }[] };
    expect(JSON.stringify(spent.arms.find(({ name }) => name === 'proxy'))).toMatch(/0\.00[26]/);
  });

  it('refuses a wrong key with the name of the variable, and freezes nothing', async () => {
    using here = asked('good', 'sk-wrong');
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toMatch(/No connected db[\s\S]*Next: check PROXY_KEY/);
    expect(() => here.run()).toThrow();
  });

  it('is found out by doctor, which asks with the key: a wrong one is ✗, the right one ✓', async () => {
    using wrong = asked('good', 'sk-wrong');
    const found = await wrong.gapcheck('doctor');
    expect(found.code).not.toBe(0);
    expect(found.out).toMatch(/proxy +✗[\s\S]*PROXY_KEY/);
    expect(found.out + found.err).not.toContain('sk-wrong');
    using right = asked('good');
    expect((await right.gapcheck('doctor')).out).toMatch(/proxy +✓ openai:good/);
  });

  it('names a model that it does not have, and those that it lists', async () => {
    using here = asked('nope');
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toMatch(/Invalid model name passed in model=nope[\s\S]*It lists good/);
  });

  it('takes no answer of a fallback for the answer of this model', async () => {
    using here = asked('down');
    const tried = await run(here);
    expect(tried).toMatchObject({ code: 2, err: expect.stringContaining('answered with good in place of down') });
    expect(() => here.run()).toThrow();
    const { code, err } = await here.gapcheck('run', 'prompts.csv', '--no-score', '--yes');
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(err).toMatch(/the proxy answered with good in place of down/);
    expect(here.attempts('proxy').map(({ cause }) => cause)).toEqual(Array(3).fill('substituted'));
  });

  it('waits as long as the proxy says where its limit per minute is reached, and keeps what was answered', async () => {
    using here = asked('limited', masterKey, 4);
    const going = startCli(['run', 'prompts.csv', '-n', 'all', '--no-score', '--yes'], {
      cwd: here.path,
      env: { PROXY_KEY: masterKey },
    });
    while (!/proxy waits \d+ s/.test(going.said()) && going.child.exitCode === null) await sleep(50);
    going.child.kill('SIGINT');
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 130 });
    // A minute of the proxy's, said and not guessed.
    const [, seconds] = /proxy waits (\d+) s: .*RPM/i.exec(err) ?? [];
    expect(Number(seconds)).toBeGreaterThan(20);
    const attempts = here.attempts('proxy');
    expect(attempts.filter(({ outcome }) => outcome === 'answered')).toHaveLength(2);
    expect(attempts.filter(({ cause }) => cause === 'rate-minute').length).toBeGreaterThan(0);
  });

  it.each(wrapped)('reads what %s says through the wrapping', async (model, error, expected) => {
    using here = asked(model);
    const { err } = await here.gapcheck('run', 'prompts.csv', '--no-score', '--yes');
    expect(here.attempts('proxy').map(({ outcome, cause }) => `${outcome} ${cause}`)).toEqual(Array(3).fill(expected));
    if (!expected.startsWith('answered')) expect(err).toContain(error.message.slice(0, 40));
    expect(err).not.toMatch(/model group|litellm\.\w+Error/);
  });

  it('starts with the file of routes that gapcheck writes for it', async () => {
    using here = asked('good', masterKey, 12);
    await run(here);
    const { code, err } = await here.gapcheck('report', here.run(), '--unblind', '--routes', here.at('routes.yaml'));
    if (code !== 0) return expect(err).toMatch(/route/i);
    const routes = parse(readFileSync(here.at('routes.yaml'), 'utf8')) as Record<string, unknown>;
    await using second = await startLitellm(routes);
    expect(await fetch(`${second.url}/health/liveliness`).then(({ status: answer }) => answer)).toBe(200);
  });
});
