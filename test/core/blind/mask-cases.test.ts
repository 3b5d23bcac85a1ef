/** The shared cases of masks and of patterns that must stay linear. Skipped, saying so, where they are absent. */

import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import { nameList } from '../../../src/blind/name-list.ts';
import { answerBlocks } from '../../../src/blind/shown-text.ts';
import { checkNames } from '../../../src/checks/registry.ts';
import { judgedText } from '../../../src/text/judged.ts';
import { runAnyCheck } from '../../helpers/any-check.ts';
import { ballotCases } from '../../helpers/ballot-cases.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';

interface MaskCase {
  id: string;
  text: string;
  prompt?: string;
  arms?: string[];
  shown?: string;
  mustNotContain?: string[];
  mustContain?: string[];
}

const usual = 'Please help me with this.';

function shownOf({ text, prompt = usual, arms = [] }: MaskCase): string {
  const messages = [{ role: 'user' as const, content: prompt }];
  const judged = judgedText({ text }, { prompt: { messages } }).text;
  const { view } = createMask({ promptText: prompt, names: nameList({ assistants: arms }) })({ text: judged });
  return view.kind === 'text' ? view.text : '';
}

/** As a reader sees it, for searching names. */
const seen = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b\u2060\u00ad\ufeff\u200e\u200f]/g, '')
    .replace(/[*_`]/g, '')
    .replace(/[\u2010\u2011]/g, '-');

function isRight(one: MaskCase): boolean {
  const shown = shownOf(one);
  if (one.shown !== undefined) return shown.trim() === one.shown.trim();
  const leaks = (one.mustNotContain ?? []).filter((name) => seen(shown).includes(seen(name)));
  return leaks.length === 0 && (one.mustContain ?? []).every((part) => shown.includes(part));
}

const masks = ballotCases<MaskCase>('mask');
describe.skipIf(masks.length === 0)('masks', () => {
  it('show no name of their writer, and leave every other text as it is', () => {
    expect(masks.filter((one) => !isRight(one)).map(({ id }) => id)).toEqual([]);
  });
});

interface SlowCase {
  id: string;
  prefix: string;
  unit: string;
  suffix: string;
  chars: number;
  ms: number;
}

const slow = ballotCases<SlowCase>('redos');
const prompt = { id: 'p_0', messages: [{ role: 'user' as const, content: usual }] } as never;

function textOf({ prefix, unit, suffix, chars }: SlowCase): string {
  return (prefix + unit.repeat(Math.ceil(chars / unit.length))).slice(0, Math.max(chars, prefix.length)) + suffix;
}

describe.skipIf(slow.length === 0)('texts that repeat a near-match', () => {
  it.each(slow)('$id passes every step within its time', (one) => {
    const raw = textOf(one);
    const text = judgedText({ text: raw }, { prompt }).text;
    const mask = createMask({ promptText: usual, names: nameList({ assistants: ['acme/tinytalk-7b'] }) });
    const { view } = mask({ text });
    const steps: [string, () => void][] = [
      ['judge', () => judgedText({ text: raw }, { prompt })],
      ['mask', () => mask({ text })],
      ['plain', () => answerBlocks(view, 'plain')],
      ...checkNames.map((name): [string, () => void] => [`check ${name}`, () => runAnyCheck(name, text)]),
    ];
    const late = steps
      .map(([name, work]) => [name, leastProcessorTime(work, { enough: one.ms })] as const)
      .filter(([, ms]) => ms > one.ms);
    expect(late).toEqual([]);
  });
});
