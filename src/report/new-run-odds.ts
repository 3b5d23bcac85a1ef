/** How a new run of so many votes ends, of ten: said where a run has nothing left to ask. */
import type { RunRecord } from '../records/run-record.ts';
import { listed } from '../text/numbers.ts';
import { type NewRunChance, newRunChance } from '../verdicts/answer-chance.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';

/** A sentence with a blank before it; empty where the rule reads more than preferences, or weighs several tasks. */
export function newRunOdds(open: readonly ScopeVerdict[], run: RunRecord, votes: number): string {
  const isPlain = run.settings.endpoint === 'preference' && run.settings.hard === null;
  const isTask = open.every(({ task }) => task !== null || run.tasks.length === 1);
  if (!isPlain || !isTask) return '';
  const chances = open.flatMap((scope) => newRunChance(scope, run.margin, votes) ?? []);
  const [only] = chances;
  if (only === undefined) return '';
  return ` If no ballot is skipped, ${chances.length === 1 ? splitWords(only) : rangeWords(chances)}.`;
}

/** "about 7 of 10 such runs end in a YES and 1 in a NO" */
function splitWords({ yes, no, yourCall }: NewRunChance): string {
  const [yeses, noes, calls] = tenthsOf([yes, no, yourCall]);
  const parts = [
    { count: yeses, answer: 'a YES' },
    { count: noes, answer: 'a NO' },
    { count: calls, answer: 'YOUR CALL' },
  ].flatMap(({ count = 0, answer }) => (count > 0 ? [{ count, answer }] : []));
  const [first, ...others] = parts.sort((one, other) => other.count - one.count);
  if (first === undefined) return 'fewer than 1 of 10 such runs bring an answer';
  const verb = first.count === 1 ? 'ends' : 'end';
  return listed([
    `about ${first.count} of 10 such runs ${verb} in ${first.answer}`,
    ...others.map(({ count, answer }) => `${count} in ${answer}`),
  ]);
}

/** Of several tasks or models: any answer but NOT YET. */
function rangeWords(chances: readonly NewRunChance[]): string {
  const tenths = chances.map(({ yes, no, yourCall }) => Math.round((yes + no + yourCall) * 10));
  const [fewest, most] = [Math.min(...tenths), Math.max(...tenths)];
  return `each of these verdicts comes in ${fewest === most ? `about ${most}` : `${fewest} to ${most}`} of 10 such runs`;
}

/** Whole tenths, rounded down where together they would be more than ten. */
function tenthsOf(shares: readonly number[]): number[] {
  const rounded = shares.map((each) => Math.round(each * 10));
  const isMore = rounded.reduce((sum, each) => sum + each, 0) > 10;
  return isMore ? shares.map((each) => Math.floor(each * 10)) : rounded;
}
