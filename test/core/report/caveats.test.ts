/** What stands under "Before you rely on this": at most seven, in order, and only what is a finding. */
import { describe, expect, it } from 'vitest';
import { shownCaveats } from '../../../src/report/caveats.ts';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { countTools, type ToolCounts } from '../../../src/runs/tool-counts.ts';
import { decidedInput } from '../../helpers/decided-report.ts';
import { demoTasks, fullInput, reportInput } from '../../helpers/report-input.ts';

const caveats = (input: ReportInput): string[] => shownCaveats(buildReport(input)).shown.map(({ text }) => text);

/** Everything at once: a broken chain, an early opening, hasty votes, skips, raters that differ, forms not checked. */
function troubled(): ReportInput {
  const input = fullInput();
  const quality = Object.entries(input.quality ?? {}).map(([pair, each]) => [
    pair,
    { ...each, length: { ...each.length, warn: true } },
  ]);
  return {
    ...input,
    prompts: input.prompts.map((prompt) => ({
      ...prompt,
      messages: [{ role: 'user' as const, content: 'Answer with one JSON object.' }],
    })),
    quality: Object.fromEntries(quality),
    raters: input.raters.map((rater, at) => ({ ...rater, skipped: 2, chainOk: at > 0 })),
    seal: { ...input.seal, unblindedEarly: { voted: 4, planned: 24 } },
    runOnThesePrompts: 3,
    votedAfterOpen: 5,
  };
}

const toolsWith = (results: ToolCounts['results']): ToolCounts => ({ ...countTools([]), results });

/** Everything measured, with this word on whether raters recognised the models. */
function withRecognition(word: 'no-sign' | 'not-enough' | 'recognised'): ReportInput {
  const input = fullInput();
  const quality = Object.entries(input.quality ?? {}).map(([pair, each]) => {
    const { recognition } = each;
    return [
      pair,
      { ...each, recognition: recognition && { ...recognition, adjusted: { ...recognition.adjusted, word } } },
    ];
  });
  return { ...input, quality: Object.fromEntries(quality) };
}

describe('caveats', () => {
  it('are at most seven, with what voids the result first and the margin next', () => {
    const report = buildReport(troubled());
    const { shown, rest } = shownCaveats(report);
    expect(shown).toHaveLength(7);
    expect(rest.length).toBeGreaterThan(2);
    expect(shown[0]?.text).toMatch(/^The vote file of maria was changed after voting/);
    expect(shown[1]?.text).toBe('Unblinded early, at 4 of 24 votes: a person could know which side was which.');
    expect(shown[2]?.text).toMatch(/^Your margin is 30:/);
    expect(terminalReport(report)).toMatch(/ {3}7 [\s\S]*\d+ more notes in the full report\./);
    expect(terminalReport(report)).not.toMatch(/^ {3}8 /m);
  });

  it('say how often a tool gave a result that was recorded for other arguments', () => {
    const report = buildReport(fullInput());
    const results = { log: 3, 'log-order': 2, exec: 0, stub: 0, error: 0, fault: 0 };
    const arms = report.arms.map((arm) => ({ ...arm, tools: arm.role === 'open' ? toolsWith(results) : null }));
    const words = /: 2 of 5 recorded tool results answered a call with other arguments than the log’s\.$/;
    const said = ({ shown, rest }: ReturnType<typeof shownCaveats>) =>
      [...shown, ...rest].filter(({ text }) => words.test(text));
    expect(said(shownCaveats({ ...report, arms }))).toHaveLength(1);
    const none = arms.map((arm) => ({ ...arm, tools: toolsWith({ ...results, 'log-order': 0 }) }));
    expect(said(shownCaveats({ ...report, arms: none }))).toEqual([]);
  });

  it('name the form that prompts ask for and no check measured, with the flags for the next run', () => {
    expect(
      caveats(troubled()).join('\n') + shownCaveats(buildReport(troubled())).rest.map(({ text }) => text),
    ).toContain(
      'No check measured the form that prompts ask for: extract-json (JSON), reply-with-rules (JSON) and summarise-ticket (JSON). At the next run: --check extract-json=json --check reply-with-rules=json --check summarise-ticket=json',
    );
    expect(caveats(reportInput()).join('\n')).not.toContain('No check measured');
  });

  it('say how many raters voted', () => {
    expect(caveats(reportInput())).toContain('One rater voted. The result is about this rater and these prompts.');
    expect(caveats(reportInput({ raters: ['maria', 'jo'] }))).toContain(
      '2 raters voted. The result is about these raters and these prompts.',
    );
  });

  it('say nothing of recognition where it was not found', () => {
    const shown = terminalReport(buildReport(withRecognition('no-sign')));
    expect(shown).not.toMatch(/recogni|guess|could tell/i);
  });

  it('say that the guesses were too few to know', () => {
    const shown = terminalReport(buildReport(withRecognition('not-enough')));
    expect(shown).toMatch(/Too few guesses to say whether\s+raters could tell the models apart\./);
    expect(shown).not.toContain('do not call this result blind');
  });

  it('say beside missing guesses how many ballots were marked as recognised while voting', () => {
    const input = fullInput();
    const unasked = Object.entries(input.quality ?? {}).map(([pair, { recognition: _, ...each }]) => [pair, each]);
    const shown = terminalReport(buildReport({ ...input, quality: Object.fromEntries(unasked) }));
    expect(shown.replace(/\s+/g, ' ')).toContain(
      'Whether raters could tell the models apart was not measured: no rater gave a guess. While voting, raters marked 2 ballots as recognised, 2 of them rightly.',
    );
  });

  it('say of the lead without marked prompts that no task counts by its share', () => {
    const page = (tasks: number): string => {
      const input = fullInput();
      const few = (pairs: ReportInput['pairs']): ReportInput['pairs'] =>
        pairs === 'sealed' ? pairs : pairs.map((pair) => ({ ...pair, tasks: pair.tasks.slice(0, tasks) }));
      return markdownReport(buildReport({ ...input, pairs: few(input.pairs) }));
    };
    expect(page(3)).toMatch(/Without prompts marked as recognised: lead \S+ per 100 with each prompt counted once,/);
    expect(page(1)).toMatch(/Without prompts marked as recognised: lead \S+ per 100, /);
  });

  it('say it as the first thing where raters recognised the models', () => {
    expect(caveats(withRecognition('recognised'))[0]).toBe(
      'Raters could tell which answer came from which model: do not call this result blind.',
    );
  });

  it('explain guesses that the score beyond the votes cannot use', () => {
    const used = (count: number): string => {
      const input = fullInput();
      const quality = Object.entries(input.quality ?? {}).map(([pair, each]) => {
        const { recognition } = each;
        const none = count === 0 ? { index: null, lower: null, upper: null } : {};
        const adjusted = recognition && { ...recognition.adjusted, ...none, used: count };
        return [pair, { ...each, recognition: recognition && { ...recognition, adjusted } }];
      });
      return markdownReport(buildReport({ ...input, quality: Object.fromEntries(quality) }));
    };
    expect(used(0)).toMatch(
      /Recognition score: not measured\. A guess counts only where the same vote was cast with the closed model on the left and on the right; none of \d+ guesses does\./,
    );
    expect(used(0)).not.toMatch(/from 0 /);
    expect(used(14)).toMatch(
      /from 14 of 20 guesses \(a guess counts only where the same vote was cast with the closed model on the left and on the right\)\./,
    );
    expect(used(20)).toMatch(/\(0 could not tell, 1 always could\), 95 % interval \S+ to \S+, from 20 guesses\./);
  });

  it('put what nobody measured about raters into one line of its own section', () => {
    const shown = markdownReport(buildReport(decidedInput(demoTasks)));
    expect(shown).not.toMatch(/Raters marked 0|was not measured: no prompt/);
  });
});

it('explains the two wholes of one table in every form: prompts voted on, and answers checked', () => {
  const input = fullInput();
  const voted = buildReport(input).pairs[0]?.overall.redo.asked;
  expect(voted).toBe(24);
  const some = { ...input, pairs: input.pairs === 'sealed' ? [] : input.pairs.map(half) };
  for (const text of [terminalReport(buildReport(some), { width: 500 }), markdownReport(buildReport(some))])
    expect(text).toContain(
      'Unusable is counted on the 12 prompts that people voted on; failed checks on the first answers of gpt-5.6 and qwen3:8b, 24 each.',
    );
  expect(terminalReport(buildReport(input), { width: 500 })).not.toContain('Unusable is counted');
});

function half<T extends { overall: { redo: { asked: number } } }>(pair: T): T {
  return { ...pair, overall: { ...pair.overall, redo: { ...pair.overall.redo, asked: 12 } } };
}
