/** The report over verdicts as they are really decided, from worked examples of the rule. */
import { describe, expect, it } from 'vitest';
import { markdownReport } from '../../../src/report/markdown.ts';
import { buildReport, type Report } from '../../../src/report/model.ts';
import { decideEvidence } from '../../../src/verdicts/decide.ts';
import { reportInput } from '../../helpers/report-input.ts';

/** w open better, t both fine, n both bad, l closed better; one task, in the order of evidence. */
function reportOf(tasks: { task: string; votes: string; reserve?: number }[]): Report {
  const input = reportInput({ tasks });
  const made = input.pairs === 'sealed' ? undefined : input.pairs[0];
  if (!made) throw new Error('no pair');
  const units = made.evidence;
  const pairs = [
    decideEvidence(
      { run: input.run, prompts: input.prompts, votes: new Map(), events: [], ballots: new Map() },
      { pair: made.pair, units, overall: units, waiting: 0, pending: new Set(), skipped: new Set() },
    ),
  ];
  return buildReport({ ...input, pairs });
}

describe('real verdicts in words', () => {
  const cases: [string, string, RegExp][] = [
    ['W0 T1 L8: E = 44.38', 'lllltllll', /^keep the closed model$/],
    ['W5 T2 L1: E = 23.36', 'wwtwwtwl', /^open is within your margin$/],
    ['W1 T0 L7: leans closed', 'llllwlll', /^leans closed \(a hint: wrong at most 1 time in 3\)$/],
    ['W3 T4 L1: leans open', 'wttwttwl', /^leans open \(a hint: wrong at most 1 time in 3\)$/],
    ['W4: too few for a hint', 'wwww', /^not decided \(4 votes; a verdict needs at least 8\)$/],
    ['a third both bad', 'wwwwwnnn', /^neither model does this task \(both bad in 3 of 8\)$/],
  ];
  it.each(cases)('%s', (_, votes, words) => {
    expect(reportOf([{ task: 'tickets', votes }]).pairs[0]?.tasks[0]?.words).toMatch(words);
  });

  it('asks for as many votes as the estimate says: W5 T2 L4 needs about 32', () => {
    const report = reportOf([{ task: 'tickets', votes: 'wltwlwltwwl', reserve: 100 }]);
    expect(report.next.command).toBe('gapcheck more 32 --task tickets');
  });

  it('keeps a verdict once reached, and says when both were', () => {
    // Open good enough first, then a long run of losses: closed is better as well.
    const report = reportOf([{ task: 'tickets', votes: `${'w'.repeat(8)}${'l'.repeat(45)}` }]);
    expect(report.pairs[0]?.tasks[0]).toMatchObject({ verdict: 'keep-closed', withinMargin: true });
    expect(report.pairs[0]?.reply).toMatch(/^Your call: .*closed is better, but within your margin/);
  });

  it('answers a clear win and a mixed run without being asked twice', () => {
    const clear = reportOf([{ task: 'tickets', votes: 'wwwtwwwwwwtwww' }]);
    expect(clear.pairs[0]?.reply).toBe('Yes: over these 14 prompts together, open is within your margin.');
    const mixed = reportOf([
      { task: 'json', votes: 'wwtwtttw' },
      { task: 'rules', votes: 'lllltllll' },
    ]);
    expect(mixed.pairs[0]?.reply).toMatch(/^Not everywhere: .*keep the closed model for rules\./);
    expect(markdownReport(mixed)).toContain('- **json**: open is within your margin');
  });
});
