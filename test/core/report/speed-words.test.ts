import { describe, expect, it } from 'vitest';
import { speedWords } from '../../../src/report/quantization.ts';

const words = (tokensPerSecond: number | null, readPerSecond: number | null, onGpu: number | null) =>
  speedWords({ model: 'smol' }, { tokensPerSecond, readPerSecond }, onGpu);

describe('how fast a model was', () => {
  it.each([
    [45.2, 561.8, 0, 'smol wrote 45 tokens per second and read prompts at 562, on the processor (median).'],
    [4.25, 1234, 1, 'smol wrote 4.3 tokens per second and read prompts at 1,234, on the GPU (median).'],
    [12, null, 0.4, 'smol wrote 12 tokens per second, 40 % of it on the GPU, the rest on the processor (median).'],
    [80, null, null, 'smol wrote 80 tokens per second (median).'],
  ])('%s, %s, %s', (out, read, gpu, expected) => {
    expect(words(out, read, gpu)).toBe(expected);
  });

  it('is not said where nothing was timed', () => {
    expect(words(null, 500, 0)).toBeNull();
  });
});
