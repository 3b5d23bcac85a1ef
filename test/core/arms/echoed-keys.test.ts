import { describe, expect, it } from 'vitest';
import { type Arm, ArmError, type ArmReply } from '../../../src/arms/arm.ts';
import { guardKeys, secretsOf, withoutKeys } from '../../../src/arms/wire/echoed-keys.ts';
import { requestOf } from '../../helpers/arm-request.ts';

const key = 'sk-test-51NrPq8aZx04+/LmQ==';
const env = { OPENAI_API_KEY: key, HOME: '/home/maria', PATH: '/usr/local/bin:/usr/bin', TOKEN_LIMIT: '4096' };
const clean = (text: string): string => withoutKeys(text, secretsOf(env));
/** The longest part of the key that is left. */
const leftOver = (text: string, secret = key): number => {
  for (let size = secret.length; size > 0; size -= 1)
    for (let from = 0; from + size <= secret.length; from += 1)
      if (text.includes(secret.slice(from, from + size))) return size;
  return 0;
};

describe('a key in a good reply', () => {
  it('goes as it is, and encoded for a URL', () => {
    expect(clean(`Your key is ${key}.`)).toBe('Your key is [key].');
    expect(
      leftOver(clean(`https://x.example/?k=${encodeURIComponent(key)}&a=1`), encodeURIComponent(key)),
    ).toBeLessThan(6);
  });

  it.each(['', 'B', 'Be', 'Bearer ', 'user:', 'x-api-key: '])('goes in Base64 behind %j', (before) => {
    for (const after of ['', '\n', ' and more'])
      for (const alphabet of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${key}${after}`).toString(alphabet);
        const shown = clean(`Here: ${encoded} done`);
        expect(shown).toContain('[key]');
        const decoded = Buffer.from(shown.replaceAll('[key]', ''), 'base64').toString('latin1');
        expect(leftOver(decoded)).toBeLessThan(6);
      }
  });

  it('leaves everything else, names of folders and small numbers included', () => {
    const text = 'In /home/maria with 4096 tokens, see /usr/local/bin:/usr/bin.';
    expect(clean(text)).toBe(text);
  });

  it('reaches no field of a reply and no error', async () => {
    const reply: ArmReply = {
      text: `a ${key}`,
      reasoning: `b ${key}`,
      refusal: `c ${key}`,
      toolCalls: [{ id: '1', name: 'f', arguments: `{"k":"${key}"}` }],
      finish: 'stop',
      usage: {},
    };
    const answering = (call: Arm['call']): Arm =>
      guardKeys(
        {
          config: { name: 'open', role: 'open', spec: 'x:y', provider: 'x', model: 'y' },
          describe: async () => ({}) as never,
          call,
        },
        env,
      );
    const { signal } = new AbortController();
    const shown = await answering(async () => reply).call(requestOf(), { signal });
    expect(JSON.stringify(shown)).not.toContain('51NrPq');
    const broken = answering(async () => {
      throw new ArmError('cut', `the end of ${key}`, { partial: `part ${key}`, status: 200 });
    });
    const error = await broken.call(requestOf(), { signal }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: 'cut', message: 'the end of [key]', partial: 'part [key]', status: 200 });
  });
});
