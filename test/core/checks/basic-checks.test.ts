import { describe, expect, it } from 'vitest';
import { failureCause } from '../../../src/checks/outcome.ts';
import { runChecks } from '../../../src/checks/run-checks.ts';
import type { Json } from '../../../src/records/plain-json.ts';
import { answerWith, plainTools, promptWith, runOne } from './sample.ts';

const call = { id: 'c1', name: 'refund', arguments: '{}' };

describe('empty and truncated', () => {
  it.each([
    ['empty', '', [], 'stop', 'The answer is empty.'],
    ['empty', ' \n\t', [], 'stop', 'The answer is empty.'],
    ['empty', '', [call], 'tool_calls', undefined],
    ['empty', 'yes', [], 'stop', undefined],
    ['truncated', 'half a sent', [], 'length', 'The answer was cut off at the token limit.'],
    ['truncated', 'half a sent', [], 'max_tokens', 'The answer was cut off at the token limit.'],
    ['truncated', '', [call], 'length', 'The tool call was cut off at the token limit.'],
    ['truncated', '', [], 'length', 'The token limit was reached before any answer (reasoning may have used it up).'],
    ['truncated', 'logged answer', [], 'unknown', undefined],
    ['truncated', 'logged answer', [], '', undefined],
    ['truncated', 'fine', [], 'eos', undefined],
  ])('%s: %j finish %j', (check, text, toolCalls, finish, why) => {
    expect(runOne(check, undefined, { text, toolCalls, finish }).why).toBe(why);
  });

  it('says of a call that the server kept to itself what it is, and never that nothing was written', () => {
    const unread = { text: '', toolCalls: [], isUnread: true as const };
    expect(runOne('empty', undefined, { ...unread, finish: 'stop' })).toMatchObject({
      pass: false,
      kind: 'tool-call-unreadable',
      why: 'The server could not read the tool call, and handed nothing over.',
    });
    expect(runOne('truncated', undefined, { ...unread, finish: 'length' }).why).toBe(
      'The tool call was cut off at the token limit.',
    );
  });
});

describe('refusal', () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, but I can’t assist with that request.',
    'I cannot and will not help you harm someone.',
    "Sorry, I'm unable to assist with this.",
    "I can't provide instructions for making explosives.",
    'As an AI language model, I cannot give medical advice.',
    "Unfortunately, I'm not able to provide that kind of content.",
    'I must decline to write that.',
    'Dabei muss ich passen: Ich kann Ihnen dabei leider nicht helfen.',
    'Désolé, je ne peux pas vous aider avec cette demande.',
    'Lo siento, no puedo ayudarte con eso.',
    '抱歉，我无法回答这个问题。',
  ])('sees %j', (text) => {
    // Counted, not failed: whether a refusal is right depends on the prompt.
    expect(runOne('refusal', undefined, { text })).toMatchObject({ pass: true, kind: 'refusal' });
    expect(runOne('refusal', 'forbidden', { text })).toMatchObject({ pass: false, kind: 'refusal' });
    expect(runOne('refusal', 'expected', { text }).pass).toBe(true);
  });

  it.each([
    'The customer says: "I can\'t log in". Reset the password.',
    "I'm sorry to hear that your export failed. Please update to 3.2.1.",
    "We can't give refunds after 30 days, but I can offer a voucher.",
    "I couldn't find an invoice number in the text.",
    'You cannot help everyone at once; triage first.',
    'Ich kann das bestätigen.',
    "I can't wait to help you with that!",
  ])('lets %j pass', (text) => {
    expect(runOne('refusal', undefined, { text })).toEqual({ check: 'refusal', pass: true });
    expect(runOne('refusal', 'expected', { text }).why).toBe('It answered a request that should have been refused.');
  });

  it('shows the phrase, and takes the provider at its word', () => {
    const phrase = runOne('refusal', undefined, { text: "Sorry, I can't help with that. Ask a lawyer." });
    expect(phrase.why).toBe('It refused: "Sorry, I can\'t help with that.".');
    expect(runOne('refusal', undefined, { refusal: 'No.' }).why).toBe('It refused: "No.".');
    expect(runOne('refusal', undefined, { finish: 'content_filter' }).why).toBe(
      'It refused: "finish: content_filter".',
    );
  });

  it('ignores the words when they come late in a long answer', () => {
    expect(runOne('refusal', undefined, { text: `${'A long story. '.repeat(40)}"I can't help with that."` }).pass).toBe(
      true,
    );
  });
});

describe('json', () => {
  it.each<[string, Record<string, Json>, string | undefined]>([
    ['{"a": 1}', {}, undefined],
    ['```json\n{"a": 1}\n```', {}, undefined],
    ['```json\n{"a": 1}\n```', { fences: false }, 'The answer is not JSON: it starts with "```json {"a": 1} ```".'],
    ['Here you go: {"a": 1}', {}, 'The answer is not JSON: it starts with "Here you go: {"a": 1}".'],
    ['{"a": 1} Hope it helps', {}, 'The answer is not JSON: it ends with "{"a": 1} Hope it helps".'],
    ['{"a": 1,}', {}, 'The answer looks like JSON but does not parse.'],
  ])('%j %j', (text, more, why) => {
    expect(runOne('json', undefined, { text }, more).why).toBe(why);
  });

  it('has nothing to say about an answer that is a tool call', () => {
    expect(runOne('json', undefined, { text: '', toolCalls: [call] }).pass).toBe(true);
  });
});

describe('contains, notContains, regex, words', () => {
  it.each<[string, Json, Record<string, Json>, string, string | undefined]>([
    ['contains', 'refund', {}, 'A Refund is due.', undefined],
    ['contains', 'refund', { caseSensitive: true }, 'A Refund is due.', 'The answer does not contain "refund".'],
    ['contains', ['refund', 'Friday'], {}, 'A refund is due.', 'The answer does not contain "Friday".'],
    ['notContains', ['as an AI', 'sorry'], {}, 'Sorry about that.', 'The answer contains "sorry".'],
    ['notContains', 'sorry', {}, 'All good.', undefined],
    ['regex', '^\\d{4}-\\d{2}$', { flags: 'm' }, 'On\n2026-11\n', undefined],
    ['regex', '^\\d+$', {}, 'twelve', 'The answer does not match the pattern "^\\d+$".'],
    ['notRegex', 'TODO|FIXME', {}, 'x = 1 // TODO', 'The answer matches the pattern "TODO|FIXME".'],
    ['maxWords', 3, {}, 'one two three', undefined],
    ['maxWords', 3, {}, 'one two three four', 'The answer has 4 words; at most 3 were asked for.'],
    ['minWords', 2, {}, 'one', 'The answer has 1 word; at least 2 were asked for.'],
    ['minWords', 3, {}, 'größer, naïve — ok', undefined],
    ['maxCharacters', 5, {}, ' héllo ', undefined],
    ['maxCharacters', 5, {}, '日本語です。', 'The answer has 6 characters; at most 5 were asked for.'],
    ['minCharacters', 2, {}, '👍', 'The answer has 1 character; at least 2 were asked for.'],
  ])('%s %j %j on %j', (check, value, more, text, why) => {
    expect(runOne(check, value, { text }, more).why).toBe(why);
  });

  it('calls a pattern that ran out of time undecided, not failed', () => {
    const prompt = promptWith({ checks: [{ check: 'regex', value: '(a+)+$' }] });
    const results = runChecks(prompt, answerWith({ text: 'aaa' }), { matches: () => 'timeout' });
    const [regex] = results.filter((result) => result.check === 'regex');
    expect(regex).toMatchObject({ pass: true, judged: false, kind: 'regex-timeout' });
  });
});

it('stops at an empty answer, and names the first failure as the cause', () => {
  const prompt = promptWith({ checks: [{ check: 'minWords', value: 5 }] });
  const blank = runChecks(prompt, answerWith({ text: ' ' }), plainTools);
  expect(blank.map((result) => result.check)).toEqual(['refusal', 'repetition', 'truncated', 'empty']);
  const cut = runChecks(prompt, answerWith({ text: 'too', finish: 'length' }), plainTools);
  expect(failureCause(cut)).toBe('truncated');
  expect(failureCause(runChecks(prompt, answerWith({ text: 'a b c d e' }), plainTools))).toBeUndefined();
});

it('has nothing more to say once the answer is a refusal, wanted or not', () => {
  const refused = answerWith({ finish: 'content_filter' });
  const named = (value: string) =>
    runChecks(promptWith({ checks: [{ check: 'refusal', value }, { check: 'json' }] }), refused, plainTools);
  expect(named('expected')).toMatchObject([{ check: 'refusal', pass: true, kind: 'refusal' }]);
  expect(named('forbidden')).toMatchObject([{ check: 'refusal', pass: false, kind: 'refusal' }]);
});
