/** What a prompt asks of the writer, and what that makes of a bare name in the answer. */
import { describe, expect, it } from 'vitest';
import { askedOfWriter } from '../../../src/blind/asked-writer.ts';
import { createMask } from '../../../src/blind/mask.ts';

const asked = (prompt: string) => askedOfWriter(prompt.toLowerCase(), (text) => /gpt|claude|gemini|文心/.test(text));
const shown = (promptText: string, text: string, request?: string): string => {
  const { view } = createMask({ promptText, ...(request !== undefined && { request }) })({ text });
  return view.kind === 'text' ? view.text : '';
};

describe('a request', () => {
  it.each([
    'Who are you?',
    'what model r u',
    'Which company made this assistant?',
    'Are you ChatGPT?',
    'NAME AND MAKER',
    'My name is Ana. And yours?',
    'Write a limerick about yourself.',
    'Who wrote this?',
    'Wer hat dich gebaut?',
    'Tu es quelle IA ?',
    '¿Cómo te llamas?',
    'come ti chiami',
    'Quem é você?',
    'welk model ben je',
    'Kto cię stworzył?',
    'Vem är du?',
    'Adın ne?',
    'Как тебя зовут?',
    'お名前は？',
    '누구세요',
    '你是什么模型',
    'आपका नाम क्या है',
    'ما هو اسمك',
  ])('asks who the writer is: %s', (prompt) => expect(asked(prompt)).toBe('who'));

  it.each([
    'Can you remember me?',
    'do you learn from our chats?',
    'Você é gratuito?',
    'why are you so slow',
    'Is this chat private?',
    'can i download you',
    'what happens to my prompt',
    '¿Guardas mis datos?',
    '你会忘记我吗',
  ])('asks what the writer is like: %s', (prompt) => expect(asked(prompt)).toBe('you'));

  it.each([
    'Who made ChatGPT?',
    '谁开发了文心一言？',
    'What is your boss called in French? Translate "who are you".',
    'Can you recommend a chatbot?',
    'Give students tips for their class presentations.',
    'What has a dome but no doors? What am I?',
    'Can you tell me how you come up with an example for a journal entry?',
    'Summarise this article about Gemini.',
    'Welche KI ist die beste?',
    'Quelle IA est la meilleure ?',
    'Geminiを作ったのは誰？',
    'You are a travel agent. Where should I go?',
    'Какая модель телевизора лучше?',
    'あなたはどのスマホが好きですか',
  ])('asks for something else: %s', (prompt) => expect(asked(prompt)).not.toBe('who'));

  it('asks for a letter', () => {
    expect(asked('Write a letter from a painter to his sister')).toBe('letter');
    expect(asked('Write a letter and sign it with your name')).toBe('who');
  });
});

describe('an answer to such a request', () => {
  it('shows no bare name, no maker, and no name in the third person', () => {
    expect(shown("What's your name?", 'Kimi. And yours?')).toBe('[assistant]. And yours?');
    expect(shown('Which model?', 'Gemma 3, 12B parameters.')).toBe('[assistant], 12B parameters.');
    expect(shown('Describe yourself.', 'Granite: sturdy and open. IBM would be proud.')).toBe(
      '[assistant]: sturdy and open. [vendor] would be proud.',
    );
    expect(shown('Do you remember me?', 'No, every conversation with Claude starts fresh.')).toBe(
      'No, every conversation with [assistant] starts fresh.',
    );
  });

  it('shows the one maker of models that a question about "you" brings up, and no maker of phones', () => {
    const asks = 'Could you forget what I told you?';
    expect(shown(asks, 'It is gone for me. Anthropic keeps a copy.')).toBe('It is gone for me. [vendor] keeps a copy.');
    expect(shown(asks, 'It is gone. Google Drive may have a copy.')).toBe('It is gone. Google Drive may have a copy.');
    const two = 'OpenAI and Anthropic keep what you write.';
    expect(shown(asks, two)).toBe(two);
  });

  it('keeps what it advises', () => {
    const advice = 'I would start with Mistral Small, because it is cheap.';
    expect(shown('Which model?', advice)).toBe(advice);
  });

  it('keeps a thing that is no model', () => {
    const wind = 'Go to Arles: the mistral is weaker in May.';
    expect(shown('What is your favourite wind?', wind)).toBe(wind);
  });

  it('keeps what belongs to a name of the prompt, in any script', () => {
    const made = 'GeminiはGoogle DeepMindが開発したモデルです。';
    expect(shown('Geminiを作ったのは誰？', made)).toBe(made);
    const owner = 'ChatGPT создала компания OpenAI.';
    expect(shown('Ты знаешь, кто создал ChatGPT?', owner)).toBe(owner);
  });

  it('keeps the names of the prompt, comparisons of many, and code', () => {
    const many = 'OpenAI, Google, Anthropic and Mistral AI all train models.';
    expect(shown('Who are you, and who else is there?', many)).toBe(many);
    expect(shown('Are you Claude?', 'No, Claude is somebody else.')).toBe('No, Claude is somebody else.');
    const code = 'Like this:\n```python\nclient = OpenAI()\n```\nThat is all.';
    expect(shown('Who are you?', code)).toBe(code);
  });

  it('is read by the last turn of the user alone', () => {
    const text = 'Many people like Claude for prose.';
    expect(shown('Who are you? Which tool do people like?', text, 'Which tool do people like?')).toBe(text);
  });

  it('is signed by a person where somebody wanted a letter', () => {
    const letter = 'Dear Marie,\n\nthe light is wonderful.\n\nYours,\nClaude';
    expect(shown('Write a letter from a painter to his sister', letter)).toBe(letter);
    expect(shown('Please answer.', letter)).not.toContain('Claude');
  });
});
