/**
 * The same answers from a loop of bare SDK calls: `node bare-calls.js URL PROMPTS CONCURRENCY`. Prints how many it got.
 * Plain JavaScript, so that no compiler's memory counts.
 */
import { Ollama } from 'ollama';
import OpenAI from 'openai';

const [url = '', count = '0', concurrency = '1'] = process.argv.slice(2);
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'test', maxRetries: 0 });
const ollama = new Ollama({ host: url });

async function askOpenai(content) {
  const stream = await openai.chat.completions.create({
    model: 'closed-model',
    messages: [{ role: 'user', content }],
    max_tokens: 2048,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function askOllama(content) {
  const stream = await ollama.chat({
    model: 'qwen3:8b',
    messages: [{ role: 'user', content }],
    options: { num_ctx: 4096, num_predict: 2048, temperature: 0 },
    stream: true,
  });
  let text = '';
  for await (const part of stream) text += part.message.content;
  return text;
}

const contents = Array.from({ length: Number(count) }, (_, index) => `prompt ${index}`);
const calls = contents.flatMap((content) => [() => askOpenai(content), () => askOllama(content)]);
const answers = [];
const tries = 3;
/** A kept-alive connection that the server has just closed fails the call: everybody asks again then. */
async function asked(call, left = tries - 1) {
  try {
    return await call();
  } catch (error) {
    if (left === 0) throw error;
    return asked(call, left - 1);
  }
}
async function worker() {
  for (let call = calls.pop(); call; call = calls.pop()) answers.push(await asked(call));
}
await Promise.all(Array.from({ length: Number(concurrency) }, worker));
console.log(answers.filter((text) => text !== '').length);
