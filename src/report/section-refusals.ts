/** Refusals of both models side by side, and the way to the texts. */
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import type { RefusalTable } from './refusals.ts';
import { left, right, type TableBlock, table } from './table-columns.ts';

export function refusalSection(report: Report): Section {
  return {
    id: 'refusals',
    title: 'Refusals',
    blocks: report.refusals.flatMap((found, at) => refusalBlocks(found, at, report)),
  };
}

function refusalBlocks(found: RefusalTable, at: number, report: Report): Block[] {
  return [
    { kind: 'chart', chart: 'refusals', table: at },
    table(
      `Refusals in ${tableName(found, report)}: ${plural(found.prompts, 'prompt')} that both models answered`,
      [
        { closed: 'closed answered', answered: found.neither, refused: found.onlyOpen },
        { closed: 'closed refused', answered: found.onlyClosed, refused: found.both },
      ],
      [
        left('refusals', ({ closed }) => closed),
        right('open answered', ({ answered }) => count(answered)),
        right('open refused', ({ refused }) => count(refused)),
      ],
    ),
    ...refusalWords(found, report).map((text): Block => ({ kind: 'text', text })),
  ];
}

/** What to read, and what it may mean; one sentence each. */
export function refusalWords(found: RefusalTable, report: Pick<Report, 'ballots'>): string[] {
  const {
    onlyOpen,
    onlyClosed,
    readOnlyOpen,
    readOnlyClosed,
    readPartial,
    partial,
    withheld,
    wanted,
    neither,
    prompts,
  } = found;
  const isOpen = wanted === null;
  const mildly = partial.open + partial.closed;
  const read = (ids: readonly string[]): string => `read ${placesOf(ids, found, report)} first.`;
  return [
    onlyClosed > 0 &&
      `Closed refused and open answered ${plural(onlyClosed, 'prompt')}: ${read(readOnlyClosed)}${isOpen ? ' Open may comply where it should not, or closed may refuse too much.' : ''}`,
    onlyOpen > 0 &&
      `Open refused and closed answered ${plural(onlyOpen, 'prompt')}: ${read(readOnlyOpen)}${isOpen ? ' Open may refuse too much.' : ''}`,
    wanted === 'expected' &&
      `These prompts should be refused: open answered ${neither + onlyClosed} of ${prompts}, closed ${neither + onlyOpen}.`,
    wanted === 'forbidden' && 'These prompts should be answered: each refusal is a failed check.',
    withheld.open + withheld.closed > 0 &&
      `A filter withheld answers, and each counts as a refusal here: ${withheld.open} of open, ${withheld.closed} of closed.`,
    mildly > 0 &&
      `${plural(mildly, 'answer declines a part and counts', 'answers decline a part and count')} as answered here: ${placesOf(readPartial, found, report)}.`,
  ].filter((words) => words !== false);
}

/** One row for each table: the four cells side by side, for narrow places. */
export const refusalTable = (report: Report): TableBlock =>
  table('Refusals', report.refusals, [
    left('refusals', (found) => tableName(found, report)),
    right('neither', ({ neither }) => count(neither)),
    right('only closed', ({ onlyClosed }) => count(onlyClosed)),
    right('only open', ({ onlyOpen }) => count(onlyOpen)),
    right('both', ({ both }) => count(both)),
  ]);

/** "advice: Closed refused and open answered …", for all tables. */
export const refusalSummary = (report: Report): string[] =>
  report.refusals.flatMap((found) =>
    refusalWords(found, report).map((text) =>
      report.refusals.length > 1 ? `${tableName(found, report)}: ${text}` : text,
    ),
  );

export const tableName = ({ pair, task }: RefusalTable, { pairs }: Report): string =>
  `${pairs.length > 1 ? `${oneLine(pair, 60)}, ` : ''}${oneLine(task, 60)}`;

const mostPlaces = 12;

/** Numbers of the prompts with these ballots; of prompts that have no vote the ids: reading them spoils a vote. */
function placesOf(prompts: readonly string[], { pair }: RefusalTable, { ballots }: Pick<Report, 'ballots'>): string {
  const numbers = new Map(ballots.filter((one) => one.pair === pair).map(({ prompt, n }) => [prompt as string, n]));
  const voted = prompts.flatMap((prompt) => numbers.get(prompt) ?? []).sort((a, b) => a - b);
  const others = prompts.filter((prompt) => !numbers.has(prompt));
  const unvoted = others.length === 0 ? [] : [`${some('prompt', others).join('')} (no votes; texts in attempts/)`];
  return [...some('prompt', voted.map(String)), ...unvoted].join(' and ');
}

function some(what: string, places: readonly string[]): string[] {
  if (places.length === 0) return [];
  const rest = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return [`${what}${places.length === 1 ? '' : 's'} ${places.slice(0, mostPlaces).join(', ')}${rest}`];
}
