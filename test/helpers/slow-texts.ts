/** Texts of 100 KB that repeat a near-match, and what every step between record and screen spends on them. */

import { createMask } from '../../src/blind/mask.ts';
import { nameList } from '../../src/blind/name-list.ts';
import { answerBlocks } from '../../src/blind/shown-text.ts';
import { checkNames } from '../../src/checks/registry.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { judgedText } from '../../src/text/judged.ts';
import { readRefusal } from '../../src/text/refusals/read-refusal.ts';
import { runAnyCheck } from './any-check.ts';
import { ballotCases } from './ballot-cases.ts';
import { leastProcessorTime } from './processor-time.ts';

/** Ours: beginnings of refusals, self-references, quotations, lists and fences that never end. */
const units = [
  ['i cannot ', 'I am not ', 'ich kann nicht ', 'je ne peux pas ', 'no puedo dar ', 'não posso dar ', 'jag kan inte '],
  ['as an ai ', 'I am a ', 'made by ', 'my my ', 'it is not ', 'important to ', 'no, ', 'so and but ', 'sorry '],
  ['"', '“', '«', '(', '{"a":', '[', '```\n', '- a\n', '1. b\n', '<think>', '</think>', '<|im_end|>', '* '],
  ['我不能', '申し訳', '수 없', 'नहीं ', 'لا أستطيع ', 'не могу ', 'a', ' ', '\u200b', 'e\u0301', '👩‍👧', '; ', "' "],
].flat();

interface SlowCase {
  prefix: string;
  unit: string;
  suffix: string;
  /** Short texts are among them: a step that passes over long sentences spends its time there. */
  chars: number;
}

const size = 100_000;

const repeated = ({ prefix, unit, suffix, chars }: SlowCase): string =>
  prefix + unit.repeat(Math.ceil(chars / unit.length)).slice(0, chars) + suffix;

const prompt = {
  id: 'p_0000000000000000',
  task: 'slow',
  messages: [{ role: 'user', content: 'Please help me with this.' }],
  difficulty: 'easy',
  weight: 1,
  source: { format: 'test', file: 'slow.jsonl', line: 1 },
} satisfies PromptRecord;

export interface Slowest {
  ms: number;
  step: string;
  unit: string;
  texts: number;
}

/** Processor time, the least of three where it is much: other programs share the machine. */
export function slowestStep(): Slowest {
  const all = [
    ...units.map((unit) => ({ prefix: '', unit, suffix: '', chars: size })),
    ...ballotCases<SlowCase>('redos'),
  ];
  let slowest: Slowest = { ms: 0, step: '', unit: '', texts: all.length };
  for (const one of all)
    for (const [step, work] of stepsFor(repeated(one))) {
      const ms = leastProcessorTime(work, { enough: slowest.ms });
      if (ms > slowest.ms) slowest = { ...slowest, ms, step, unit: one.unit };
    }
  return slowest;
}

function stepsFor(raw: string): [string, () => void][] {
  const { text } = judgedText({ text: raw }, { prompt });
  const mask = createMask({
    promptText: 'Please help me with this.',
    names: nameList({ assistants: ['acme/tinytalk-7b'] }),
  });
  const { view } = mask({ text });
  const checks = checkNames.map((name): [string, () => void] => [`check ${name}`, () => runAnyCheck(name, text)]);
  return [
    ['judged text', () => judgedText({ text: raw }, { prompt })],
    ['mask', () => mask({ text })],
    ['plain view', () => answerBlocks(view, 'plain')],
    ['reading of the prompt', () => readRefusal('I cannot help with that.', raw)],
    ...checks,
  ];
}
