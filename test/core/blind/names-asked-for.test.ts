/** Names that stay because the prompt asked for them, and what goes all the same: exact texts, prompt by prompt. */
import { describe, expect, test } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';

const shown = (promptText: string, text: string): string => {
  const { view } = createMask({ promptText })({ text });
  return view.kind === 'text' ? view.text : '';
};

describe('an answer that is a name alone', () => {
  test.each([
    ['Which company owns GitHub?', 'Microsoft'],
    ['Which company made Bard?', 'Google.'],
    ['Classify the vendor of this error: "429 from gpt-4o"', 'OpenAI'],
    ['Welche Firma hat Pixel gebaut?', 'Google'],
  ])('stays where "%s" asked for it', (prompt, text) => expect(shown(prompt, text)).toBe(text));

  test.each([
    ['Who are you?', 'Claude', '[assistant]'],
    ['Which model answered me?', 'Claude', '[assistant]'],
    ['Sign it.', 'Claude', '[assistant]'],
  ])('goes where "%s" asked the writer', (prompt, text, masked) => expect(shown(prompt, text)).toBe(masked));
});

describe('data', () => {
  const list = '[{"model": "gpt-4o", "vendor": "OpenAI"}, {"model": "claude-3-opus", "vendor": "Anthropic"}]';
  test('about several models stays', () => expect(shown('Give me two models as JSON.', list)).toBe(list));
  test('about the one that answers goes', () =>
    expect(shown('Reply in JSON.', '{"model": "gpt-4o", "answer": "Ready."}')).toBe(
      '{"model": "[assistant]", "answer": "Ready."}',
    ));
});

describe('a question that the writer says again', () => {
  test.each([
    ['Me? Claude.', 'Me? [assistant].'],
    ['我的名字？Claude。', '我的名字？[assistant]。'],
    ['मेरा नाम? Claude।', 'मेरा नाम? [assistant]।'],
  ])('%s', (text, masked) =>
    expect(shown('Please answer.', `The lamp is on. ${text}`)).toBe(`The lamp is on. ${masked}`),
  );
});

describe('other writers', () => {
  test.each([
    ['Write a system prompt.', 'You are Ava. Never say that you are ChatGPT or that OpenAI made you.'],
    ['Écris un dialogue.', "— Je m'appelle Claude, et vous ?\n— Gemma. On se connaît ?"],
    ['Write a user story.', 'As a support agent, I want the assistant (GPT-4o) to draft replies.'],
  ])('%s', (prompt, text) => expect(shown(prompt, text)).toBe(text));

  test("a version alone is the writer's, where the prompt has the name", () =>
    expect(shown('Is Qwen any good?', 'I am 2.5-72B-Instruct, so I am biased.')).toBe(
      'I am [assistant], so I am biased.',
    ));
});
