/** Replies that servers gave in runs of our own: what each is, without the server. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addEvent, replyOf } from '../../../src/arms/wire/accumulate.ts';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { emptyFold } from '../../../src/arms/wire/folded.ts';
import { messageIn } from '../../../src/arms/wire/guarded-fetch.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';
import { readEvents } from '../../../src/arms/wire/stream-events.ts';
import { isObject } from '../../../src/records/plain-json.ts';
import { ownReply } from '../../helpers/real-replies.ts';

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function refusal(name: string) {
  const { status, headers, body } = ownReply(name);
  const whole = parsed(body);
  const error = isObject(whole) && whole.error ? whole.error : whole;
  const found = isObject(error) ? error : {};
  const code = typeof found.code === 'string' ? { code: found.code } : {};
  const type = typeof found.type === 'string' ? { type: found.type } : {};
  const wire = { status, headers, message: messageIn(error) ?? body.trim(), body: found, ...code, ...type };
  return { wire, failure: httpFailure(wire, { host: 'HOST', keys: [], hints: {} }) };
}

async function replyIn(name: string) {
  const folded = emptyFold();
  for await (const event of readEvents(new Response(ownReply(name).body).body)) addEvent(folded, event);
  return { reply: replyOf(folded, (one) => one), folded };
}

describe('replies that refuse', () => {
  it.each([
    ['ollama-0.24/too-long', 'context'],
    ['ollama-0.24/tools', 'feature'],
    ['ollama-0.24/think', 'feature'],
    ['ollama-0.24/format-bad', 'feature'],
    ['ollama-0.24/model-missing', 'model'],
    ['llama-cpp-python/too-long', 'context'],
    ['llama-cpp-python/image', 'feature'],
    ['llama-server/too-long', 'context'],
    ['llama-server/loading', 'loading'],
    ['llama-server/image', 'feature'],
    ['llama-server/format-bad', 'feature'],
    ['llama-server/wrong-key', 'key'],
    ['vllm-0.32/too-long', 'context'],
    ['vllm-0.32/image', 'feature'],
    ['vllm-0.32/tools', 'feature'],
    ['vllm-0.32/format-bad', 'feature'],
    ['vllm-0.32/unknown-model', 'model'],
    ['vllm-0.32/wrong-key', 'key'],
    ['litellm-1.108/wrong-key', 'key'],
    ['litellm-1.108/unknown-model', 'model'],
    ['litellm-1.108/down', 'server'],
  ])('%s is %s', (name, cause) => {
    expect(refusal(name).failure.why).toBe(cause);
  });

  it.each([
    ['ollama-0.24/option-bad', 'temperature'],
    ['llama-cpp-python/temperature-bad', 'temperature'],
    ['llama-cpp-python/format-bad', 'response_format'],
  ])('%s is about %s, under status 500', (name, parameter) => {
    const { wire } = refusal(name);
    expect(wire.status).toBe(500);
    const sent = { model: 'smol', messages: [], temperature: 0, max_tokens: 12, response_format: { type: 'xml' } };
    expect(adjustmentFor(wire, sent)?.name).toBe(parameter);
  });

  it.each([
    ['llama-server/temperature-text', 'temperature'],
    ['vllm-0.32/temperature-bad', 'temperature'],
    ['vllm-0.32/temperature-text', 'temperature'],
    ['vllm-0.32/format-unknown', 'response_format'],
    ['vllm-0.32/cap-zero', 'cap'],
    ['vllm-0.32/cap-too-large', 'window'],
  ])('%s is about %s', (name, parameter) => {
    const sent = { model: 'smol', messages: [], temperature: 0, max_tokens: 5000, response_format: { type: 'xml' } };
    expect(adjustmentFor(refusal(name).wire, sent)?.name).toBe(parameter);
  });

  it('quotes the inner server of a proxy, and not what the proxy adds', () => {
    expect(refusal('litellm-1.108/down').failure.message).toMatch(/Connection error\.$/);
    expect(refusal('litellm-1.108/down').failure.message).not.toContain('model group');
  });
});

describe('replies that answer', () => {
  it.each([
    ['ollama-0.24/chat-stream', 'length', 12],
    ['ollama-0.24/chat-whole', 'length', 12],
    ['ollama-0.24/v1-stream', 'length', 8],
    ['llama-cpp-python/whole', 'length', 12],
    ['llama-server/whole', 'length', 12],
    ['llama-server/stream', 'length', 12],
    ['vllm-0.32/whole', 'length', 12],
    ['vllm-0.32/stream', 'length', 12],
    ['vllm-0.32/effort-ignored', 'length', 12],
    ['litellm-1.108/whole', 'stop', 1],
    ['litellm-1.108/stream', 'stop', 1],
  ])('%s ended by %s after %s tokens', async (name, finish, out) => {
    const { reply } = await replyIn(name);
    expect(reply.text).not.toBe('');
    expect({ finish: reply.finish, out: reply.usage.out }).toEqual({ finish, out });
  });

  it('reads the same text of a stream and of a whole reply at temperature 0', async () => {
    expect((await replyIn('ollama-0.24/chat-stream')).reply.text).toBe(
      (await replyIn('ollama-0.24/chat-whole')).reply.text,
    );
    expect((await replyIn('llama-cpp-python/stream')).reply.text).toBe(
      (await replyIn('llama-cpp-python/whole')).reply.text,
    );
  });

  it('gives the price that the proxy says in its header', () => {
    expect(Number(ownReply('litellm-1.108/whole').headers.get('x-litellm-response-cost'))).toBeCloseTo(0.00013, 8);
  });

  it('shows whose answer came where a proxy fell back to another model', () => {
    const { headers } = ownReply('litellm-1.108/fallback');
    expect([headers.get('x-litellm-attempted-fallbacks'), headers.get('x-litellm-model-group')]).toEqual(['1', 'good']);
  });

  it('shows a prompt that was kept to the window: the count is the window, and one token came', async () => {
    const { reply } = await replyIn('ollama-0.24/too-long-kept');
    expect(reply).toMatchObject({ finish: 'length', usage: { in: 512, out: 1 } });
  });

  it.each(['llama-cpp-python/window-full', 'llama-server/window-full'])(
    '%s: prompt and answer are the window together, before the cap',
    async (name) => {
      const { reply } = await replyIn(name);
      expect(reply.finish).toBe('length');
      expect((reply.usage.in ?? 0) + (reply.usage.out ?? 0)).toBe(512);
    },
  );

  it('names the file that was served, and not the folder where it lies', async () => {
    expect(ownReply('llama-server/whole').body).toContain('"/opt/models/sm/SmolLM2-135M-Instruct.Q4_1.gguf"');
    expect((await replyIn('llama-server/whole')).reply.model).toBe('SmolLM2-135M-Instruct.Q4_1.gguf');
  });

  it.each([
    ['org/model', 'org/model'],
    ['accounts/fireworks/models/m', 'accounts/fireworks/models/m'],
    ['/srv/models/smol/', 'smol'],
    ['./smol', 'smol'],
    ['~/models/smol', 'smol'],
    ['C:\\models\\smol.gguf', 'smol.gguf'],
    ['models/smol.gguf', 'smol.gguf'],
  ])('of %s comes from %s', async (model, expected) => {
    const body = JSON.stringify({ model, choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }] });
    const folded = emptyFold();
    for await (const event of readEvents(new Response(body).body)) addEvent(folded, event);
    expect(replyOf(folded, (one) => one).model).toBe(expected);
  });

  it('is none where a stream has no event', async () => {
    await expect(replyIn('llama-cpp-python/too-long-stream')).rejects.toMatchObject({ failure: 'garbage' });
  });

  it('keeps the cap as Ollama itself does: max_completion_tokens is not heeded by its /v1', async () => {
    expect((await replyIn('ollama-0.24/v1-cap-ignored')).reply.usage.out).toBeGreaterThan(3);
  });
});

it('every recorded reply is of one of the servers', () => {
  const servers = readdirSync(new URL('../../fixtures/wire/', import.meta.url));
  expect(servers.sort()).toEqual([
    'README.md',
    'litellm-1.108',
    'llama-cpp-python',
    'llama-server',
    'ollama-0.24',
    'ray-serve-2.60',
    'vllm-0.32',
  ]);
});

it('the sentence of an error body is found under a name of its own too', () => {
  expect(messageIn({ fault_text: 'The model is asleep.', code: 7 })).toBe('The model is asleep.');
  expect(messageIn({ error_description: 'No such key.' })).toBe('No such key.');
  expect(messageIn({ id: 'x', code: 7 })).toBe('{"id":"x","code":7}');
});
