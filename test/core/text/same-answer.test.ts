import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, type RecordedAnswer, sameAnswer } from '../../../src/text/same-answer.ts';

const said = (text: string): RecordedAnswer => ({ text });
const called = (name: string, args: string): RecordedAnswer => ({ text: '', toolCalls: [{ name, arguments: args }] });

describe('two recorded answers', () => {
  it.each([
    ['The same bytes.', 'The same bytes.'],
    ['one\r\ntwo\r\n', 'one\ntwo'],
    ['one\rtwo', 'one\ntwo'],
    ['\n\t Done \u00a0\n', 'Done'],
  ])('%j and %j are one', (a, b) => expect(sameAnswer(said(a), said(b))).toBe(true));

  it.each([
    ['Result: ✅', 'Result: ❌'],
    ['+ 250 EUR', '- 250 EUR'],
    ['I was made by Google.', 'I was made by OpenAI.'],
    ['It’s', "It's"],
    ['a  b', 'a b'],
    ['é', 'e\u0301'],
    ['**Yes**', 'Yes'],
    ['{"a":1}', '{ "a": 1 }'],
  ])('%j and %j are two', (a, b) => expect(sameAnswer(said(a), said(b))).toBe(false));

  it('compares tool calls as JSON without the blanks between tokens', () => {
    expect(sameAnswer(called('f', '{"id":7,"q":"a b"}'), called('f', '{ "id": 7, "q": "a b" }'))).toBe(true);
    expect(sameAnswer(called('f', '{"q":"a b"}'), called('f', '{"q":"a  b"}'))).toBe(false);
    expect(sameAnswer(called('f', '{"id":1}'), called('f', '{"id":1.0}'))).toBe(false);
    expect(sameAnswer(called('f', '{"id":7}'), called('f', '{"id":"7"}'))).toBe(false);
    expect(sameAnswer(called('f', '{"a":1,"b":2}'), called('f', '{"b":2,"a":1}'))).toBe(false);
    expect(sameAnswer(called('f', '{"id":'), called('f', '{"id": '))).toBe(true);
    expect(sameAnswer(called('f', '{}'), called('g', '{}'))).toBe(false);
    expect(sameAnswer(called('f', '{}'), { text: '', toolCalls: [] })).toBe(false);
  });

  it('are never one when their texts differ inside, whatever the difference is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const inside = (text: string): RecordedAnswer => said(`<${text}>`);
        const even = (text: string): string => text.replace(/\r\n?/g, '\n');
        expect(sameAnswer(inside(a), inside(b))).toBe(even(a) === even(b));
      }),
    );
  });
});

describe('nothing to read', () => {
  it.each(['', ' \n\t', '\u200b', '\ufeff\u00ad', '\u3164'])('%j', (text) => expect(isBlank(said(text))).toBe(true));
  it.each(['.', '0', '👍', '—'])('%j is something', (text) => expect(isBlank(said(text))).toBe(false));
});
