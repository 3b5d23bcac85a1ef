/** What is to be said of how an arm's answers ended, beyond its checks: one sentence per cause. */
import type { StepRecord } from '../records/attempt-record.ts';
import { ruleOf } from '../records/outcomes.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import { count, plural } from '../text/numbers.ts';
import type { Trial } from './trial.ts';

/** One may be chance; three are the server. */
const enoughForParser = 3;

type Known = Pick<ArmRecord, 'name' | 'setup'>;

/** `trials` of one arm. Empty where all ended as they should. */
export function endNotes(arm: Known, trials: Iterable<Trial>, settings: Pick<RunSettings, 'maxTokens'>): string[] {
  const ends = [...trials].flatMap(({ answer }) => answer?.steps.at(-1) ?? []);
  const of = (cause: string): StepRecord[] =>
    ends.filter((step) => ruleOf(step).cause === cause && step.outcome === 'answered');
  return [
    ...capSpent(arm, of('cap-spent'), ends.length, settings),
    ...allReasoning(arm, of('all-reasoning'), ends.length),
    ...unreadable(arm, of('tool-call-unreadable'), ends.length),
    ...unknownFinishes(of('finish-unknown')),
    ...absentFinishes(of('finish-absent')),
  ];
}

function capSpent(
  { name, setup }: Known,
  spent: readonly StepRecord[],
  all: number,
  settings: Pick<RunSettings, 'maxTokens'>,
) {
  if (spent.length === 0) return [];
  const own = typeof setup?.maxTokens === 'number' ? setup.maxTokens : settings.maxTokens;
  const cap = Math.max(0, ...spent.map(({ usage }) => usage?.out ?? 0)) || own;
  return [
    `${count(spent.length)} of ${plural(all, 'answer')} of ${name} ${spent.length === 1 ? 'has' : 'have'} no text: all ${count(cap)} tokens went into reasoning. Raise maxTokens of this arm, or set think: false.`,
  ];
}

const allReasoning = ({ name }: Known, found: readonly StepRecord[], all: number): string[] =>
  found.length < enoughForParser
    ? []
    : [
        `${count(found.length)} of ${plural(all, 'answer')} of ${name} came as reasoning only: the server's reasoning parser does not fit this model. Start the server without it.`,
      ];

function unreadable({ name }: Known, found: readonly StepRecord[], all: number): string[] {
  if (found.length === 0) return [];
  const lost = found.filter(({ text = '', usage }) => text === '' && (usage?.out ?? 0) > 0);
  const tokens = lost.reduce((sum, { usage }) => sum + (usage?.out ?? 0), 0);
  const more = lost.length > 0 ? `; ${count(tokens)} tokens were written and not handed over` : '';
  return [
    `The server could not read the tool call in ${count(found.length)} of ${plural(all, 'answer')} of ${name}${more}.`,
  ];
}

function unknownFinishes(found: readonly StepRecord[]): string[] {
  const words = new Map<string, number>();
  for (const { finish = '' } of found) words.set(finish, (words.get(finish) ?? 0) + 1);
  return [...words].map(
    ([word, times]) => `Finish reason ${word.slice(0, 60)} is not known: ${plural(times, 'answer')} taken as whole.`,
  );
}

const absentFinishes = (found: readonly StepRecord[]): string[] =>
  found.length === 0
    ? []
    : [
        `${plural(found.length, 'answer')} ended without a finish reason and ${found.length === 1 ? 'is' : 'are'} taken as whole.`,
      ];
