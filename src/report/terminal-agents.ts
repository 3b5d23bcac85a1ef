/** Whole agents in the terminal: a row per question, a column per agent. */
import { percent } from '../text/numbers.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { type AgentArm, agentArms, endColumns, mostTries } from './agent-columns.ts';
import { armTitle } from './arm-report.ts';
import type { Report } from './model.ts';
import { agentNotes, standingRows } from './section-agents.ts';
import { type Paint, terminalTable } from './terminal-table.ts';

interface Page {
  columns: number;
  paint: Paint;
  wrapped(text: string, indent?: string): string[];
}

export function agentLines(report: Report, { columns, paint, wrapped }: Page): string[] {
  const shown = agentArms(report.arms);
  if (shown.length === 0) return [];
  const room = Math.max(12, Math.floor((columns - 26) / shown.length) - 2);
  const head = shown.map(({ arm }) =>
    oneLine(arm.model, 200).length + arm.kind.length + 3 > room ? shortened(arm.kind, room) : armTitle(arm),
  );
  const rows = [
    ...endColumns.map(({ title, shown: words }) => [title, ...shown.map(({ agent }) => words(agent))]),
    ...passRow(shown),
    // Without commas two agents fit on 80 columns.
    ...standingRows(shown).map(([title, cells]) => [title, ...cells.map((cell) => cell.replaceAll(',', ''))]),
  ];
  return [
    '',
    ...fitting(['Whole agents', ...head], rows, columns, paint, wrapped),
    ...agentNotes(shown).flatMap((text) => wrapped(text)),
    '',
  ];
}

/** pass^k of as many trials as each job had. */
function passRow(shown: readonly AgentArm[]): string[][] {
  const most = mostTries(shown);
  if (most < 2) return [];
  return [[`pass^${most}`, ...shown.map(({ agent }) => percent(agent.passHat[most - 1]?.chance ?? null))]];
}

/** Where the columns do not fit beside each other no agent is dropped: each is in a list of its own. */
function fitting(head: string[], rows: string[][], columns: number, paint: Paint, wrapped: Page['wrapped']): string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)) + 2);
  if (widths.reduce((sum, width) => sum + width, 0) <= columns) return terminalTable(head, rows, columns, paint);
  return head
    .slice(1)
    .flatMap((agent, at) => [
      ...wrapped(`Whole agents, ${agent}`),
      ...rows.flatMap(([title = '', ...cells]) => wrapped(`  ${title}: ${cells[at] ?? ''}`, '    ')),
    ]);
}
