/** Every number in Markdown and HTML equals the JSON's: the formats are read back as a reader would. */
import { describe, expect, it } from 'vitest';
import { buildReport, type Report } from '../../../src/report/model.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { agentInput, sealedAgentInput } from '../../helpers/agent-input.ts';
import {
  htmlProse,
  htmlTables,
  markdownTables,
  numberOf,
  plainMarkdown,
  type ReadTable,
} from '../../helpers/read-report.ts';
import { demoTasks, fullInput, reportInput, sealedInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { severalInput } from '../../helpers/several-input.ts';

const tools = htmlTools;

const inputs = {
  demo: reportInput(),
  'every part': fullInput(),
  'one task': reportInput({ tasks: demoTasks.slice(0, 1) }),
  'many votes': reportInput({
    tasks: demoTasks.map((task) => ({ ...task, votes: task.votes.repeat(20) })),
    plannedBallots: 600,
  }),
  sealed: sealedInput(),
  'four open arms': severalInput(),
  'whole agents': agentInput(),
  'whole agents, no end check': agentInput({ checked: false }),
  'whole agents, sealed': sealedAgentInput(),
  'nobody voted': reportInput({ tasks: [{ task: 'a', votes: '' }] }),
};

describe.each(Object.entries(inputs))('%s', (_, input) => {
  const report = buildReport(input);
  const json = JSON.parse(jsonReport(report)) as Report;
  const markdown = markdownReport(report);
  const html = htmlReport(report, tools);

  it('Markdown and HTML show the same tables', () => {
    expect(htmlTables(html)).toEqual(markdownTables(markdown));
  });

  it('votes and intervals are those of the JSON', () => {
    for (const table of [markdownTables(markdown), htmlTables(html)]) {
      for (const [at, pair] of json.pairs.entries()) {
        const votes = table.filter(({ caption }) => caption.startsWith('Votes and lead'))[at];
        // One task is all prompts: one row.
        const scopes = pair.tasks.length === 1 ? pair.tasks : [...pair.tasks, pair.overall];
        expect(votes?.rows.map((row) => row[0])).toEqual(scopes.map((scope) => scope.task ?? 'all prompts'));
        for (const [n, scope] of scopes.entries()) {
          // A column in which nothing is known is left out.
          const cell = (title: string): string => (votes?.columns.includes(title) ? cellOf(votes, n, title) : '–');
          expect(numberOf(cell('open better'))).toBe(scope.counts.a);
          expect(numberOf(cell('both fine'))).toBe(scope.counts.bothFine);
          expect(numberOf(cell('both unusable'))).toBe(scope.counts.bothBad);
          expect(numberOf(cell('closed better'))).toBe(scope.counts.b);
          expect(cell('verdict')).toBe(`${scope.answer}: ${scope.words}`);
          near(cell('lead'), scope.net);
          const [lower = '', upper = ''] = cell('95 % interval').split(' to ');
          near(lower, scope.interval?.lower ?? null);
          near(upper, scope.interval?.upper ?? null);
        }
      }
    }
  });

  it('retries, latency and cost are those of the JSON', () => {
    for (const tables of [markdownTables(markdown), htmlTables(html)]) {
      const ended = tables.find(({ caption }) => caption === 'How answers ended');
      const latency = tables.find(({ caption }) => caption.startsWith('Time to the first token'));
      const expected = [
        ...(json.tasks.length > 1 ? json.tasks.flatMap((task) => task.arms) : []),
        ...json.arms.map((arm) => arm.figures),
      ];
      if (ended === undefined && json.sealed) {
        expect(expected.every((one) => one.usable === null && one.causes.length === 0)).toBe(true);
        continue;
      }
      if (ended === undefined) {
        expect(expected.every((one) => one.usable === one.trials && one.causes.length === 0)).toBe(true);
        continue;
      }
      expect(ended.rows).toHaveLength(expected.length);
      expect(latency === undefined).toBe(expected.every((one) => one.totalMs === null && one.costPer1000 === null));
      for (const [n, figures] of expected.entries()) {
        expect(numberOf(cellOf(ended, n, 'asked'))).toBe(figures.trials);
        expect(numberOf(cellOf(ended, n, 'passed'))).toBe(figures.usable);
        expect(numberOf(cellOf(ended, n, 'answer retries'))).toBe(figures.answerRetries);
        expect(numberOf(cellOf(ended, n, 'of these without an error'))).toBe(figures.silentFailures);
        expect(numberOf(cellOf(ended, n, 'transport retries'))).toBe(figures.transportRetries);
        if (latency === undefined) continue;
        expect(numberOf(cellOf(latency, n, 'timed answers'))).toBe(figures.totalMs?.n ?? 0);
        milliseconds(cellOf(latency, n, 'whole answer, median'), figures.totalMs?.median ?? null);
        milliseconds(cellOf(latency, n, 'whole answer, p95'), figures.totalMs?.p95 ?? null);
        milliseconds(cellOf(latency, n, 'first token, median'), figures.firstTokenMs?.median ?? null);
        const cost = numberOf(cellOf(latency, n, 'cost per 1,000'));
        if (figures.costPer1000 === null) expect(cost).toBeNull();
        else expect(Math.abs((cost ?? Number.NaN) - figures.costPer1000)).toBeLessThanOrEqual(0.005 + 1e-9);
      }
    }
  });

  it('figures of whole agents are those of the JSON, and a sealed report has none', () => {
    const agents = json.arms.flatMap(({ agent }) => (agent ? [agent] : []));
    for (const tables of [markdownTables(markdown), htmlTables(html)]) {
      const table = (caption: string) => tables.find((one) => one.caption === caption);
      const ended = table('How the jobs ended');
      const [time, steps] = ['time', 'steps'].map((by) => table(`Trials done, lost and still working, by ${by}`));
      expect(ended === undefined).toBe(agents.length === 0);
      for (const [n, agent] of agents.entries()) {
        const cell = (title: string): string =>
          ended?.columns.includes(title) ? cellOf(ended, n, title) : 'not measured';
        expect(cell('end state reached')).toBe(agent.done === null ? 'not measured' : `${agent.done}/${agent.trials}`);
        expect(cell('lost')).toBe(`${agent.lost}/${agent.trials}`);
        expect(cell('a person was needed')).toMatch(new RegExp(`^${agent.person.trials}/${agent.trials}`));
        const { recovered } = agent;
        expect(cell('recovered')).toBe(recovered === null ? 'not measured' : `${recovered.done}/${recovered.of}`);
        if (agent.costPerDone !== null)
          expect(numberOf(cell('cost per finished job'))).toBeCloseTo(agent.costPerDone, 2);
        for (const [at, { done, lost, working }] of agent.minutes.entries()) {
          const title = `at ${[15, 30, 60, 120][at]} min`;
          if (!time?.columns.includes(title)) continue;
          expect(cellOf(time, n, title)).toMatch(new RegExp(`^${done} (done|ended), ${lost} lost`));
          expect(cellOf(time, n, title).includes(`${working} working`)).toBe(working > 0);
        }
        for (const [at, { done, lost }] of agent.steps.entries()) {
          const title = `at ${[5, 10, 20, 50][at]} steps`;
          if (!steps?.columns.includes(title)) continue;
          expect(cellOf(steps, n, title)).toMatch(new RegExp(`^${done} (done|ended), ${lost} lost`));
        }
      }
      const alone = table('Of trials still at work, how many are not yet lost')?.rows ?? [];
      const marks = agents.flatMap((agent) =>
        (['minutes', 'steps'] as const).flatMap((key) =>
          agent.alone[key].marks.filter(({ point }) => (point?.atRisk ?? 0) > 0),
        ),
      );
      expect(alone.map((row) => numberOf(row[2] ?? ''))).toEqual(
        marks.map(({ point }) => Math.round((point?.chance ?? Number.NaN) * 100)),
      );
    }
    const drawn = [...html.matchAll(/data-chart="agents-chart-(minutes|steps)"/g)].map(([, unit]) => unit);
    expect(new Set(drawn)).toEqual(new Set(agents.length === 0 ? [] : ['minutes', 'steps']));
  });

  it('every sentence of the answer is in both, word for word', () => {
    const prose = htmlProse(html).replace(/\s+/g, ' ');
    const plain = markdown.split('\n').map(plainMarkdown).join(' ').replace(/\s+/g, ' ');
    const sentences = [
      ...json.pairs.filter((pair) => pair.decides).map((pair) => `${pair.question} ${pair.reply}`),
      ...(json.sealed ? [json.sealed.reason] : json.terms),
      ...json.notices,
      json.next.command ?? '',
      // What to do before the command works stands before it, and the reason behind it.
      json.next.first ?? '',
      json.next.words,
    ];
    for (const sentence of sentences) {
      expect(prose).toContain(sentence);
      expect(plain).toContain(sentence);
    }
  });

  it('is the same bytes again, but for the time it was made', () => {
    const later = buildReport({ ...input, generatedAt: '2031-01-02T03:04:05.000Z' });
    const back = (text: string): string => text.replaceAll('2031-01-02T03:04:05.000Z', input.generatedAt);
    expect(back(jsonReport(later))).toBe(jsonReport(report));
    expect(back(markdownReport(later))).toBe(markdown);
    expect(back(htmlReport(later, tools))).toBe(html);
  });
});

const cellOf = (table: ReadTable | undefined, row: number, title: string): string =>
  table?.rows[row]?.[table.columns.indexOf(title)] ?? `no cell ${title}`;

/** Shown per 100, rounded. */
function near(text: string, value: number | null): void {
  if (value === null) expect(numberOf(text)).toBeNull();
  else expect(Math.abs((numberOf(text) ?? Number.NaN) - value * 100)).toBeLessThanOrEqual(0.5 + 1e-9);
}

function milliseconds(text: string, value: number | null): void {
  const shown = (numberOf(text) ?? Number.NaN) * (text.endsWith(' ms') ? 1 : 1000);
  if (value === null) expect(numberOf(text)).toBeNull();
  else expect(Math.abs(shown - value)).toBeLessThanOrEqual(text.endsWith(' ms') ? 0.5 : 50.001);
}
