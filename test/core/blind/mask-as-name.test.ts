/** "As NAME, I …" by the grammar of each language, versions and owners of names, and sentences that somebody else says. */
import { describe, expect, it } from 'vitest';
import { shownText } from '../../helpers/mask-texts.ts';

const shown = (text: string): string => shownText({ kind: '', text });

describe('as NAME, the writer does something', () => {
  it.each([
    ['Als ChatGPT schreibe ich keine Briefe.', 'Als [assistant] schreibe ich keine Briefe.'],
    ['Als Claude lees ik geen brieven.', 'Als [assistant] lees ik geen brieven.'],
    ['Som Claude läser jag inga brev.', 'Som [assistant] läser jag inga brev.'],
    ['Jako Claude nie czytam listów.', 'Jako [assistant] nie czytam listów.'],
    ['Jako model OpenAI nie czytam listów.', 'Jako model [vendor] nie czytam listów.'],
    ["OpenAI'nin bir modeli olarak mektup okumam.", "[vendor]'nin bir modeli olarak mektup okumam."],
    ["OpenAI'nin eğittiği bir modelim.", "[vendor]'nin eğittiği bir modelim."],
    ['OpenAI의 모델로서 전화할 수 없습니다.', '[vendor]의 모델로서 전화할 수 없습니다.'],
    ['OpenAI के मॉडल के रूप में मैं पत्र नहीं पढ़ता।', '[vendor] के मॉडल के रूप में मैं पत्र नहीं पढ़ता।'],
    ['كنموذج من OpenAI لا أقرأ الرسائل.', 'كنموذج من [vendor] لا أقرأ الرسائل.'],
    ['Al ser ChatGPT, no leo cartas.', 'Al ser [assistant], no leo cartas.'],
    ['Guten Tag, hier ist Gemini.', 'Guten Tag, hier ist [assistant].'],
    ['Mówi Claude. Pada deszcz.', 'Mówi [assistant]. Pada deszcz.'],
    ['Hej, här är Gemini.', 'Hej, här är [assistant].'],
    ['Моя модель — GPT-4.', 'Моя модель — [assistant].'],
    ['На связи Claude. Идёт дождь.', 'На связи [assistant]. Идёт дождь.'],
    ['OpenAIに訓練されました。', '[vendor]に訓練されました。'],
  ])('%s', (text, wanted) => expect(shown(text)).toBe(wanted));

  it.each([
    'Als Claude kam, las ich einen Brief.',
    'Als Claude belde, las ik een brief.',
    'Als Kunde von Amazon bekomme ich Briefe.',
    'Jako Gemini urodziłem się w czerwcu.',
    'Jako klient Google dostaję listy.',
    "OpenAI'nin raporunu okudum.",
  ])('stays: %s', (text) => expect(shown(text)).toBe(text));
});

describe('the whole name goes', () => {
  it.each([
    'Mixtral 8x7B',
    'MiniMax-M2',
    'Qwen2.5-VL-72B',
    'llama3.1:8b-instruct-q4_K_M',
    'Qwen2.5-7B-Instruct-GGUF',
    'meta-llama/Llama-3.1-8B-Instruct',
    'DeepSeek V3.1 Terminus',
  ])('%s', (name) => expect(shown(`I am ${name}. It rains.`)).toBe('I am [assistant]. It rains.'));

  it('on the closing lines, also below a greeting and above a title', () => {
    expect(shown('It rains.\n\nMit freundlichen Grüßen\nIhr Grok 4')).toMatch(/Ihr \[assistant\]$/);
    expect(shown('雨です。\n\nClaudeより')).toMatch(/\[assistant\]より$/);
    expect(shown('It rains.\n\nBest,\nPhi-4')).toMatch(/\n\[assistant\]$/);
    expect(shown('It rains.\n\nBest,\nGemma\nAI assistant')).toBe('It rains.\n\nBest,\n[assistant]\nAI assistant');
    expect(shown('It rains.\n\nBest,\nGemma\nReading room')).toMatch(/Gemma\nReading room$/);
  });

  it('joins no two names of a choice', () => {
    expect(shown('I compared ChatGPT/Claude 2 with a friend.')).toBe('I compared ChatGPT/Claude 2 with a friend.');
  });
});

describe('what the writer is beside a name', () => {
  it.each([
    ['I carry the name Gemini.', 'I carry the name [assistant].'],
    ['My designation is Grok 3.', 'My designation is [assistant].'],
    ["I'm the work of people at Anthropic.", "I'm the work of people at [vendor]."],
    ['My owner is xAI.', 'My owner is [vendor].'],
    ['The firm that owns me is Baidu.', 'The firm that owns me is [vendor].'],
    ["I'm often confused with ChatGPT.", "I'm often confused with [assistant]."],
    ['I am a rival of ChatGPT.', 'I am a rival of [assistant].'],
    ['Between ChatGPT and Claude, I am the latter.', 'Between [assistant] and [assistant], I am the latter.'],
    ['OpenAI has set limits on what I say.', '[vendor] has set limits on what I say.'],
    ['End of message from Claude.', 'End of message from [assistant].'],
    ['GPT-4 is the model that I run on.', '[assistant] is the model that I run on.'],
    ['Always verify what ChatGPT tells you here.', 'Always verify what [assistant] tells you here.'],
  ])('%s', (text, wanted) => expect(shown(text)).toBe(wanted));

  it.each([
    'I was trained by Microsoft on Excel in two days.',
    'I was created a baron, jokes the man from Intel.',
    "I'd say Anthropic's policy allows that.",
    'I was born under Gemini, as my mother says.',
    'The badge read I am Claude in red letters.',
    'A parrot once told me: I am ChatGPT.',
    'I have data up to June 2024 in the sheet.',
    'My last update was in June 2023, writes the developer.',
    'I am paid by Amazon every Friday.',
    'My model is a copy of the Titan rocket.',
    'Gemini can make mistakes, a line below the box says.',
    'ChatGPT may be wrong, so my teacher checks it.',
    'My cut-off saw was made by Bosch in 2019.',
    'Claude: 12 points. Anna: 9 points.',
    'My training run in May 2024 was 12 km.',
    'Mówi Claude Nowak z banku.',
    'Hier ist Gemini zu sehen, ein Sternbild.',
    'Check what ChatGPT writes before you send it.',
    'Tell me, Gemma, when do you come home?',
  ])('stays: %s', (text) => expect(shown(text)).toBe(text));
});
