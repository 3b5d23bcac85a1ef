/** The thinnest arm over the real SDK: what the runner's own tests and its bench need of a provider, and no more. */
import OpenAI from 'openai';
import { type Arm, ArmError } from '../../src/arms/arm.ts';

export function sdkArm(name: string, model: string, baseURL: string): Arm {
  const client = new OpenAI({ baseURL, apiKey: 'test', maxRetries: 0 });
  return {
    config: { name, role: name === 'closed' ? 'closed' : 'open', spec: `openai:${model}`, provider: 'openai', model },
    describe: async () => ({ provider: 'openai', model, host: new URL(baseURL).host, leavesMachine: true }),
    async call({ messages, params }, { signal }) {
      const started = performance.now();
      try {
        const stream = await client.chat.completions.create(
          {
            model,
            messages: messages as OpenAI.ChatCompletionMessageParam[],
            ...params,
            stream: true,
            stream_options: { include_usage: true },
          },
          { signal },
        );
        let text = '';
        let finish = '';
        let usage = {};
        for await (const chunk of stream) {
          text += chunk.choices[0]?.delta.content ?? '';
          finish = chunk.choices[0]?.finish_reason ?? finish;
          if (chunk.usage) usage = { in: chunk.usage.prompt_tokens, out: chunk.usage.completion_tokens };
        }
        if (finish === '') throw new ArmError('cut', 'the reply ended without a finish reason');
        return { text, finish, usage, model, ms: { total: performance.now() - started } };
      } catch (error) {
        if (error instanceof ArmError) throw error;
        if (error instanceof OpenAI.APIConnectionError) throw new ArmError('network', error.message, { cause: error });
        if (error instanceof OpenAI.RateLimitError) throw new ArmError('rate-limit', error.message, { cause: error });
        if (error instanceof OpenAI.APIError) throw new ArmError('server', error.message, { cause: error });
        throw new ArmError('cut', String(error), { cause: error });
      }
    },
  };
}
