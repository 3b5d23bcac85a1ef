/**
 * The report in reading order, as blocks that Markdown and HTML both lay out: what one says, the other says.
 * Text in blocks is plain and unescaped; a layout escapes it.
 */

import type { Tone } from './chart-net.ts';
import type { Report } from './model.ts';
import { quietTables } from './quiet-tables.ts';
import { answerSection } from './section-answer.ts';
import { ballotSection } from './section-ballots.ts';
import { blindSection } from './section-blind.ts';
import { checkedVotesSection } from './section-checked-votes.ts';
import { machineSections } from './section-machine.ts';
import { moneySections } from './section-money.ts';
import { rankingSection } from './section-ranking.ts';
import { refusalSection } from './section-refusals.ts';
import { repeatSection } from './section-repeat.ts';
import { taskSections } from './section-tasks.ts';
import { toolSection } from './section-tools.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
}

export type Block =
  | { kind: 'lead' | 'text' | 'warning'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'command'; command: string; words: string }
  | { kind: 'table'; caption: string; columns: Column[]; rows: string[][] }
  | { kind: 'verdicts'; items: { name: string; answer: string; words: string; tone: Tone }[] }
  /** Pictures of numbers that stand in tables as well: formats without pictures leave them out. */
  | { kind: 'chart'; chart: 'net'; pair: number }
  | { kind: 'chart'; chart: 'retries' | 'latency' | 'cost' | 'survival' }
  | { kind: 'ballots' };

export interface Section {
  id: string;
  title: string;
  blocks: Block[];
  /** Closed until a reader opens it. */
  folded?: boolean;
}

/** All sections of a report; parts that a sealed run or missing data leave empty are absent. */
export function sections(report: Report): Section[] {
  const all = [
    answerSection(report),
    ...taskSections(report),
    rankingSection(report),
    ...machineSections(report),
    checkedVotesSection(report),
    refusalSection(report),
    toolSection(report),
    ...moneySections(report),
    blindSection(report),
    repeatSection(report),
    ballotSection(report),
  ];
  return all
    .map((section) => ({ ...section, blocks: section.blocks.flatMap(quietTables) }))
    .filter((section) => section.blocks.length > 0);
}

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });
