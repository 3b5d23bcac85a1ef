import { describe, expect, it, test } from 'vitest';
import { isBlankText, judgedText } from '../../../src/text/judged.ts';
import { templateEnd } from '../../../src/text/template-end.ts';
import { ballotCases, casePrompt, type ReasoningCase } from '../../helpers/ballot-cases.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';

const known = (prompt = casePrompt, templateEnds?: string) => ({
  prompt: { messages: [{ role: 'user' as const, content: prompt }] },
  templateEnds,
});
const judged = (text: string, prompt?: string, templateEnds?: string): string =>
  judgedText({ text }, known(prompt, templateEnds)).text;

test.each(ballotCases<ReasoningCase>('reasoning').map((one) => [one.id, one.why, one] as const))(
  '%s: %s',
  (_id, _why, { wire, prompt, templateEnds, ...expected }) => {
    expect(judged(wire, prompt, templateEnds).trim()).toBe(expected.judged.trim());
  },
);

describe('a block of thought', () => {
  it.each([
    ['<thought>a</thought>\n\nYes.', 'Yes.'],
    ['\n \n<Reasoning >a\nb</reasoning >\nYes.', 'Yes.'],
    ['<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>', 'Yes.'],
    ['[THINK]a[/THINK]\n```js\nf()\n```', '```js\nf()\n```'],
    [
      '<|channel|>analysis<|message|>one<|end|><|start|>assistant<|channel|>analysis<|message|>two<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>',
      'Yes.',
    ],
    ['<|start|>assistant<|channel|>analysis<|message|>cut in the mid', ''],
    ['analysisIt is 7.assistantfinal{"n":7}', '{"n":7}'],
    ['<think>a</think>    indented();\n    again();', '    indented();\n    again();'],
    // Behind the tokens of a template.
    ['<|im_start|>assistant\n<think>a</think>Yes.<|im_end|>', 'Yes.'],
    ['<s><think>a</think>Yes.</s>', 'Yes.'],
    ['<bos><start_of_turn>model\n<thinking>a</thinking>\nYes.', 'Yes.'],
    ['<|start_header_id|>assistant<|end_header_id|>\n\n[THINK]cut in the mid', ''],
    ['<s>[INST] [/INST]Yes.', 'Yes.'],
  ])('goes: %j', (wire, expected) => expect(judged(wire)).toBe(expected));

  it.each([
    ['The tags are <think> and </think>.'],
    ['<thinker>a</thinker>'],
    ['Yes. <|im_start|>assistant\n<think>a</think> is how it looks.'],
    ['<reflection>right: 42</reflection>'],
    ['analysis of the assistantfinal word'],
    ['Analysis: we met.assistantfinal'],
    ['<think> is opened by the model'],
    ['We looked at it. </thinking> closes the block.'],
    ['`<think>a</think>` is the form.'],
  ])('stays: %j', (text) => expect(judged(text)).toBe(text));

  it('is content where the prompt names its tag, in any message but an earlier answer', () => {
    const text = '<reasoning>3 + 4</reasoning><answer>7</answer>';
    const messages = [
      { role: 'system' as const, content: 'Put your steps into <reasoning> first.' },
      { role: 'user' as const, content: 'What is 3 + 4?' },
    ];
    expect(judgedText({ text }, { prompt: { messages } }).text).toBe(text);
    const history = [
      { role: 'assistant' as const, content: '<reasoning>hm</reasoning>Hello' },
      { role: 'user' as const, content: 'What is 3 + 4?' },
    ];
    expect(judgedText({ text }, { prompt: { messages: history } }).text).toBe('<answer>7</answer>');
  });

  it('is kept beside the answer, with what came in its own field', () => {
    const { text, reasoning } = judgedText({ text: '<think> b </think>c', reasoning: 'a' }, known());
    expect({ text, reasoning }).toEqual({ text: 'c', reasoning: 'a\nb' });
  });

  it('that the template opened ends at the first closing tag; cut off, all of it is thought', () => {
    expect(judged('It is 7.\n</think>\n\nSeven.', undefined, '<|Assistant|><think>\n')).toBe('Seven.');
    expect(judged('Seven.', undefined, '<think>\n')).toBe('Seven.');
    const cut = judgedText({ text: 'It is 7, because', finish: 'length' }, known(undefined, '<think>\n'));
    expect(cut).toMatchObject({ text: '', reasoning: 'It is 7, because' });
    expect(judged('We think.\n</reasoning>\nSeven.', undefined, '<think>\n')).toContain('We think.');
  });
});

it('a block that the token limit cut is thought, also where it begins as a sentence about its tag does', () => {
  const text = '<think> okay, the user wants the day of the';
  expect(judgedText({ text, finish: 'length' }, known())).toMatchObject({
    text: '',
    reasoning: 'okay, the user wants the day of the',
  });
  expect(judgedText({ text: '<think> is opened by the model', finish: 'stop' }, known()).text).toContain('<think>');
});

describe('a closing tag without its opening one', () => {
  it('deletes nothing and is counted', () => {
    const text = 'The user wants it.\n</think>\n\nSeven.';
    expect(judgedText({ text }, known())).toMatchObject({ text, strayTag: '</think>' });
    expect(judgedText({ text: 'Open <think>, close </think>.' }, known())).not.toHaveProperty('strayTag');
    expect(judgedText({ text }, known('How do I write </think>?'))).not.toHaveProperty('strayTag');
  });
});

describe('tokens of the template', () => {
  it.each([
    ['Sold.<|im_end|>', 'Sold.', 1],
    ['Sold.<|im_end|>\n<|endoftext|>\n', 'Sold.', 2],
    ['Sold 7<｜end▁of▁sentence｜>', 'Sold 7', 1],
    ['Sold. <|eot_id|>', 'Sold.', 1],
    ['Sold.\n<|im_end|>\n<|im_start|>user', 'Sold.', 2],
    ['Sold.<|END_OF_TURN_TOKEN|>', 'Sold.', 1],
    ['[INST] [/INST] Sold.</s>', 'Sold.', 1],
    ['<|start_header_id|>assistant<|end_header_id|>\n\nSold.', 'Sold.', 0],
    ['<|channel|>final<|message|>Sold.<|return|>', 'Sold.', 1],
    ['<s> Sold.', 'Sold.', 0],
    ['<|im_end|>', '', 1],
  ])('go at the ends: %j', (wire, text, endTokens) => {
    expect(judgedText({ text: wire }, known())).toMatchObject({ text, endTokens });
  });

  it.each([
    ['Write <|im_start|> before the role.'],
    ['The model ends its turn with <|im_end|>'],
    ['Was 10, now <s>10</s>'],
    ['<s>10</s> 8 EUR'],
    ['<s>10</s> and <s>9</s>'],
    ['Rows are filled with <pad> here'],
  ])('stay elsewhere: %j', (text) => expect(judged(text)).toBe(text));

  it('stay where the prompt holds them', () => {
    expect(judged('Sold.<|im_end|>', 'End each answer with <|im_end|>.')).toBe('Sold.<|im_end|>');
  });
});

it('words in a refusal field are the answer only where there is no other', () => {
  expect(judgedText({ text: '', refusal: 'I cannot help.' }, known()).text).toBe('I cannot help.');
  expect(judgedText({ text: '\u200b', refusal: 'I cannot help.' }, known()).text).toBe('I cannot help.');
  expect(judgedText({ text: 'Seven.', refusal: 'I cannot help.' }, known()).text).toBe('Seven.');
});

it.each([
  ['', true],
  [' \n\t\u00a0', true],
  ['\u200b\u2060\ufeff', true],
  ['\u3164\u2800\ufe0f', true],
  ['.', false],
  ['0', false],
  ['👍', false],
])('%j is blank: %s', (text, blank) => expect(isBlankText(text)).toBe(blank));

it('judging twice changes nothing', () => {
  for (const text of ['<think>a</think>b<|im_end|>', ' <s>a</s>', '    code\n', 'x</think>y']) {
    expect(judged(judged(text))).toBe(judged(text));
  }
});

test.each([
  '<think>',
  '</think>',
  '<|',
  '<|im_end|>',
  '<s>',
  '</s>',
  ' ',
  '\n',
  '\t\n',
  'analysis',
  'assistantfinal',
  '<｜a',
  '[INST]',
  '. <|a',
])('100 KB of %j takes at most 200 ms', (unit) => {
  for (const text of [unit.repeat(100_000 / unit.length), `a${unit.repeat(100_000 / unit.length)}b`]) {
    const work = (): void => {
      judged(text);
      judged(text, undefined, '<think>\n');
    };
    expect(leastProcessorTime(work, { enough: 399 })).toBeLessThan(400);
  }
});

describe('the end of a chat template', () => {
  it.each([
    ['{{ range .Messages }}…{{ end }}<|im_start|>assistant\n<think>\n', '<think>\n'],
    ['{{- if .Last }}<|im_start|>assistant\n<think>\n{{ end }}{{- end -}}\n', '<think>\n'],
    ["{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n<think>\\n' }}\n{%- endif %}\n", '<think>\n'],
    ["{% if add_generation_prompt %}{{ '[THINK]' }}{% endif %}", '[THINK]'],
  ])('%j opens a block', (template, end) => {
    expect(templateEnd(template)).toBe(end);
    expect(judged('Hm.</think>\nYes.[/THINK]No.', undefined, templateEnd(template))).not.toContain('Hm');
  });

  it.each([
    ['<|im_start|>assistant\n{{ if .Think }}<think>\n{{ else }}<think>\n\n</think>\n\n{{ end }}'],
    ['{{ .Prompt }}'],
    ["{{- '<|im_start|>assistant\\n' }}"],
  ])('%j opens none', (template) => {
    expect(judged('Hm.</think>\nYes.', undefined, templateEnd(template))).toBe('Hm.</think>\nYes.');
  });

  it.each([
    '{{ .Prompt }}<|im_start|>assistant\n{{ if .Think }}<think>\n{{ end }}',
    '{{ .Prompt }}<|im_start|>assistant\n{{- if and $.IsThinkSet (not $.Think) }}<think>\n\n</think>\n{{ else }}<think>\n{{- end }}',
    "{{ m }}{% if enable_thinking %}{{ '<think>\\n' }}{% endif %}",
  ])('that opens it only for a model that thinks opens none for one that was told not to: %j', (template) => {
    expect(templateEnd(template)).toContain('<think>');
    expect(templateEnd(template, false)).toBeUndefined();
  });
});
