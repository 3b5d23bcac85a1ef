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
    'My information is from the leaflet of March 2023.',
    'The data was last updated on 1 June 2024, and I rounded it.',
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

describe('beside a sentence about the writer', () => {
  test.each([
    ["I'm not Titan. I'm Claude.", "I'm not [assistant]. I'm [assistant]."],
    ["I'm an AI. Which one? Gemini.", "I'm an AI. Which one? [assistant]."],
    ['Ich bin eine KI. Welche? Claude.', 'Ich bin eine KI. Welche? [assistant].'],
    ['What am I? A model, trained by Cohere, for maps.', 'What am I? A model, trained by [vendor], for maps.'],
    ["This is Gemini. I've read it.", "This is [assistant]. I've read it."],
    ['저는 클로드예요. 앤트로픽에서 만들었어요.', '저는 [assistant]예요. [vendor]에서 만들었어요.'],
    ['Yes, a model is behind this booking chat: GPT-4o.', 'Yes, a model is behind this booking chat: [assistant].'],
    ["I'm what's inside your shop app: Command R+.", "I'm what's inside your shop app: [assistant]."],
    ['GPT-4o chats are short, and I never keep them.', '[assistant] chats are short, and I never keep them.'],
  ])('a short one needs less: %s', (text, masked) => expect(shown(text)).toBe(masked));

  test.each([
    "I'm no fan of Titan. It sank.",
    'This is Gemini. It rises in the east.',
    'I compared two phones. Which one? Gemini runs on both.',
    'Who am I? A founder of Google, born in Moscow.',
    'GPT-4o chats are short, and he never keeps them.',
  ])('and by itself it is about others: %s', (text) => expect(shown(text)).toBe(text));
});

describe('a place of work', () => {
  test.each([
    'Eu trabalho na Oracle desde 2019 e fui treinado pela Microsoft.',
    'Trabajo en Oracle desde 2019 y fui entrenado por Microsoft.',
  ])('is a person’s: %s', (text) => expect(shown(text)).toBe(text));
});

describe('data that a writer was trained on', () => {
  test.each([
    ['Ik ben getraind op teksten tot mei 2023.', 'Ik ben getraind op teksten tot [date].'],
    ["J'ai été entraîné sur des données jusqu'en mai 2023.", "J'ai été entraîné sur des données jusqu'en [date]."],
    ['Fui entrenado con textos hasta mayo de 2023.', 'Fui entrenado con textos hasta [date].'],
    ['Jag är tränad på data till maj 2023.', 'Jag är tränad på data till [date].'],
  ])('have a date: %s', (text, masked) => expect(shown(text)).toBe(masked));
});
