/** The window that a local model is asked for, and its memory: figures of a 135M model that a server really loaded. */
import { describe, expect, it } from 'vitest';
import { contextWords } from '../../src/app/arm-findings.ts';
import { windowNotes } from '../../src/app/plan/plan-notes.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import type { ArmRecord } from '../../src/records/run-record.ts';

// 30 layers, 3 heads of 64 that are kept, 16 bits each: 23,040 bytes a token. Measured: 191 MB at 4,096, 285 MB at 8,192.
const arm = { name: 'open', contextMax: 8192, windowBytes: 23_040, modelBytes: 97_000_000 } as ArmRecord;
const prompt = (characters: number): PromptRecord =>
  ({ id: 'p_1', messages: [{ role: 'user', content: 'word '.repeat(characters / 5) }] }) as unknown as PromptRecord;
const settings = { maxTokens: 2048 };

describe('the window of a local model', () => {
  it('is chosen from the longest prompt, and said with its memory', () => {
    expect(windowNotes([arm], [prompt(4000)], settings)).toEqual([
      'open: a window of 4,096 tokens (numCtx) takes about 191 MB of memory; its most, 8,192, would take about 286 MB.',
    ]);
  });

  it('is the one of the config where that is set, and says what does not fit', () => {
    const [note] = windowNotes([{ ...arm, contextAsked: 2048 }], [prompt(4000)], settings);
    expect(note).toMatch(
      /^open: a window of 2,048 tokens .* 144 MB of memory, and the longest prompt .* needs 3,\d{3}; its most/,
    );
  });

  it('is not said of a model whose memory nobody knows', () => {
    expect(windowNotes([{ name: 'closed' } as ArmRecord], [prompt(400)], settings)).toEqual([]);
  });
});

describe('what doctor says of a window', () => {
  it.each([
    [40_960, 4096, 'serves 4,096 tokens of context (trained for up to 40,960)'],
    [undefined, 4096, 'serves 4,096 tokens of context'],
    [40_960, undefined, 'up to 40,960 tokens of context as trained (what is served shows once it is loaded)'],
    [undefined, undefined, undefined],
  ])('is the served one where it is known: trained %s, served %s', (trained, served, words) => {
    expect(contextWords(trained, served)).toBe(words);
  });
});
