/** Every reply of a real vLLM, played to our own arm again: a whole reply or a cause that has a row, never anything else. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { ruleOf } from '../../../src/records/outcomes.ts';
import { configOf, requestOf } from '../../helpers/arm-request.ts';
import { hasRealReplies, replayed } from '../../helpers/real-replies.ts';
import { said, startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
/** Each of these is named in a refusal below. */
const request = requestOf('hi', { params: { max_tokens: 8, temperature: 0.5, top_p: 0.9 } });
/** Requests that we never make: JSON that is broken, no messages, a format of no type. */
const neverOurs = ['bad-json', 'no-messages', 'empty-messages', 'rf-unknown'];
const folder = new URL('../../../../shared/fixtures/real/vllm-0.32/', import.meta.url);
/** Answers to other paths than that of a chat. */
const otherPaths = /^(?:embeddings|health|messages|models|props|responses|version)/;
const names = hasRealReplies
  ? readdirSync(folder)
      .map((name) => name.replace(/\.txt$/, ''))
      .filter((name) => !otherPaths.test(name) && name !== 'engine-dead')
  : [];

/** A parameter is refused by its name: the next call goes without it, and the answer says so. */
const adjusts = ['cap-large', 'cap-zero', 'cap-negative', 'temp-neg', 'temp-string', 'topp-bad'];

/** As the paper on the wire reads them. */
const causes: Readonly<Record<string, string>> = {
  toolong: 'context',
  'toolong-stream': 'context',
  image: 'feature',
  tools: 'feature',
  'tools-auto': 'feature',
  'tools-required': 'feature',
  'tools-stream': 'feature',
  'json-schema-bad': 'feature',
  'unknown-model': 'model',
  killed: 'cut',
  'killed-engine': 'server',
};

async function played(name: string): Promise<string> {
  const { body, ...rest } = replayed(`vllm-0.32/${name}`);
  const reply = name === 'killed' ? { ...rest, body: [String(body), null] } : { ...rest, body };
  const replies = adjusts.includes(name) ? [reply, said('fine')] : reply;
  await using server = await startReplies({ '/v1/chat/completions': replies });
  const arm = createArm(configOf('vllm', 'smol', { baseURL: `${server.url}/v1` }), {});
  try {
    const { finish, text, usage, adjusted } = await arm.call(request, { signal });
    expect(text).not.toContain('data: ');
    expect(usage.out ?? 1).toBeGreaterThan(0);
    return adjusted ? `answered without ${adjusted.join(', ')}` : `answered ${finish}`;
  } catch (error) {
    const { failure, why } = error as { failure: never; why: never };
    return ruleOf({ outcome: failure, cause: why }).cause;
  }
}

describe.skipIf(!hasRealReplies)('replies of vLLM 0.32 (skipped where ../shared is absent)', () => {
  it('are there', () => expect(names.length).toBeGreaterThan(40));

  it.each(names)('%s', async (name) => {
    const { status } = replayed(`vllm-0.32/${name}`);
    const found = await played(name);
    if (neverOurs.includes(name)) expect(found).toBe('unknown');
    else if (adjusts.includes(name)) expect(found).toMatch(/^answered without .*(?:max_tokens|temperature|top_p)/);
    else if (causes[name] !== undefined) expect(found).toBe(causes[name]);
    else if (status === 200) expect(found).toMatch(/^answered (?:stop|length)$/);
    else expect(found).not.toMatch(/^(?:answered|unknown|garbage)/);
  });
});
