import { describe, expect, it } from 'vitest';
import { conflictHeadline, conflictWords } from '../../../src/report/conflict-words.ts';
import { isWarning } from '../../../src/report/rater-notices.ts';
import { sourceWords } from '../../../src/report/source-words.ts';
import {
  contradictWords,
  manyTasksWords,
  marginWords,
  overallWords,
  reachedWords,
  scopeWords,
  skipWords,
} from '../../../src/report/verdict-words.ts';
import type { ScopeVerdict } from '../../../src/verdicts/verdict-shapes.ts';
import { scope } from '../../helpers/report-input.ts';

const counts = { a: 3, bothFine: 4, bothBad: 0, b: 1, identical: 0, noAnswer: 0 };
const redoOf = (asked: number): ScopeVerdict['redo'] => ({ a: 0, b: 0, asked, difference: null, interval: null });
const log = { demo: false, hasTimes: true, sources: ['log.jsonl'] };
const facts = { margin: 0.3, endpoint: 'preference' as const, leftOut: false, source: sourceWords(log) };
const made = (task: string | null, verdict: Partial<ScopeVerdict>): ScopeVerdict =>
  scope(task, [], { planned: 8, units: 8, counts, redo: redoOf(8), net: 0.25, ...verdict });

describe('a task in words', () => {
  const cases: [string, Partial<ScopeVerdict>, string][] = [
    ['good enough', { verdict: 'open-good-enough' }, 'open is within your margin'],
    [
      'a successor',
      { verdict: 'open-good-enough', challenger: 'the successor' },
      'the successor is within your margin',
    ],
    ['a variant', { verdict: 'open-better', challenger: 'variant terse' }, 'variant terse is better'],
    [
      'a quantization leads',
      { leaning: 'leans-open', challenger: 'the quantization' },
      'leans to the quantization (a hint)',
    ],
    ['keep', { verdict: 'keep-closed' }, 'keep the closed model'],
    [
      'both verdicts reached',
      { verdict: 'keep-closed', withinMargin: true },
      'closed is better, but within your margin',
    ],
    ['leaning open', { leaning: 'leans-open' }, 'leans open (a hint)'],
    ['leaning closed', { leaning: 'leans-closed' }, 'leans closed (a hint)'],
    ['better', { verdict: 'open-better' }, 'open is better'],
    ['undecided', { read: 12 }, 'not decided: 12 votes do not tell'],
    [
      'undecided, some answers equal',
      { read: 12, counts: { ...counts, identical: 3 } },
      'not decided: 12 prompts do not tell',
    ],
    ['too few', { units: 4 }, 'not decided: 4 votes; a verdict needs at least 8'],
    ['re-used votes, not all there', { toGo: 5 }, 'not decided: 5 ballots to go'],
    [
      'could not be asked',
      { withdrawn: 'open-good-enough', units: 25, unasked: { a: 11, b: 0 } },
      'not decided: open could not be asked 11 of 36 prompts',
    ],
    ['skips', { withdrawn: 'open-good-enough', skipped: 3 }, 'not decided: 3 skipped prompts could change it'],
    ['no votes', { units: 0 }, 'no votes yet'],
    [
      'neither wins over every verdict',
      { neither: true, verdict: 'open-good-enough', counts: { ...counts, bothBad: 4 }, redo: redoOf(8) },
      'neither model does this task: both unusable in 4 of 8',
    ],
  ];
  it.each(cases)('%s', (_, verdict, words) => {
    expect(scopeWords(made('t', verdict))).toBe(words);
  });
});

describe('the first line', () => {
  const good = made('json', { verdict: 'open-good-enough' });
  const keep = made('rules', { verdict: 'keep-closed' });
  const open = made('tickets', {});
  const overall = (verdict: Partial<ScopeVerdict>): ScopeVerdict => made(null, { units: 24, read: 24, ...verdict });
  const cases: [string, ScopeVerdict, ScopeVerdict[], RegExp][] = [
    [
      'yes',
      overall({ verdict: 'open-good-enough' }),
      [good],
      /^Yes: open is within your margin\. Of 100 prompts as your app sends them, closed wins at most 30 more than open, as far as these votes can tell\. It may still be worse\.$/,
    ],
    ['better', overall({ verdict: 'open-better' }), [good], /^Yes: open is better on your traffic\.$/],
    [
      'yes together, but a task does not show it',
      overall({ verdict: 'open-good-enough' }),
      [good, open],
      /^Yes: open is within your margin\. .* Alone, tickets is not decided\.$/,
    ],
    [
      'yes together, but no task shows it',
      overall({ verdict: 'open-good-enough' }),
      [open, open, open],
      /^Yes: .* None of the tasks is decided alone: each has fewer votes than all prompts together\.$/,
    ],
    [
      'no together, and no task shows it',
      overall({ verdict: 'keep-closed' }),
      [open, open],
      /^No: keep the closed model\. .* None of the tasks is decided alone: each has fewer votes than all prompts together\. With more votes one of them may still move to open\.$/,
    ],
    [
      'no together, and two of three tasks do not show it',
      overall({ verdict: 'keep-closed' }),
      [open, keep, open],
      /^No: .* Alone, tickets and tickets are not decided\. With more votes one of them may still move to open\.$/,
    ],
    [
      'no together, and one task may still move',
      overall({ verdict: 'keep-closed', challenger: 'the successor' }),
      [open, keep],
      /^No: .* Alone, tickets is not decided\. With more votes it may still move to the successor\.$/,
    ],
    [
      'good overall, one task kept',
      overall({ verdict: 'open-good-enough' }),
      [good, keep],
      /^Not everywhere: open is within your margin, but keep the closed model for rules\.$/,
    ],
    [
      'no, one task good',
      overall({ verdict: 'keep-closed' }),
      [good, keep],
      /^No: keep the closed model\. Over your traffic closed is better\. For json alone, open is within your margin\.$/,
    ],
    [
      'closed better within the margin',
      overall({ verdict: 'keep-closed', withinMargin: true }),
      [],
      /^Your call: closed is better, but within your margin\.$/,
    ],
    ['undecided', overall({}), [open], /^Not decided: these 24 votes do not tell\.$/],
    [
      'nearly all answers equal',
      overall({ counts: { ...counts, identical: 22 }, redo: redoOf(2) }),
      [open],
      /^Not decided: on 22 of 24 prompts both gave the same answer; no rater read those\.$/,
    ],
    [
      'leaning is called a hint',
      overall({ leaning: 'leans-open' }),
      [open],
      /they lean open \(a hint, too weak to act on\)\.$/,
    ],
    [
      'undecided, one task kept',
      overall({}),
      [keep, open],
      /^Not yet: keep the closed model for rules; tickets is not decided\. Over all tasks together it is not decided: these 24 votes do not tell\.$/,
    ],
    [
      'undecided, one task kept, and the other one done by neither',
      overall({}),
      [keep, made('tickets', { neither: true, counts: { ...counts, bothBad: 9 } })],
      /^Not yet: keep the closed model for rules; no task is shown to be safe to move\. Over all/,
    ],
    [
      'neither',
      overall({ neither: true, verdict: 'open-good-enough', counts: { ...counts, bothBad: 9 }, redo: redoOf(24) }),
      [good],
      /^No\. In 9 of 24 prompts both answers were unusable/,
    ],
    [
      'the votes named are those that were read',
      overall({ units: 54, read: 24, leaning: 'none' }),
      [open, made('mail', {}), made('notes', {})],
      /^Not decided: these 24 votes do not tell\.$/,
    ],
    ['no votes', overall({ units: 0 }), [], /^Nobody has voted yet\.$/],
  ];
  it.each(cases)('%s', (_, all, tasks, words) => {
    expect(overallWords(all, tasks, facts)).toMatch(words);
  });

  it('is about the file where no record tells when its call came, and about the demo', () => {
    const [yes, better] = [overall({ verdict: 'open-good-enough' }), overall({ verdict: 'open-better' })];
    const said = (all: ScopeVerdict, change: Partial<typeof log>, leftOut = false): string =>
      overallWords(all, [good], { ...facts, leftOut, source: sourceWords({ ...log, ...change }) });
    expect(said(better, { hasTimes: false })).toBe('Yes: open is better on the prompts of your file.');
    expect(said(better, { hasTimes: false, sources: ['a.csv', 'b.csv'] })).toMatch(/ on the prompts of your files\.$/);
    expect(said(better, { hasTimes: false }, true)).toBe('Yes: open is better on the prompts of these tasks.');
    expect(said(better, {}, true)).toBe('Yes: open is better on the traffic of these tasks.');
    expect(said(better, { demo: true, hasTimes: false })).toBe('Yes: open is better on the prompts of the demo.');
    expect(said(yes, { hasTimes: false })).toMatch(
      /Of 100 prompts like those of your file, closed wins at most 30 more/,
    );
  });

  it('says yes only for a verdict, never for a leaning or a good estimate', () => {
    for (const verdict of [{}, { leaning: 'leans-open' as const }, { verdict: 'keep-closed' as const }]) {
      expect(overallWords(overall({ net: 0.9, ...verdict }), [good], facts)).not.toMatch(/^Yes/);
    }
  });
});

it('puts margin and error rate into words, for either endpoint', () => {
  const preference = marginWords({ margin: 0.3, alpha: 0.05, endpoint: 'preference' });
  expect(preference.margin).toBe(
    'Your margin is 30: you accept that closed wins up to 30 more of 100 prompts than open. Within the margin is not equal: open may still be the worse one, by less than that.',
  );
  expect(preference.risk).toContain('in at most 5 of 100');
  expect(marginWords({ margin: 0.15, alpha: 0.05, endpoint: 'retry' }).margin).toContain(
    'up to 15 more of 100 answers of open',
  );
});

describe('the other endpoint pointing the other way', () => {
  const redo = (lower: number, upper: number): ScopeVerdict['redo'] => ({
    a: 5,
    b: 1,
    asked: 8,
    difference: (lower + upper) / 2,
    interval: { lower, upper },
  });
  it('is said when open is within the margin but redone more', () => {
    const words = conflictWords(made('t', { verdict: 'open-good-enough', redo: redo(0.1, 0.5) }), 'preference');
    expect(words).toContain('unusable more often (+30 per 100, 95 % interval +10 to +50)');
  });
  it('is not said when the interval holds 0, or there is no verdict', () => {
    expect(conflictWords(made('t', { verdict: 'open-good-enough', redo: redo(-0.1, 0.5) }), 'preference')).toBeNull();
    expect(conflictWords(made('t', { redo: redo(0.1, 0.5) }), 'preference')).toBeNull();
  });
  it('stands behind the answer in one short sentence, wherever it is', () => {
    const good = { verdict: 'open-good-enough' as const, redo: redo(0.1, 0.5) };
    const keep = { verdict: 'keep-closed' as const, redo: redo(-0.5, -0.1) };
    const calm = { verdict: 'open-good-enough' as const, redo: redo(-0.1, 0.5) };
    expect(conflictHeadline([made(null, good), made('t', good)], 'preference')).toBe(
      ' Conflict: the answers of open are unusable more often.',
    );
    expect(conflictHeadline([made(null, calm), made('mail', keep)], 'preference')).toBe(
      ' Conflict for mail: the answers of closed are unusable more often.',
    );
    expect(conflictHeadline([made(null, calm)], 'preference')).toBe('');
  });
});

describe('beside a verdict', () => {
  const twelve = { verdict: 'open-good-enough' as const, goodAt: 12, plannedRead: 12, read: 12, logEGood: 4 };

  it.each([
    ['at the planned votes', twelve, 'reached with 12 planned votes'],
    ['later', { ...twelve, goodAt: 20, read: 27 }, 'reached at vote 20 of 27'],
    // ln 20 is 2.9957.
    [
      'later, and fainter at the end',
      { ...twelve, goodAt: 20, read: 27, logEGood: 2.99 },
      'reached at vote 20 of 27; the later votes spoke less clearly',
    ],
    ['undecided', { ...twelve, verdict: 'undecided' as const }, null],
  ])('says where it was reached: %s', (_, verdict, words) => {
    expect(reachedWords(made('t', verdict))).toBe(words);
  });

  it('says whether it would hold with every skip against it', () => {
    expect(skipWords(made('t', { ...twelve, units: 30, skipped: 1, firm: false, withdrawn: null }))).toBe(
      '1 prompt was skipped; with every skip counted against it the verdict would not hold, but a single skip among 20 ballots or more takes no verdict back',
    );
    const skipped = (firm: boolean | null, count = 1) => skipWords(made('t', { ...twelve, skipped: count, firm }));
    expect(skipped(true)).toBe('1 prompt was skipped; the verdict would hold with every skip counted against it');
    expect(skipped(false, 2)).toBe(
      '2 prompts were skipped; with every skip counted against it the verdict would not hold',
    );
    expect([skipped(null), skipped(true, 0)]).toEqual([null, null]);
  });

  it('says that batches contradict each other where their limits do, and nothing where there are limits or no votes', () => {
    const words = 'the batches contradict each other, so there is an estimate and no interval';
    expect(contradictWords(made('t', { interval: null, read: 24 }))).toBe(words);
    expect(contradictWords(made('t', { interval: { lower: -0.2, upper: 0.3 }, read: 24 }))).toBeNull();
    expect(contradictWords(made('t', { interval: null, read: 24, toGo: 3 }))).toBeNull();
    expect(contradictWords(made('t', { interval: null, read: 8, redo: redoOf(2) }))).toBeNull();
    expect(contradictWords(made('t', { interval: null, read: 0, units: 0 }))).toBeNull();
  });

  it('promises error rates for each statement, and what several tasks cost', () => {
    expect(marginWords({ margin: 0.3, alpha: 0.05, endpoint: 'preference' })).toEqual({
      margin:
        'Your margin is 30: you accept that closed wins up to 30 more of 100 prompts than open. Within the margin is not equal: open may still be the worse one, by less than that.',
      risk: 'If open really were outside your margin, gapcheck would say "within" in at most 5 of 100 such comparisons; if open really were as good, "keep the closed model" in at most 5 of 100; if it were not better, "better" in at most 5 of 100.',
    });
    const tasks = (count: number, planned: number, read = planned) =>
      Array.from({ length: count }, () => ({ planned, read }));
    const wrong = (...of: Parameters<typeof tasks>) => /1 of \d+/.exec(manyTasksWords(tasks(...of), 0.3) ?? '')?.[0];
    expect(manyTasksWords(tasks(1, 8), 0.3)).toBeNull();
    expect(manyTasksWords(tasks(3, 8), 0.3)).toBe(
      'With 3 tasks and the overall line, one of them is wrong in up to 1 of 8 comparisons at worst.',
    );
    // Per task 2.9 % at 8 votes, 5.1 % at 12 and 7.8 % at 21, enumerated elsewhere; 4 % for the overall line.
    expect([wrong(3, 12), wrong(3, 21), wrong(8, 8)]).toEqual(['1 of 5', '1 of 3', '1 of 4']);
    expect(Number(wrong(3, 8, 38)?.slice(5))).toBeLessThan(8);
  });
});

it('calls it no warning that raters do not differ', () => {
  expect(isWarning('jo −28, kim −32 per 100: your raters do not differ more than chance explains.')).toBe(false);
  expect(isWarning('ann −38, bob +42 per 100: your raters disagree; the verdict is about their mix.')).toBe(true);
  expect(isWarning('ann −38, bob +50 (2 votes) per 100: whether your raters differ takes 8 votes of each.')).toBe(
    false,
  );
});
