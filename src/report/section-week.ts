/** The strip of days: what came, what was voted on, and how the votes fell. Sealed, without the votes by model. */
import { count, per100 } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Block, Section } from './blocks.ts';
import { dayColumns, dayRows } from './day-columns.ts';
import type { Report } from './model.ts';
import { table } from './table-columns.ts';
import type { PairDays, WeekReport } from './week-report.ts';

export function weekSection({ week }: Report): Section {
  return { id: 'week', title: 'Day by day', blocks: week === null || week.days.length === 0 ? [] : weekBlocks(week) };
}

function weekBlocks(week: WeekReport): Block[] {
  const texts = weekWords(week).map((text): Block => ({ kind: 'text', text }));
  return [...texts, dayTable(week)];
}

/** The answer of the pair says these by itself. */
const saidAbove: readonly PairDays['drift'][] = ['drift', 'uneven'];

/** What is to be said of the week, the drift of each pair first. */
export const weekWords = ({ pairs, words }: WeekReport): string[] => [
  ...pairs
    .filter(({ drift }) => !saidAbove.includes(drift))
    .map(({ pair, words: drift }) => (pairs.length > 1 ? `${oneLine(pair, 80)}: ${drift}` : drift)),
  ...words,
];

function dayTable(week: WeekReport): Block {
  const caption = `Days in ${week.tz}. The lead is open better minus closed better, per 100 voted prompts of that day. So few votes say little about one day alone. Late records are of earlier days.`;
  const columns = dayColumns(week.pairs.length > 1);
  const isSealed = week.pairs.length === 0;
  return table(
    caption,
    dayRows(week),
    isSealed ? columns.filter(({ title }) => !['voted', 'lead'].includes(title)) : columns,
  );
}

/** One line per day for the short form: `2026-11-02  6 voted  +33`. */
export function weekLines({ days, pairs }: WeekReport): string[] {
  return days.map((day, at) => {
    if (day.silent) return `${day.day}  silent`;
    const nets = pairs.map(({ days: own }) => `${count(own[at]?.votes ?? 0)} voted  ${per100(own[at]?.net ?? null)}`);
    return [day.day, ...(nets.length > 0 ? nets : [`${count(day.toRead)} to read`])].join('  ');
  });
}
