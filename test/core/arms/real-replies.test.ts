import { describe, expect, it } from 'vitest';
import { addEvent, replyOf } from '../../../src/arms/wire/accumulate.ts';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { emptyFold } from '../../../src/arms/wire/folded.ts';
import { messageIn } from '../../../src/arms/wire/guarded-fetch.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';
import { readEvents } from '../../../src/arms/wire/stream-events.ts';
import { isObject } from '../../../src/records/plain-json.ts';
import { hasRealReplies, realReply } from '../../helpers/real-replies.ts';

function refusal(name: string) {
  const { status, headers, body } = realReply(name);
  const parsed: unknown = (() => {
    try {
      return JSON.parse(body);
    } catch {
      return undefined;
    }
  })();
  const error = isObject(parsed) && parsed.error ? parsed.error : parsed;
  const found = isObject(error) ? error : {};
  const code = typeof found.code === 'string' ? { code: found.code } : {};
  const type = typeof found.type === 'string' ? { type: found.type } : {};
  const wire = { status, headers, message: messageIn(error) ?? body.trim(), body: found, ...code, ...type };
  return { wire, failure: httpFailure(wire, { host: 'HOST', keys: [], hints: {} }) };
}

/** The server and the request, and the cause it must be. */
const refused: [string, string, string?][] = [
  ['ollama-0.24/ctx-long-512-trunc-false', 'context'],
  ['ollama-0.24/tools-unsupported', 'feature', 'model'],
  ['ollama-0.24/think-true', 'feature', 'model'],
  ['ollama-0.24/format-bad', 'feature', 'model'],
  ['ollama-0.24/max-queue-503', 'overloaded', 'provider'],
  ['ollama-0.24/max-queue-503-v1', 'overloaded', 'provider'],
  ['ollama-0.24/unknown-model-chat', 'model', 'setup'],
  ['ollama-0.24/runner-killed-nostream', 'server', 'provider'],
  ['llama-server/toolong', 'context'],
  ['llama-server/loading-chat', 'loading', 'provider'],
  ['llama-server/image', 'feature', 'model'],
  ['llama-server/json-schema-bad', 'feature', 'model'],
  ['llama-cpp-python/toolong', 'context'],
  ['llama-cpp-python/image', 'feature', 'model'],
  ['vllm-0.32/toolong', 'context'],
  ['vllm-0.32/tools', 'feature', 'setup'],
  ['vllm-0.32/image', 'feature', 'model'],
  ['vllm-0.32/json-schema-bad', 'feature', 'model'],
  ['vllm-0.32/unknown-model', 'model', 'setup'],
  ['litellm-1.108/wrongkey', 'key', 'setup'],
  ['litellm-1.108/unknown-model', 'model', 'setup'],
  ['litellm-1.108/toolong-llama', 'context'],
  ['litellm-1.108/tools-ollama', 'feature', 'model'],
  ['litellm-1.108/limited-3', 'rate-minute', 'provider'],
  ['litellm-1.108/down', 'server', 'provider'],
];

describe.skipIf(!hasRealReplies)('what real servers said (skipped where ../shared is absent)', () => {
  it.each(refused)('%s is %s', (name, cause, fault) => {
    const { failure } = refusal(name);
    expect(failure.why).toBe(cause);
    if (fault !== undefined && failure.fault !== undefined) expect(failure.fault).toBe(fault);
  });

  it('quotes the server behind a proxy, and waits as it was told', () => {
    expect(refusal('litellm-1.108/tools-ollama').failure.message).toBe(
      'HOST: 400 registry.ollama.ai/library/smol:latest does not support tools',
    );
    expect(refusal('litellm-1.108/toolong-llama').failure.message).toBe(
      'HOST: 400 request (8131 tokens) exceeds the available context size (512 tokens), try increasing it',
    );
    expect(refusal('litellm-1.108/limited-3').failure.retryAfterMs).toBe(60_000);
  });

  it.each([
    ['ollama-0.24/bad-type-option', 'temperature'],
    ['llama-cpp-python/temp-string', 'temperature'],
    ['llama-cpp-python/rf-unknown', 'response_format'],
    ['llama-server/temp-string', 'temperature'],
    ['vllm-0.32/temp-neg', 'temperature'],
    ['vllm-0.32/temp-string', 'temperature'],
    ['vllm-0.32/topp-bad', 'top_p'],
    ['vllm-0.32/cap-large', 'window'],
  ])('%s is about %s', (name, parameter) => {
    const { wire } = refusal(name);
    const sent = {
      model: 'm',
      messages: [],
      temperature: 0,
      top_p: 1,
      max_tokens: 5000,
      response_format: { type: 'x' },
    };
    expect(adjustmentFor(wire, sent)?.name).toBe(parameter);
  });

  it.each([
    ['ollama-0.24/chat-stream', 'length'],
    ['ollama-0.24/chat-nostream', 'stop'],
    ['ollama-0.24/v1-chat-stream-usage', undefined],
    ['llama-server/stream', undefined],
    ['llama-cpp-python/stream', undefined],
    ['vllm-0.32/stream', undefined],
    ['vllm-0.32/stream-usage', undefined],
    ['litellm-1.108/stream-usage-llama', undefined],
    ['litellm-1.108/messages-stream', undefined],
  ])('%s is a whole reply', async (name, finish) => {
    const reply = await replyIn(name);
    expect(reply.text.length).toBeGreaterThan(0);
    if (finish !== undefined) expect(reply.finish).toBe(finish);
    else expect(['stop', 'length', 'end_turn', 'max_tokens']).toContain(reply.finish);
  });

  it.each([
    ['ollama-0.24/killed-mid-stream', 'cut'],
    ['ollama-0.24/runner-killed-v1-stream', 'cut'],
    ['vllm-0.32/killed', 'cut'],
    ['llama-cpp-python/toolong-stream', 'garbage'],
  ])('%s is no answer', async (name, failure) => {
    await expect(replyIn(name)).rejects.toMatchObject({ failure });
  });
});

async function replyIn(name: string) {
  const folded = emptyFold();
  for await (const event of readEvents(new Response(realReply(name).body).body)) addEvent(folded, event);
  return replyOf(folded, (one) => one);
}
