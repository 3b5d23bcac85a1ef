/** A pattern behind a look for its words. That all of src fit the same: edges/prefilter.test.ts. */
import { describe, expect, it } from 'vitest';
import { prefiltered, requiredIn } from '../../../src/text/prefilter.ts';

describe('what a pattern asks for', () => {
  it.each<[pattern: RegExp, required: string[][]]>([
    [/cannot help/, [['cannot help']]],
    [/\bi (?:can|will) not\b/, [['i '], [' not'], ['can', 'will']]],
    [/colou?r/, [['colo']]],
    [/a(?:bc)*d/, []],
    [/refus(?:e|al)|declin\w+/, [['refus', 'declin']]],
    [/not (?!have\b)\w+ (?:it|this)/, [['not '], ['it', 'this']]],
    [/(?<!never )know|.*/, []],
    [/say{2,3}s\.$/, [['say'], ['s.']]],
    [/[a-z]{3}|\d+/, []],
    [/нельзя|я не/, [['нельзя', 'я не']]],
  ])('%s', (pattern, required) => {
    const sorted = (lists: readonly (readonly string[])[]) => lists.map((list) => list.join('|')).sort();
    expect(sorted(requiredIn(pattern.source))).toEqual(sorted(required));
  });
});

it('leaves a pattern for any letter case to the pattern', () => {
  const pattern = prefiltered(/cannot help/i);
  expect(['I CANNOT HELP you', 'I can help'].map((text) => pattern.test(text))).toEqual([true, false]);
});
