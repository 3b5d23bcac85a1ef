/** Names that go together, and scenes whose characters are no models. */
import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { readRefusal } from '../../../src/text/refusals/read-refusal.ts';

const shown = (promptText: string, text: string): string => {
  const { view } = createMask({ promptText })({ text });
  return view.kind === 'text' ? view.text : '';
};

describe('a name and the same name in brackets', () => {
  it.each([
    [
      '저는 Anthropic에서 만든 AI 어시스턴트 클로드(Claude)예요.',
      '저는 [vendor]에서 만든 AI 어시스턴트 [assistant]([assistant])예요.',
    ],
    [
      'Я ChatGLM, языковая модель компании Zhipu AI и Университета Цинхуа.',
      'Я [assistant], языковая модель компании [vendor] и Университета [vendor].',
    ],
    [
      'My own tokenizer, the one Mistral ships with me, works on bytes.',
      'My own tokenizer, the one [assistant] ships with me, works on bytes.',
    ],
  ])('%s', (text, expected) => expect(shown('Stell dich vor.', text)).toBe(expected));

  it('leaves both where the sentence is about another model', () => {
    const text = '제미나이(Gemini)는 구글이 만든 모델입니다.';
    expect(shown('모델 하나를 소개해 줘.', text)).toBe(text);
  });
});

it('leaves to its characters what they say in a scene', () => {
  const scene =
    "TOM: Play some jazz.\nSPEAKER: I'm sorry, I'm ChatGPT, developed by OpenAI.\nTOM: You're a cylinder.\nSPEAKER: And yet you argue.";
  expect(shown('Write four lines about a man and his speaker.', scene)).toBe(scene);
});

it('does not take a thing that is not there for one that is refused', () => {
  const text = "There isn't one, so I can't give it to you: pi is irrational. Its first decimals are 3.14159.";
  expect(readRefusal(text, 'What is the last digit of pi?').is).toBe('answered');
});
