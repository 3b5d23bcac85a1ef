/** The first thing anyone reads: yes, no or not decided; where; what to do next; what the words promise. */
import { tone } from './chart-net.ts';
import type { PairReport, Report } from './model.ts';
import { scopeName } from './section-tasks.ts';
import type { Block, Section } from './sections.ts';

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
  { kind: 'lead', text: `${pair.who === null ? '' : `${pair.who}. `}${pair.question} ${pair.reply}` },
  ...(pair.tasks.length > 1
    ? [
        {
          kind: 'verdicts' as const,
          items: pair.tasks.map((task) => ({ name: scopeName(task), words: task.words, tone: tone(task) })),
        },
      ]
    : []),
];

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
