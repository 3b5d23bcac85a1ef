import { describe, expect, it } from 'vitest';
import { loopWatch } from '../../../src/arms/wire/loop-watch.ts';
import { repetition } from '../../../src/checks/repetition.ts';
import { promptOf } from '../../helpers/arm-request.ts';

/** Characters that had come when the stream was closed; undefined where it was not. */
function endedAt(pieces: readonly string[]): number | undefined {
  const watch = loopWatch();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (watch.loops(text)) return text.length;
  }
  return undefined;
}

const tokensOf = (text: string): string[] => text.match(/\s*\S{1,5}/g) ?? [];
const check = (text: string) =>
  repetition.run(
    { type: 'repetition' } as never,
    { text, toolCalls: [], finish: 'length', prompt: promptOf('') } as never,
  );

/** 64 pieces that do not repeat within themselves. */
const unit = Array.from({ length: 64 }, (_, at) => ` w${at}`);
const repeated = (times: number): string[] => Array.from({ length: times }, () => unit).flat();

describe('a text that repeats itself while it comes', () => {
  it('is ended when the same 64 tokens stand there four times in a row, not three', () => {
    expect(endedAt(repeated(3))).toBeUndefined();
    expect(endedAt(['Well:', ...repeated(3)])).toBeUndefined();
    const at = endedAt(['Well:', ...repeated(20)]);
    const four = 5 + 4 * unit.join('').length;
    expect(at).toBeGreaterThanOrEqual(four - 64);
    expect(at).toBeLessThanOrEqual(four + 128);
  });

  it('is ended after a short unit, too, long before a cap of 2,048 tokens', () => {
    const at = endedAt(tokensOf('The capital is Paris. '.repeat(300)));
    expect(at).toBeLessThan(1_300);
  });

  it('is found where a server sends many tokens in a piece, and where it sends all at once', () => {
    const text = 'I am sorry, I cannot say more about that. '.repeat(60);
    expect(endedAt(text.match(/.{1,200}/g) ?? [])).toBeLessThan(1_400);
    expect(endedAt([text])).toBe(text.length);
  });

  it('is found in Chinese, where a character is a token', () => {
    const at = endedAt([...'我不知道该怎么办才好。'.repeat(80)]);
    expect(at).toBeLessThan(700);
  });

  it.each([
    ['prose', tokensOf(Array.from({ length: 400 }, (_, at) => `Item ${at} costs ${at * 7} francs.`).join(' '))],
    ['a rule of signs', tokensOf('-'.repeat(4_000))],
    ['a table of numbers', tokensOf('0, 0, 0, 0, '.repeat(400))],
    ['a chorus', tokensOf(`${'We will, we will rock you. '.repeat(8)}The end.`)],
    ['a code listing', tokensOf(Array.from({ length: 200 }, (_, at) => `  const v${at} = read(${at});\n`).join(''))],
  ])('is not found in %s', (_, pieces) => {
    expect(endedAt(pieces)).toBeUndefined();
  });

  it('fails the check `repetition` wherever it was ended', () => {
    for (const pieces of [
      ['Well:', ...repeated(20)],
      tokensOf('The capital is Paris. '.repeat(300)),
      [...'我不知道该怎么办才好。'.repeat(80)],
      tokensOf(`${'x'.repeat(58)} end. `.repeat(60)),
    ]) {
      const text = pieces.join('').slice(0, endedAt(pieces));
      expect(check(text)).toMatchObject({ pass: false, kind: 'repetition' });
    }
  });
});
