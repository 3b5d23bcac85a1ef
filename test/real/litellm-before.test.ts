/** LiteLLM before two servers with a real model: what reaches gapcheck through it is what they said. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Place, place, questions } from './place.ts';
import { litellm, masterKey, startLitellm } from './servers/litellm.ts';
import { llamaServer, startLlamaServer } from './servers/llama-server.ts';
import { startWithSmol } from './servers/ollama.ts';
import { type RealServer, type Started, titleOf, tryStart } from './servers/real-server.ts';

const behind = { ollama: await startWithSmol(), llama: await tryStart(llamaServer, () => startLlamaServer([])) };

/** Not run where one of the three is missing: the reason is that of the first. */
async function startBefore(server: RealServer): Promise<Started> {
  const { ollama, llama } = behind;
  if (ollama.why !== undefined) return ollama;
  if (llama.why !== undefined) return llama;
  const smol = { model: 'openai/smol', api_base: `${llama.running.url}/v1`, api_key: 'none' };
  return tryStart(server, () =>
    startLitellm({
      model_list: [
        {
          model_name: 'by-ollama',
          litellm_params: { model: 'ollama_chat/smol', api_base: ollama.running.url, num_ctx: 128 },
        },
        { model_name: 'by-llama', litellm_params: { ...smol, input_cost_per_token: 0.00001 } },
      ],
      litellm_settings: { num_retries: 0 },
      router_settings: { num_retries: 0 },
    }),
  );
}
const started = await startBefore(litellm);
afterAll(async () => {
  for (const one of [started, behind.llama, behind.ollama]) await one.running?.stop();
});

function asked(model: string, prompts: string): Place {
  const here = place({ PROXY_KEY: masterKey });
  here.write('prompts.csv', prompts);
  here.write('gapcheck.config.yaml', {
    closed: 'logged',
    open: [
      {
        spec: `openai:${model}`,
        name: 'open',
        baseURL: `${started.running?.url}/v1`,
        apiKeyEnv: 'PROXY_KEY',
        concurrency: 1,
      },
    ],
    maxTokens: 12,
    retries: 0,
  });
  return here;
}

const run = (here: Place) => here.gapcheck('run', 'prompts.csv', '--no-score', '--yes', '--test-call');

describe.skipIf(started.why !== undefined)(titleOf(litellm, started), () => {
  it.each(['by-ollama', 'by-llama'])('hands on what a real model behind it answers (%s)', async (model) => {
    using here = asked(model, questions(2));
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const { outcome, text, usage } of here.attempts('open')) {
      expect({ outcome, text }).toMatchObject({ outcome: 'answered', text: expect.stringMatching(/\w/) });
      expect(usage).toMatchObject({ in: expect.any(Number), out: expect.any(Number) });
    }
  });

  it.each(['by-ollama', 'by-llama'])(
    'lets no prompt pass that the server behind it cut or refused (%s)',
    async (model) => {
      const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
      using here = asked(model, `prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`);
      const { code, err } = await run(here);
      expect({ code, err }).toMatchObject({ code: 3 });
      expect(here.attempts('open').filter(({ outcome }) => outcome === 'too-long')).toHaveLength(1);
      expect(err).not.toMatch(/litellm\.\w+Error|model group/);
    },
  );
});
