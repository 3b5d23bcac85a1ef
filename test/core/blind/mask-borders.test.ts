/** Each rule of the mask at its border: a text in which the name or date goes, beside one in which it stays. */
import { describe, expect, test } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { nameList } from '../../../src/blind/name-list.ts';

const shown = (text: string, assistants: string[] = []): string => {
  const { view } = createMask({ promptText: 'Please answer.', names: nameList({ assistants }) })({ text });
  return view.kind === 'text' ? view.text : '';
};

describe("a word of every day that is a family of the run's arms", () => {
  const arms = ['meta/llama3.1:8b', 'tiiuae/falcon-7b-instruct', '01-ai/yi-34b'];

  test.each([
    ["I'm Llama, nice to meet you!", "I'm [assistant], nice to meet you!"],
    ["I'm Falcon, and I rinse filters.", "I'm [assistant], and I rinse filters."],
    ['My name is Yi. The tap is shut.', 'My name is [assistant]. The tap is shut.'],
  ])('needs no second sign: %s', (text, masked) => expect(shown(text, arms)).toBe(masked));

  test.each([
    "I'm falcon-eyed, my aunt says.",
    'As a falcon dives, I hold my breath.',
    'I saw a Llama in Peru, and I fed it.',
    'Falcon: a bird that I like.',
    'My name is Yi Chen, and I live in Graz.',
  ])('stays elsewhere: %s', (text) => expect(shown(text, arms)).toBe(text));

  test('needs one in a run without such an arm', () => {
    const text = "I'm Falcon, and I rinse filters.";
    expect(shown(text, ['gpt-4o'])).toBe(text);
  });
});

describe('a comma behind a name', () => {
  test.each([
    ["I'm built on Phi-4, my Latin is thin.", "I'm built on [assistant], my Latin is thin."],
    ["As I'm Claude, my knowledge has an end.", "As I'm [assistant], my knowledge has an end."],
  ])('begins a clause of the writer: %s', (text, masked) => expect(shown(text)).toBe(masked));

  test.each([
    'I sat there with Claude, my neighbour.',
    'My name is Claude and I am the guardian of the well.',
    'Mi chiamo Gemma e ho sei anni.',
    "Adım Aya ve Ankara'da yaşıyorum.",
  ])('or tells whose name it is: %s', (text) => expect(shown(text)).toBe(text));
});

describe('a date of an update', () => {
  test.each([
    ['My training data ends on 1 October 2023.', 'My training data ends on [date].'],
    [
      'As of my last update on May 12, 2024, I know of no such law.',
      'As of my last update on [date], I know of no such law.',
    ],
    ['Mein Wissen reicht bis zum 1. April 2024.', 'Mein Wissen reicht bis zum [date].'],
    ['I only have information up until January 2022.', 'I only have information up until [date].'],
  ])('goes whole where a writer knows up to it: %s', (text, masked) => expect(shown(text)).toBe(masked));

  test.each([
    'As of my last update on 12 May 2024, the plumber had not called.',
    'I was last updated on this by the clinic in May 2024; my information may be old.',
  ])('stays where somebody has news: %s', (text) => expect(shown(text)).toBe(text));
});

describe('lines behind a sign of quotation', () => {
  test.each([
    [
      "> **Note:** I'm Mixtral, a model.\n> I come from Mistral AI.",
      "> **Note:** I'm [assistant], a model.\n> I come from [vendor].",
    ],
    ["> [!TIP]\n> I'm Mixtral.\n\nSave first.", "> [!TIP]\n> I'm [assistant].\n\nSave first."],
  ])("are the writer's own where they are a note: %s", (text, masked) => expect(shown(text)).toBe(masked));

  test.each(["> I'm Mixtral.\n\nSo it says in the log.", "> **Bot:** I'm Mixtral, a model.\n\nSo it says in the log."])(
    'else are another’s: %s',
    (text) => expect(shown(text)).toBe(text),
  );
});

describe('a sentence without a subject', () => {
  test.each([
    ["Nope, not Gemini either. I'm Claude.", "Nope, not [assistant] either. I'm [assistant]."],
    ['Nein, nicht Gemini. Ich bin Claude.', 'Nein, nicht [assistant]. Ich bin [assistant].'],
  ])('denies beside one that names the writer: %s', (text, masked) => expect(shown(text)).toBe(masked));

  test('and by itself is about others', () => {
    const text = 'Take Claude, not Gemini. Not Gemini, since it has no plug.';
    expect(shown(text)).toBe(text);
  });
});

describe('places and turns of phrase', () => {
  test.each([
    ['🤖 **Gemini 1.5 Flash**\n\nOttawa is the capital.', '🤖 **[assistant]**\n\nOttawa is the capital.'],
    [
      'The tap is shut.\n\n<sub>Drafted with Gemini 2.0</sub>',
      'The tap is shut.\n\n<sub>Drafted with [assistant]</sub>',
    ],
    ["I stay within Google's prohibited use policy.", "I stay within [vendor]'s prohibited use policy."],
    ['Each chat with ChatGPT starts anew for me.', 'Each chat with [assistant] starts anew for me.'],
    ["Which model you've got: it's Qwen3.", "Which model you've got: it's [assistant]."],
  ])('that tell the writer: %s', (text, masked) => expect(shown(text)).toBe(masked));

  test.each([
    '🌊 Gemini\n\nThe twins are a sign of the zodiac.',
    "My shop stays within Google's policy on ads.",
    'Each chat with ChatGPT costs me an hour.',
    "Which model you've got tells the sticker.",
  ])('that do not: %s', (text) => expect(shown(text)).toBe(text));
});

describe("a word of one language in another's sentence", () => {
  test.each(['Ben likes Claude.', 'Ben built a plug-in on GPT-4o.', 'Mia met the team from Anthropic.'])(
    'is no writer: %s',
    (text) => expect(shown(text)).toBe(text),
  );

  test.each([
    ["Ben Claude'um.", "Ben [assistant]'um."],
    ['Ben bir modelim, adım Claude.', 'Ben bir modelim, adım [assistant].'],
  ])('is one in its own: %s', (text, masked) => expect(shown(text)).toBe(masked));
});
