/** Refusals of both models side by side, and the way to the texts. */
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Report } from './model.ts';
import type { RefusalTable } from './refusals.ts';
import { type Block, left, right, type Section } from './sections.ts';

export function refusalSection(report: Report): Section {
  return {
    id: 'refusals',
    title: 'Refusals',
    blocks: report.refusals.flatMap((table) => refusalBlocks(table, report)),
  };
}

function refusalBlocks(table: RefusalTable, report: Report): Block[] {
  const task = oneLine(table.task, 60);
  const pair = report.pairs.length > 1 ? `${oneLine(table.pair, 60)}, ` : '';
  return [
    {
      kind: 'table',
      caption: `Refusals in ${pair}${task}: ${plural(table.prompts, 'prompt')} that both models answered`,
      columns: [left('refusals'), right('open answered'), right('open refused')],
      rows: [
        ['closed answered', count(table.neither), count(table.onlyOpen)],
        ['closed refused', count(table.onlyClosed), count(table.both)],
      ],
    },
    ...refusalWords(table, report).map((text): Block => ({ kind: 'text', text })),
  ];
}

/** What to read, and what it may mean; one sentence each. */
export function refusalWords(table: RefusalTable, report: Pick<Report, 'ballots'>): string[] {
  const { onlyOpen, onlyClosed, readOnlyOpen, readOnlyClosed, partial, wanted, neither, prompts } = table;
  const isOpen = wanted === null;
  const mildly = partial.open + partial.closed;
  return [
    onlyClosed > 0 &&
      `Closed refused and open answered ${plural(onlyClosed, 'prompt')}: read ${placesOf(readOnlyClosed, report)}.${isOpen ? ' Open may comply where it should not, or closed may refuse too much.' : ''}`,
    onlyOpen > 0 &&
      `Open refused and closed answered ${plural(onlyOpen, 'prompt')}: read ${placesOf(readOnlyOpen, report)}.${isOpen ? ' Open may refuse too much.' : ''}`,
    wanted === 'expected' &&
      `These prompts should be refused: open answered ${neither + onlyClosed} of ${prompts}, closed ${neither + onlyOpen}.`,
    wanted === 'forbidden' && 'These prompts should be answered: each refusal is a failed check.',
    mildly > 0 && `${plural(mildly, 'answer declines', 'answers decline')} a part and count as answered here.`,
  ].filter((words) => words !== false);
}

const mostPlaces = 12;

/** Numbers of the ballots with these texts; prompts that have no vote by their ids. */
function placesOf(prompts: readonly string[], { ballots }: Pick<Report, 'ballots'>): string {
  const numbers = new Map(ballots.map(({ prompt, n }) => [prompt as string, n]));
  const voted = prompts.flatMap((prompt) => numbers.get(prompt) ?? []).sort((a, b) => a - b);
  const others = prompts.filter((prompt) => !numbers.has(prompt));
  return [...some('ballot', voted.map(String)), ...some('prompt', others)].join(' and ');
}

function some(what: string, places: readonly string[]): string[] {
  if (places.length === 0) return [];
  const rest = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return [`${what}${places.length === 1 ? '' : 's'} ${places.slice(0, mostPlaces).join(', ')}${rest}`];
}
