/** Real answers that nobody wrote for this: none of them names its writer, so the mask changes none. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { isAbsent, sharedData } from '../../helpers/shared-data.ts';

const read = (path: string): string => readFileSync(resolve(sharedData, path), 'utf8');

function changed(prompt: string, text: unknown): string[] {
  if (typeof text !== 'string' || text.trim() === '') return [];
  const { view } = createMask({ promptText: prompt })({ text });
  return view.kind === 'text' && view.text === text ? [] : [text];
}

describe.skipIf(isAbsent('ifeval'))('answers to IFEval', () => {
  it('stay as they are', () => {
    const rows = read('ifeval/input_response_data_gpt4_20231107_145030.jsonl').trim().split('\n');
    expect(rows.length).toBeGreaterThan(500);
    expect(rows.map((row) => JSON.parse(row)).flatMap(({ prompt, response }) => changed(prompt, response))).toEqual([]);
  });
});

describe.skipIf(isAbsent('pandalm'))('answers in PandaLM', () => {
  it('stay as they are', () => {
    const rows = JSON.parse(read('pandalm/data/testset-v1.json')) as Record<string, string>[];
    const texts = rows.flatMap((row) => [row.response1, row.response2].map((text) => [row, text] as const));
    expect(texts.length).toBeGreaterThan(1_500);
    expect(texts.flatMap(([row, text]) => changed(`${row.instruction}\n${row.input}`, text))).toEqual([]);
  });
});
