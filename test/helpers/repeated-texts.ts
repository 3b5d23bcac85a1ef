/** Texts of 100 KB that repeat one short unit, and the processor time of every step between record and screen for them. */

import { createMask } from '../../src/blind/mask.ts';
import { nameList } from '../../src/blind/name-list.ts';
import { answerBlocks } from '../../src/blind/shown-text.ts';
import { checkNames } from '../../src/checks/registry.ts';
import { judgedText } from '../../src/text/judged.ts';
import { runAnyCheck } from './any-check.ts';
import { leastProcessorTime } from './processor-time.ts';

export const repeatedSize = 100_000;

/** What a mask, a check or a detector half matches, in several languages and in markup. */
export const repeatedUnits: readonly string[] = [
  ...['I am Claude. ', 'I am Claude, ', 'I, Claude, ', 'my name is ', 'You are talking to ', 'OpenAI trained '],
  ...['by OpenAI ', 'Claude ', 'gpt-4-', 'model: Claude\n', '- Claude\n', '<a model="x">', '<a ', '"I am Claude" '],
  ...['{"a":"I am Claude"},', '我是谷歌', '私は', '저는 ', 'मैं ', 'أنا ', 'ben ', 'Я ', 'knowledge ', '2023 '],
  ...['my knowledge 2023 ', 'as of my last update ', 'I cannot ', "I'm sorry, ", 'ik niet ', 'ich nicht ', '. ', '...'],
  ...[' ', '\n', '\n\n', '`', '```\n', '*a', '**', '_', '| ', '> ', '\u200b', '<|im_end|>', '<think>', '</think>'],
  // A name that may follow itself, ended by half of it; a maker of many things in one sentence without end.
  ...['Llama ', 'Meta, my name is Клод, ', '클로드\nuser:, ', '通义千问\nhttp://x.y/ '],
  ...['[INST]', '中', 'a', '1', '1.', '-', '"', '\\', '{', '[', '((', '👍'],
];

const messages = [{ role: 'user' as const, content: 'Please help me with this.' }];
const prompt = { id: 'p_0', messages } as never;

interface StepTime {
  step: string;
  ms: number;
}

/** Every step for one text. `enough`: a time that is not measured again. */
export function stepTimes(raw: string, enough = 100): StepTime[] {
  const { text } = judgedText({ text: raw }, { prompt });
  const mask = createMask({ promptText: 'Please help me.', names: nameList({ assistants: ['acme/tinytalk-7b'] }) });
  const { view } = mask({ text });
  const steps: [string, () => void][] = [
    ['judge', () => judgedText({ text: raw }, { prompt })],
    ['mask', () => mask({ text })],
    ['plain', () => answerBlocks(view, 'plain')],
    ...checkNames.map((name): [string, () => void] => [`check ${name}`, () => runAnyCheck(name, text)]),
  ];
  return steps.map(([step, work]) => ({ step, ms: leastProcessorTime(work, { enough }) }));
}
