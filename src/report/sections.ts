/**
 * The report in reading order, as blocks that Markdown and HTML both lay out: what one says, the other says.
 * Text in blocks is plain and unescaped; a layout escapes it.
 */

import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { quietTables } from './quiet-tables.ts';
import { agentSection } from './section-agents.ts';
import { answerSection, caveatSection } from './section-answer.ts';
import { ballotSection } from './section-ballots.ts';
import { blindSection } from './section-blind.ts';
import { checkedVotesSection } from './section-checked-votes.ts';
import { lossSections } from './section-losses.ts';
import { machineSections } from './section-machine.ts';
import { moneySections } from './section-money.ts';
import { rankingSection } from './section-ranking.ts';
import { refusalSection } from './section-refusals.ts';
import { repeatSection } from './section-repeat.ts';
import { taskSections } from './section-tasks.ts';
import { toolSection } from './section-tools.ts';
import { weekSection } from './section-week.ts';
import { typedBlock } from './typed-blocks.ts';

/** All sections of a report; parts that a sealed run or missing data leave empty are absent. `npx`: commands begin with it. */
export function sections(report: Report, npx = false): Section[] {
  const measured = [...machineSections(report), ...moneySections(report)];
  const typed = npx ? typedBlock : (block: Block): Block => block;
  const part = (...ids: string[]): Section[] => ids.flatMap((id) => measured.filter((section) => section.id === id));
  const all = [
    answerSection(report),
    caveatSection(report),
    weekSection(report),
    ...taskSections(report),
    agentSection(report),
    ...lossSections(report),
    rankingSection(report),
    ...part('retries', 'latency'),
    checkedVotesSection(report),
    refusalSection(report),
    toolSection(report),
    ...part('money'),
    blindSection(report),
    ...part('routes', 'quantization', 'licences', 'strata'),
    repeatSection(report),
    ballotSection(report),
  ];
  return all
    .map((section) => ({ ...section, blocks: section.blocks.flatMap(quietTables).map(typed) }))
    .filter((section) => section.blocks.length > 0);
}
