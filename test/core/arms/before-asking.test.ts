import { describe, expect, it } from 'vitest';
import { readProps } from '../../../src/arms/openai/llama-server.ts';
import { refuseTooLong, refuseUnseen } from '../../../src/arms/wire/before-asking.ts';
import { readListed } from '../../../src/arms/wire/listed.ts';
import { failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';
import { hasRealReplies, realReply } from '../../helpers/real-replies.ts';

/** Six characters are one token of the low estimate. */
const words = (tokens: number) => requestOf('abcde '.repeat(tokens).slice(0, tokens * 6));

describe('a prompt that cannot fit', () => {
  it('is refused without a call from the first token that leaves no room for an answer', async () => {
    const window = { tokens: 116 };
    expect(() => refuseTooLong(words(100), window)).not.toThrow();
    const error = await failureOf(Promise.resolve().then(() => refuseTooLong(words(101), window)));
    expect(error).toMatchObject({
      failure: 'too-long',
      why: 'context',
      fault: 'model',
      hint: expect.stringMatching(/a larger window$/),
    });
    expect(error.message).toBe('does not fit: at least 101 tokens of 116, so it was not sent');
  });

  it('is the fault of the setup where the model itself has more, and says what to raise', async () => {
    const error = await failureOf(
      Promise.resolve().then(() => refuseTooLong(words(600), { tokens: 512, raise: 'raise numCtx' })),
    );
    expect(error).toMatchObject({ fault: 'setup', hint: 'raise numCtx' });
  });

  it('is not looked for where no window is known', () => {
    expect(() => refuseTooLong(words(100_000), undefined)).not.toThrow();
  });

  it('counts a run of blanks as one: tokenizers do', () => {
    expect(() => refuseTooLong(requestOf(`code${' '.repeat(6_000)}end`), { tokens: 512 })).not.toThrow();
  });
});

describe('what a server would take and ignore', () => {
  const image = requestOf('', {
    messages: [{ role: 'user', content: [{ type: 'media', media: 'image', value: {} }] }],
  });
  const tool = requestOf('hi', { tools: [{ name: 'f', parameters: {} }] });

  it('is refused where the server says so, and asked where it says nothing', async () => {
    for (const [abilities, request] of [
      [{ sees: false }, image],
      [{ takesTools: false }, tool],
    ] as const) {
      const error = await failureOf(Promise.resolve().then(() => refuseUnseen(abilities, 'm', request)));
      expect(error).toMatchObject({ failure: 'bad-request', why: 'feature', fault: 'model' });
    }
    for (const request of [image, tool, requestOf('', { prompt: promptOf('hi') })])
      expect(() => refuseUnseen({}, 'm', request)).not.toThrow();
  });
});

describe.skipIf(!hasRealReplies)('what real servers say of themselves (skipped where ../shared is absent)', () => {
  const models = (name: string) =>
    JSON.parse(realReply(name).body).data.map((model: object) => readListed({ ...model }));

  it('llama.cpp: the window of a slot, quantization, template, no path of its disk', () => {
    const props = readProps(JSON.parse(realReply('llama-server/props').body));
    expect(props).toEqual({
      slots: 2,
      window: 512,
      quantization: 'Q4_1',
      template: '872be49dbb638044ad01b60388f48d469ff2980e5f0dccdc22ec907db54d0788',
      serverVersion: 'b1-7e4c0a9',
      sees: false,
      takesTools: false,
    });
  });

  it('llama.cpp: parameters and both windows from its list; vLLM: the window it serves', () => {
    expect(models('llama-server/models')[0]).toMatchObject({
      window: 512,
      windowMax: 8192,
      quantization: 'Q4_1',
      parameterSize: '134.5M',
      ownedBy: 'llamacpp',
    });
    expect(models('vllm-0.32/models')[0]).toMatchObject({ name: 'smol', window: 1024 });
    expect(models('vllm-0.32/models')[0]).not.toHaveProperty('windowMax');
  });
});
