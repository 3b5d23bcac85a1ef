import { expect, it } from 'vitest';
import { checksFor } from '../../../src/checks/infer.ts';
import { readChecks, readPromptChecks, validateChecks } from '../../../src/checks/validate.ts';
import { GapcheckError } from '../../../src/errors.ts';
import type { CheckSpec } from '../../../src/records/prompt-record.ts';
import { promptWith } from './sample.ts';

it('reads the short forms people write', () => {
  const read = readChecks({
    '*': ['json'],
    summarise: [{ maxWords: 50 }, { contains: ['a', 'b'], caseSensitive: true }, { truncated: false }, { json: true }],
    other: [{ check: 'minWords', value: 3 }],
  });
  expect(read).toEqual({
    '*': [{ check: 'json', from: 'config' }],
    summarise: [
      { check: 'maxWords', value: 50, from: 'config' },
      { check: 'contains', value: ['a', 'b'], caseSensitive: true, from: 'config' },
      { check: 'truncated', value: false, from: 'config' },
      { check: 'json', from: 'config' },
    ],
    other: [{ check: 'minWords', value: 3, from: 'config' }],
  });
  validateChecks(read);
});

it.each<[unknown, string]>([
  [
    { summarise: [{ maxWord: 50 }] },
    'checks.summarise[0].maxWord: there is no check "maxWord"; did you mean "maxWords"?',
  ],
  [
    { summarise: ['json', { maxWords: 'fifty' }] },
    'checks.summarise[1].maxWords: must be a whole number of 1 or more, not "fifty"',
  ],
  [{ '*': [{ minWords: 0 }] }, 'checks["*"][0].minWords: must be a whole number of 1 or more, not 0'],
  [{ '*': [{ maxWords: 5, flag: 'i' }] }, 'checks["*"][0].flag: "maxWords" has no such option; it takes no options'],
  [{ '*': [{ regex: 'a', flag: 'i' }] }, 'checks["*"][0].flag: "regex" has no such option; did you mean "flags"?'],
  [{ '*': [{ regex: 'a', flags: 'g' }] }, 'checks["*"][0].flags: must be some of i, m, s, u, not "g"'],
  [{ '*': [{ contains: [] }] }, 'checks["*"][0].contains: must be text or a list of texts, not []'],
  [{ '*': [{ refusal: 'maybe' }] }, 'checks["*"][0].refusal: must be "expected" or "forbidden", not "maybe"'],
  [{ 'a b': 'json' }, 'checks["a b"]: must be a list of checks, for instance [json, {maxWords: 50}]'],
  [{ t: [3] }, 'checks.t[0]: must be the name of a check, or a name with what it needs: {maxWords: 50}'],
  [{ t: ['json', { json: true }] }, 'checks.t[1].json: stands twice (first at checks.t[0]); keep one'],
  [
    { t: [{ bullets: { atLeast: 5, atMost: 2 } }] },
    'checks.t[0].bullets: has an atLeast above its atMost: {"atLeast":5,"atMost":2}',
  ],
  [
    { t: [{ recall: ['a', 3] }] },
    'checks.t[0].recall: must be a list of facts, each a text or a list of wordings: ["Friday", ["1,200", "twelve hundred"]]',
  ],
  [{ t: [{ exec: './x.sh', seconds: 0.5 }] }, 'checks.t[0].seconds: must be a whole number of 1 or more, not 0.5'],
  [
    { t: [{ toolCall: true, call: 'sometimes' }] },
    'checks.t[0].call: must be "always" or "never" or "optional", not "sometimes"',
  ],
  [['json'], 'checks: must be tasks with lists of checks, for instance "*": [json]'],
])('refuses %j by path', (raw, message) => {
  let caught: unknown;
  try {
    readChecks(raw);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(GapcheckError);
  expect(caught).toMatchObject({ message, exitCode: 2 });
});

it('names a pattern that does not compile', () => {
  expect(() => readChecks({ '*': [{ regex: '(' }] })).toThrow(
    /^checks\["\*"\]\[0\]\.regex: is not a regular expression/,
  );
});

const named = (specs: { check: string }[]): string[] => specs.map((spec) => spec.check);

it('infers from the log, and lets the nearer source win where two would contradict', () => {
  const base = ['refusal', 'repetition', 'truncated', 'empty'];
  expect(named(checksFor(promptWith()))).toEqual(base);
  expect(named(checksFor(promptWith({ response_format: { type: 'json_object' } })))).toEqual([...base, 'json']);
  const configured = readChecks({
    '*': [{ maxWords: 100 }],
    summarise: [{ maxWords: 50 }, { refusal: 'expected' }, { truncated: false }],
    elsewhere: ['json'],
  });
  expect(checksFor(promptWith(), configured)).toEqual([
    { check: 'refusal', value: 'expected', from: 'config' },
    { check: 'repetition', from: 'default' },
    { check: 'empty', from: 'default' },
    { check: 'maxWords', value: 100, from: 'config' },
    { check: 'maxWords', value: 50, from: 'config' },
  ]);
});

it('is not fooled by a task named like a property of every object', () => {
  expect(named(checksFor(promptWith({ task: 'constructor' }), {}))).toEqual([
    'refusal',
    'repetition',
    'truncated',
    'empty',
  ]);
});

it('reads the checks of a prompt file, and names file and line', () => {
  const own = (checks: unknown) => promptWith({ checks: checks as CheckSpec[] });
  expect(readPromptChecks([promptWith(), own([{ bullets: 3 }])]).map(({ checks }) => checks)).toEqual([
    undefined,
    [{ check: 'bullets', value: 3, from: 'prompt' }],
  ]);
  expect(() => readPromptChecks([own([{ bullet: 3 }])])).toThrow(
    'test.jsonl:1: checks[0].bullet: there is no check "bullet"; did you mean "bullets"?',
  );
});
