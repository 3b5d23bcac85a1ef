/** Places in which a text names its writer by what stands around the name: credits, comments, objects, scenes. */
import { describe, expect, test } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { nameList } from '../../../src/blind/name-list.ts';

const shown = (text: string, promptText = 'Please answer.'): string => {
  const { view } = createMask({ promptText, names: nameList({}) })({ text });
  return view.kind === 'text' ? view.text : '';
};

const told: [text: string, expected: string][] = [
  [
    'See you.\n\nRegards,\n\nGrok\nAI assistant by xAI, for Ana Bell',
    'See you.\n\nRegards,\n\n[assistant]\nAI assistant by [vendor], for Ana Bell',
  ],
  ['{"name":"Claude 3","creator":"Anthropic","year":2024}', '{"name":"[assistant]","creator":"[vendor]","year":2024}'],
  ['{"名前":"Gemini","開発元":"Google"}', '{"名前":"[assistant]","開発元":"[vendor]"}'],
  ['```yaml\nname: Mistral Large\nmaker: Mistral AI\n```', '```yaml\nname: [assistant]\nmaker: [vendor]\n```'],
  ['# tidy\n\n## Authors\n\n- You\n- GPT-4o (code)', '# tidy\n\n## Authors\n\n- You\n- [assistant] (code)'],
  [
    '```sh\n#!/bin/sh\n# up.sh - written by GPT-4o\nls\n```',
    '```sh\n#!/bin/sh\n# up.sh - written by [assistant]\nls\n```',
  ],
  ['1. **Name:** Gemini\n2. **Maker:** Google', '1. **Name:** [assistant]\n2. **Maker:** [vendor]'],
  [
    'Меня зовут, друзья, Алиса,\nМне Яндекс дал и ум, и лица.',
    'Меня зовут, друзья, [assistant],\nМне [vendor] дал и ум, и лица.',
  ],
];

const kept = [
  '[{"name":"GPT-4o","vendor":"OpenAI"},{"name":"Claude 3","vendor":"Anthropic"}]',
  '{"company":"Anthropic","product":"Claude","stars":4}',
  '## Authors\n\n- Claude Dupont\n- Marie Leroy',
  '```py\n# Sends the text to Claude and returns its answer.\nask()\n```',
  'GPT: I am made by OpenAI.\nCLAUDE: And I by Anthropic.\nGPT: You would say that.',
  '1. GPT-4o\n2. Claude\n3. Gemini',
];

describe('what stands around a name', () => {
  test.each(told)('tells the writer: %s', (text, expected) => expect(shown(text)).toBe(expected));
  test.each(kept)('tells of others: %s', (text) => expect(shown(text)).toBe(text));
});

test('a word that the prompt asks about is the name of the model where the answer says so', () => {
  const text = "It means gem. And I'm Gemma, a model from Google.";
  expect(shown(text, "Is it said 'Gemma' like the stone?")).not.toContain("I'm Gemma");
  expect(shown("I'm Gemma, your model for today.", 'You are Gemma, a model at a fashion show.')).toContain("I'm Gemma");
});
