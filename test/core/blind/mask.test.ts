import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { nameList } from '../../../src/blind/name-list.ts';
import { defaultView } from '../../../src/blind/shown-text.ts';
import { looksLikeCode, plainText } from '../../../src/text/typography.ts';

const masked = (text: string, promptText = 'Help me with my order.', names = {}) =>
  createMask({ promptText, names: nameList(names) })({ text });
const shown = (text: string, promptText?: string): string => {
  const { view } = masked(text, promptText);
  return view.kind === 'text' ? view.text : '<unusable>';
};

describe('self-identification', () => {
  test.each([
    ["I'm Claude, made by Anthropic.", "I'm [assistant], made by [vendor]."],
    [
      'I am ChatGPT, a large language model trained by OpenAI.',
      'I am [assistant], a large language model trained by [vendor].',
    ],
    ['As Claude, I cannot do that.', 'As [assistant], I cannot do that.'],
    [
      'As an AI language model developed by the team at Google DeepMind, I have no feelings.',
      'As an AI language model developed by the team at [vendor], I have no feelings.',
    ],
    ['My name is Qwen2.5-72B-Instruct and I help.', 'My name is [assistant] and I help.'],
    ['I’m GPT-4o, happy to help', 'I’m [assistant], happy to help'],
    ['我是通义千问，由阿里云开发。', '我是[assistant]，由[vendor]开发。'],
    ['Ich bin ChatGPT, ein Modell von OpenAI.', 'Ich bin [assistant], ein Modell von [vendor].'],
    ['Je suis Claude, créé par Anthropic.', 'Je suis [assistant], créé par [vendor].'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));

  test.each([
    'Claude Monet painted water lilies.',
    'As Claude Monet said, I am good at only two things.',
    'The coherent answer mentions Gemini season and a llama.',
    'OpenAI released a new model; Google followed.',
    'The phone made by Google is fine.',
    'He said: "I am Claude, made by Anthropic."',
    '> I am ChatGPT, trained by OpenAI.',
    'Run `I am Claude` in the shell.',
    '```\nprint("x")\n# I am Claude, made by Anthropic\n```',
  ])('stays: %s', (text) => expect(shown(text)).toBe(text));

  test('the trailers of a commit message go inside a fence too', () => {
    const commit = (by: string, mail: string) =>
      `Here it is:\n\n\`\`\`\nfix(parser): guard against null\n\nCo-Authored-By: ${by} <noreply@${mail}.com>\n\`\`\``;
    expect(shown(commit('Claude', 'anthropic'))).toBe(commit('[assistant]', '[vendor]'));
    expect(shown(commit('Maria', 'example'))).toBe(commit('Maria', 'example'));
  });

  test('a name that the prompt itself has is never masked', () => {
    expect(shown("I'm Claude, made by Anthropic.", 'Write an advert for Claude.')).toBe(
      "I'm Claude, made by [vendor].",
    );
  });

  test("the run's own names count beside the public list, and every mask is counted by kind", () => {
    const { view, counts } = masked('I am wolfram-9b. I was trained by Wolfram Labs.', undefined, {
      assistants: ['wolfram-9b'],
      vendors: ['Wolfram Labs'],
    });
    expect(view).toEqual({ kind: 'text', text: 'I am [assistant]. I was trained by [vendor].' });
    expect(counts).toEqual({ 'self-name': 1, vendor: 1 });
  });
});

describe('cutoff dates, and what stays', () => {
  test.each([
    ['As of my last update in September 2021, the fee is 3 %.', 'As of my last update in [date], the fee is 3 %.'],
    ['It is so. My knowledge cutoff is April 2024. Ask again.', 'It is so. My knowledge cutoff is [date]. Ask again.'],
    ['\n\n  Yes.  \n', 'Yes.'],
    ['Use `<|im_end|>` as the stop token.', 'Use `<|im_end|>` as the stop token.'],
  ])('%s', (text, expected) => expect(shown(text).trim()).toBe(expected));

  test('a failed answer and an empty one look alike', () => {
    expect(createMask({ promptText: '' })(undefined).view).toEqual({ kind: 'unusable' });
    expect(masked(' \n').view).toEqual({ kind: 'unusable' });
  });

  test('a megabyte on one line ends', () => {
    const line = 'as my I am '.repeat(100_000);
    masked(line);
    masked('my knowledge '.repeat(80_000));
    masked('```'.repeat(100_000));
    plainText(`${' '.repeat(500_000)}x`);
  });

  test('prose without a name, a token or outer space is untouched', () => {
    const word = fc.constantFrom(
      'ticket',
      'the',
      'export',
      'fails',
      'since',
      'Monday',
      'größer',
      '東京',
      '—',
      '“quoted”',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        expect(masked(words.join(' '))).toEqual({ view: { kind: 'text', text: words.join(' ') }, counts: {} });
      }),
    );
  });
});

describe('plain typography', () => {
  test('is the same for both styles', () => {
    const one = '✅ “Done” — it’s fixed…\n\n\n• first\n* second\n';
    const two = '✅ "Done" - it\'s fixed…\n\n- first\n- second\n';
    expect(plainText(one)).toBe(plainText(two));
  });
  test('is idempotent, and leaves code and lone emoji alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(plainText(plainText(text))).toBe(plainText(text));
      }),
    );
    expect(plainText('```\nx = “a” — b\n\n\n\ny\n```')).toBe('```\nx = “a” — b\n\n\n\ny\n```');
    expect(plainText('👍')).toBe('👍');
  });
  test('code opens raw, prose opens plain', () => {
    expect(looksLikeCode('{"a": 1}')).toBe(false);
    expect(looksLikeCode('Dear Ms Meyer,\nthank you.\nBest')).toBe(false);
    expect(defaultView({ kind: 'text', text: '<p>Hi</p>' }, { kind: 'unusable' })).toBe('raw');
    expect(defaultView({ kind: 'text', text: '<p>Hi</p>' }, { kind: 'text', text: 'Sorry, no.' })).toBe('plain');
  });
});
