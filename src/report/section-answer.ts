/** The first thing anyone reads: yes, no or not decided; where; what to do next; what the words promise. */

import { count } from '../text/numbers.ts';
import type { Block, Section } from './blocks.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { scopeName, tone } from './scopes.ts';

export function answerSection(report: Report): Section {
  return { id: 'answer', title: 'Answer', blocks: [...answerBlocks(report), ...fineBlocks(report)] };
}

/** Without the fine print: for short forms. */
export function answerBlocks(report: Report): Block[] {
  const pairs = report.pairs.filter((pair) => pair.decides);
  const lead: Block[] = report.sealed
    ? [{ kind: 'lead', text: `No result yet: ${report.sealed.reason}` }]
    : [...pairs.flatMap(pairBlocks), ...bestOfBlocks(report)];
  return [...lead, nextBlock(report), ...report.notices.map((text): Block => ({ kind: 'warning', text }))];
}

const pairBlocks = (pair: PairReport): Block[] => [
  { kind: 'lead', text: `${pair.question} ${pair.reply}` },
  {
    kind: 'verdicts',
    items: answeredScopes(pair).map((scope) => ({
      name: scopeName(scope),
      answer: scope.answer,
      words: `${scope.words}${countsWords(scope)}`,
      tone: tone(scope),
    })),
  },
  ...(pair.overall.units > 0 ? [{ kind: 'text' as const, text: countsLegend }] : []),
];

/** A route is per task, so tasks stand above all prompts. */
export const answeredScopes = ({ tasks, overall }: PairReport): ScopeReport[] =>
  tasks.length > 1 ? [...tasks, overall] : [overall];

/** " (7:1:0)": 22:2:0 is another "good enough" than 9:6:9. */
export function countsWords({ units, counts }: ScopeReport): string {
  if (units === 0) return '';
  const same = counts.bothFine + counts.bothBad + counts.identical + counts.noAnswer;
  return ` (${count(counts.a)}:${count(same)}:${count(counts.b)})`;
}

export const countsLegend = 'In brackets: prompts on which open was better, neither, closed was better.';

const bestOfBlocks = ({ bestOf }: Report): Block[] => (bestOf ? [{ kind: 'text', text: bestOf.words }] : []);

const nextBlock = ({ next }: Report): Block =>
  next.command === null
    ? { kind: 'text', text: next.words }
    : { kind: 'command', command: next.command, words: next.words };

function fineBlocks(report: Report): Block[] {
  if (report.sealed) return [];
  const quantization = report.arms.flatMap((arm) => (arm.role === 'closed' ? [] : (arm.quantizationWords ?? [])));
  return [...report.terms, ...quantization].map((text) => ({ kind: 'text', text }));
}
