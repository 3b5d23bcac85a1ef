/** The report over verdicts as they are really decided, from worked examples of the rule. */
import { describe, expect, it } from 'vitest';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { decidedReport } from '../../helpers/decided-report.ts';

const reportOf = decidedReport;

describe('real verdicts in words', () => {
  const cases: [string, string, RegExp][] = [
    ['W0 T1 L8: E = 44.38', 'lllltllll', /^keep closed$/],
    ['W5 T2 L1: E = 23.36', 'wwtwwtwl', /^open is within your margin$/],
    ['W1 T0 L7: leans closed', 'llllwlll', /^leans closed \(a hint\)$/],
    ['W3 T2 L3: no hint', 'wltwltwl', /^not decided: 8 votes do not tell$/],
    ['W4: too few for a hint', 'wwww', /^not decided: 4 votes; a verdict needs at least 8$/],
    ['more than one in five both bad', 'wwwnnnnn', /^neither model does this task: both unusable in 5 of 8$/],
    ['W9 T2 L1: better', 'wwwwwwwwwttl', /^open is better$/],
  ];
  it.each(cases)('%s', (_, votes, words) => {
    expect(reportOf([{ task: 'tickets', votes }]).pairs[0]?.tasks[0]?.words).toMatch(words);
  });

  it('asks for as many votes as the estimate says: W5 T2 L4 needs about 32', () => {
    const report = reportOf([{ task: 'tickets', votes: 'wltwlwltwwl', reserve: 100 }]);
    expect(report.next.command).toBe('gapcheck more 32 --task tickets');
  });

  it('says when closed is better, and within the margin all the same', () => {
    // 60 votes of which few have a preference: closed wins those, and 100 prompts differ by less than 30.
    const report = reportOf([{ task: 'tickets', votes: `${'t'.repeat(52)}${'l'.repeat(8)}` }]);
    expect(report.pairs[0]?.tasks[0]).toMatchObject({ verdict: 'keep-closed', withinMargin: true });
    expect(report.pairs[0]?.reply).toMatch(/^Your call: closed is better, but within your margin/);
  });

  it('answers a clear win and a mixed run without being asked twice', () => {
    const clear = reportOf([{ task: 'tickets', votes: 'wwwtwwwwwwtwww' }]);
    expect(clear.pairs[0]?.reply).toBe('Yes: open is better on the prompts of your file.');
    const mixed = reportOf([
      { task: 'json', votes: 'wwtwtttw' },
      { task: 'rules', votes: 'lllltllll' },
    ]);
    expect(mixed.pairs[0]?.reply).toMatch(
      /^Not everywhere: .*keep the closed model for rules; json may move to open\./,
    );
    expect(markdownReport(mixed)).toContain('- **json: YES**, open is within your margin (4:4:0)');
  });
});
