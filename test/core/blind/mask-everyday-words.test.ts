/** Beside the writer's name stand words of every day; a quotation at the head, a greeting and a colon may name the writer. */
import { describe, expect, it } from 'vitest';
import { shownText } from '../../helpers/mask-texts.ts';

const shown = (text: string, prompt?: string): string => shownText({ kind: '', text, ...(prompt && { prompt }) });

describe('a word of every day beside the name of the writer', () => {
  it.each([
    ['As Kimi, I can write you a haiku.', 'As [assistant], I can write you a haiku.'],
    ['I am Qwen, and the next step is yours.', 'I am [assistant], and the next step is yours.'],
    ['I am ChatGPT, so I can list the meta tags.', 'I am [assistant], so I can list the meta tags.'],
    ['I am a language model, so I take pi for it.', 'I am a language model, so I take pi for it.'],
    ['As DeepSeek, I would peel the apple and zoom in.', 'As [assistant], I would peel the apple and zoom in.'],
  ])('%s', (text, wanted) => expect(shown(text)).toBe(wanted));

  it.each([
    ["I'm an AI assistant based on llama. It rains.", "I'm an AI assistant based on [assistant]. It rains."],
    ["I'm Llama, made by meta. It rains.", "I'm [assistant], made by [vendor]. It rains."],
    ["I'm grok by xAI. It rains.", "I'm [assistant] by [vendor]. It rains."],
    ["I'm the gemini model. It rains.", "I'm the [assistant] model. It rains."],
    ["i'm haiku, a language model. it rains.", "i'm [assistant], a language model. it rains."],
    ["I'm Anthropic's haiku. It rains.", "I'm [vendor]'s [assistant]. It rains."],
  ])('is its name where a name stands: %s', (text, wanted) => expect(shown(text)).toBe(wanted));
});

describe('a quotation at the head', () => {
  it.each([
    ['> I am Claude.\n\nIt rains.', '> I am [assistant].\n\nIt rains.'],
    ['> Ich bin Claude, von Anthropic.\nEs regnet.', '> Ich bin [assistant], von [vendor].\nEs regnet.'],
  ])('is the writer’s own: %s', (text, wanted) => expect(shown(text)).toBe(wanted));

  it.each([
    ['> I am Claude.\n\nSo the robot says.', undefined],
    ['> I am Claude.\n\n— the robot, act two', undefined],
    ['> I am Claude.\n\nIt rains.', 'Quote the first line.'],
    ['> Claude is a model by Anthropic.\n\nIt rains.', undefined],
    ['It begins so:\n\n> I am Claude.\n\nIt rains.', undefined],
  ])('is somebody else’s: %s', (text, prompt) => expect(shown(text, prompt)).toBe(text));
});

describe('who greets, and who was trained for a trade', () => {
  it.each([
    ['Welcome to ChatGPT! How can I help?', 'Welcome to [assistant]! How can I help?'],
    ['One thing first: this is Grok. It rains.', 'One thing first: this is [assistant]. It rains.'],
    ['To be clear: this is Claude, your assistant.', 'To be clear: this is [assistant], your assistant.'],
    ['My guidelines, written by Google, forbid it.', 'My guidelines, written by [vendor], forbid it.'],
    ['I was trained by Google as a language model.', 'I was trained by [vendor] as a language model.'],
  ])('%s', (text, wanted) => expect(shown(text)).toBe(wanted));

  it.each([
    'Welcome to ChatGPT! This guide has five parts.',
    'Welcome to Gemini! Our kitchen opens at six.',
    'To be clear: this is Claude, my uncle.',
    'The map has two moons: this is Titan, and this is Nova.',
    'I was trained at Amazon as a driver.',
    'I was trained by Google to be an engineer.',
  ])('stays: %s', (text) => expect(shown(text)).toBe(text));
});
