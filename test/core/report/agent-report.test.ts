/** A report of two whole agents: counts stand first, brief times are in seconds, and an unknown cost is not 0. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { csvAgents } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import type { AgentTry } from '../../../src/verdicts/survival.ts';
import { agentInput } from '../../helpers/agent-input.ts';
import { unescapeHtml } from '../../helpers/read-report.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

/** Twelve trials of half a second to two, the last two lost late; and an agent that tells no cost but three times. */
function briefInput(): ReportInput {
  const input = agentInput();
  const tries = (isLost: (at: number) => boolean, costUsd: (at: number) => number | null): AgentTry[] =>
    Array.from({ length: 12 }, (_, at) => ({
      prompt: input.prompts[at % input.prompts.length]?.id ?? '',
      trial: 1,
      end: isLost(at) ? 'wrong-end' : 'done',
      seconds: 0.5 + at / 8,
      steps: 3,
      failedSteps: 0,
      costUsd: costUsd(at),
    }));
  return {
    ...input,
    agents: {
      checked: true,
      tries: {
        closed: tries(
          (at) => at >= 10,
          () => 0.02,
        ),
        open: tries(
          (at) => at >= 3,
          (at) => (at < 3 ? 0.001 : null),
        ),
      },
    },
  };
}

const report = buildReport(briefInput());
const html = htmlReport(report, htmlTools);
const markdown = markdownReport(report);

describe('trials that were lost', () => {
  it('are counted before the curve, which is of those at work and dotted where they are few', () => {
    expect(markdown).toContain('2 of 12 trials were lost. After 1.4 seconds few trials were still at work');
    expect(html).toContain('2 of 12 trials were lost. After 1.4 seconds few trials were still at work');
    expect(html).toContain('Of trials still at work, how many are not yet lost, by seconds');
    expect(html).toContain('seconds ▸');
    expect(html).toContain('class="curve few"');
    expect(unescapeHtml(html)).toContain('2/12 lost');
    expect(html).not.toContain('Half of them');
  });

  it('have no rows of minutes at which nobody was at work', () => {
    for (const text of [markdown, html, terminalReport(report, { width: 100 })])
      expect(text).not.toMatch(/at 15 min|0 minutes/);
  });
});

describe('money', () => {
  it('tells what was told and by how many', () => {
    const text = terminalReport(report, { width: 300 });
    expect(text).toContain('$0.24 for 12 trials');
    expect(text).toContain('for 3 of 12 trials, the others not known');
    expect(text).not.toContain('per 1,000 calls');
    expect(text).toContain('at least $0.001');
    expect(markdown).toContain('the cost of 9 of 12 tries is not known and not counted');
  });

  it('is in CSV as far as it is known', () => {
    const [head = '', ...rows] = csvAgents(report).trim().split('\n');
    const at = (row: string, name: string): string => row.split(',')[head.split(',').indexOf(name)] ?? '';
    const open = rows.find((row) => row.startsWith('open,')) ?? '';
    expect(Number(at(open, 'spend_usd'))).toBeCloseTo(0.003, 6);
    expect(at(open, 'cost_not_known')).toBe('9');
  });
});

it('names no kinds of prompts that a log of jobs has none of', () => {
  expect(markdown).not.toContain('Not tested:');
});
