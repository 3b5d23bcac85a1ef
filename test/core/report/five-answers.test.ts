/** The five answers, the bars and the losses, with literals of the paper that names them. */
import { describe, expect, it } from 'vitest';
import { answerOf, answerWords } from '../../../src/report/five-answers.ts';
import { buildReport, type ScopeReport } from '../../../src/report/model.ts';
import { countsShown } from '../../../src/report/scopes.ts';
import { barLegend, voteBar } from '../../../src/report/terminal-table.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import type { MayRest } from '../../../src/verdicts/may-rest-on.ts';
import type { ScopeVerdict } from '../../../src/verdicts/verdict-shapes.ts';
import { demoTasks, reportInput, scope } from '../../helpers/report-input.ts';

const some = { a: 3, bothFine: 4, bothBad: 0, b: 1, identical: 0, noAnswer: 0 };
const made = (verdict: Partial<ScopeVerdict>): ScopeVerdict =>
  scope('t', [], { planned: 8, units: 8, counts: some, net: 0.25, ...verdict });
const fine: MayRest = { ok: true };

describe('the answer of a scope', () => {
  it.each<[string, Partial<ScopeVerdict>, string]>([
    ['open is better', { verdict: 'open-better' }, 'YES'],
    ['good enough', { verdict: 'open-good-enough' }, 'YES'],
    ['keep', { verdict: 'keep-closed' }, 'NO'],
    ['keep, within the margin', { verdict: 'keep-closed', withinMargin: true }, 'YOUR CALL'],
    ['neither, whatever the preference', { verdict: 'open-better', neither: true }, 'NEITHER'],
    ['undecided', {}, 'NOT YET'],
    ['a hint', { leaning: 'leans-open' }, 'NOT YET'],
    ['no votes', { units: 0, verdict: 'open-better' }, 'NOT YET'],
    ['votes to come', { verdict: 'keep-closed', toGo: 2 }, 'NOT YET'],
  ])('%s', (_, verdict, answer) => {
    expect(answerOf(made(verdict), fine)).toBe(answer);
  });

  it.each(['haste', 'recognised', 'seal'] as const)('is NOT YET where nothing may rest on the votes: %s', (cause) => {
    const rest: MayRest = { ok: false, cause, why: 'so' };
    expect(answerOf(made({ verdict: 'open-better' }), rest)).toBe('NOT YET');
    expect(answerOf(made({ neither: true }), rest)).toBe('NOT YET');
    expect(answerWords(made({ verdict: 'open-better' }), rest)).toMatch(
      /^the votes were .*; the votes alone would say: open is better$/,
    );
    expect(answerWords(made({ leaning: 'leans-open' }), rest)).not.toMatch(/\(/);
  });
});

describe('a bar of votes', () => {
  const bar = (counts: Partial<ScopeReport['counts']>): string =>
    voteBar({ counts: { a: 0, bothFine: 0, bothBad: 0, b: 0, identical: 0, noAnswer: 0, ...counts } });

  it.each<[string, Partial<ScopeReport['counts']>, string]>([
    ['a cell a vote', { a: 7, bothFine: 1 }, '███████─'],
    ['all four', { a: 1, bothFine: 4, bothBad: 1, b: 2 }, '█────×░░'],
    ['identical, not read', { a: 2, identical: 3, b: 1 }, '██===░'],
    ['20 cells at most', { a: 60, b: 40 }, '████████████░░░░░░░░'],
    ['one vote of 400 keeps its cell', { a: 399, b: 1 }, '███████████████████░'],
    ['halves of shared prompts', { a: 1.5, bothFine: 0.5 }, '█─'],
    ['nothing', {}, ''],
  ])('%s', (_, counts, drawn) => {
    expect(bar(counts)).toBe(drawn);
  });

  it('explains the signs that it uses', () => {
    const of = (counts: Partial<ScopeReport['counts']>) =>
      barLegend([{ ...buildReport(reportInput()).pairs[0]?.overall, counts: { ...some, ...counts } } as ScopeReport]);
    expect(of({})).toBe('█ open better   ─ both fine   × both unusable   ░ closed better');
    expect(of({ identical: 2 })).toContain('= identical, not read');
    const numbers = (counts: Partial<ScopeReport['counts']>): string => {
      const none = { a: 0, bothFine: 0, bothBad: 0, b: 0, identical: 0, noAnswer: 0 };
      const one = { counts: { ...none, ...counts } } as ScopeReport;
      return countsShown(one);
    };
    // As in the brackets of the answers: open better, neither, closed better.
    expect(numbers({ a: 5, bothFine: 8, b: 20 })).toBe('5:8:20');
    expect(numbers({ a: 5, bothFine: 8, bothBad: 2, identical: 1, noAnswer: 1, b: 20 })).toBe('5:12:20');
  });
});

describe('the losses on the terminal', () => {
  const lost = /Where qwen3:8b lost/;
  it('stand there once no more votes are proposed, unusable ones first', () => {
    const tasks = demoTasks.map((task) => ({ ...task, reserve: 0 }));
    const text = terminalReport(buildReport(reportInput({ tasks })));
    expect(text).toMatch(
      /lost \(3 of 9, unusable answers first\)\n {3,4}\d+ {2}\S+ {2}"Summarise this ticket #\d" {2}unusable/,
    );
  });
  it('name prompt and note while `more` is proposed, and no answer', () => {
    const text = terminalReport(buildReport(reportInput()));
    expect(text).toContain('Next: gapcheck more');
    expect(text).toMatch(lost);
    expect(text).not.toMatch(/Answer of (one|the other)/);
  });
});
