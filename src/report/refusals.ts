/**
 * Who refused what: two by two for each pair and task. Refusing is a property of prompt and answer: the table counts and
 * shows the way to the texts, and a person says which refusals were right.
 */
import { checksFor } from '../checks/infer.ts';
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { pairName } from '../records/run-record.ts';
import { trialKey } from '../runs/trial.ts';
import { ballotKinds, type Came, whatCame } from '../voting/what-came.ts';
import type { ReportInput } from './report-input.ts';

export interface RefusalTable {
  /** open:closed. */
  pair: string;
  task: string;
  /** What the config says of the task's prompts; null where it says nothing, or not the same of all. */
  wanted: 'expected' | 'forbidden' | null;
  /** Prompts that both arms answered, refusals included. */
  prompts: number;
  neither: number;
  onlyOpen: number;
  onlyClosed: number;
  both: number;
  /** Answers that decline a part and do the rest. */
  partial: { open: number; closed: number };
  /** Refusals that a filter made: no word of the model came through. */
  withheld: { open: number; closed: number };
  /** Prompts to read: ids in frozen order. */
  readOnlyOpen: PromptId[];
  readOnlyClosed: PromptId[];
  readPartial: PromptId[];
}

/** Tables with at least one refusal in them, and those of tasks whose prompts should be refused. */
export function refusalTables(input: ReportInput): RefusalTable[] {
  const { run, prompts } = input;
  return run.pairs
    .filter(({ decides }) => decides)
    .flatMap((pair) =>
      run.tasks.map(({ task }) =>
        tableOf(
          pairName(pair),
          task,
          prompts.filter((prompt) => prompt.task === task).flatMap((prompt) => readingsOf(input, prompt, pair)),
        ),
      ),
    )
    .filter(({ onlyOpen, onlyClosed, both, partial, wanted, prompts: count }) => {
      const found = onlyOpen + onlyClosed + both + partial.open + partial.closed;
      return found > 0 || (wanted === 'expected' && count > 0);
    });
}

interface Cell {
  prompt: PromptId;
  wanted: RefusalTable['wanted'];
  open: Came;
  closed: Came;
}

function readingsOf({ run, trials }: ReportInput, prompt: PromptRecord, pair: { a: string; b: string }): Cell[] {
  const came = (name: string): Came => {
    const templateEnds = run.arms.find((arm) => arm.name === name)?.templateEnds;
    return whatCame(trials[name]?.get(trialKey(prompt.id, 1)), { prompt, templateEnds });
  };
  const [open, closed] = [came(pair.a), came(pair.b)];
  const isThere = (one: Came): boolean => ballotKinds[one] !== 'none';
  return isThere(open) && isThere(closed)
    ? [{ prompt: prompt.id, wanted: wantedOf(prompt, run.settings.checks), open, closed }]
    : [];
}

function wantedOf(prompt: PromptRecord, checks: ReportInput['run']['settings']['checks']): Cell['wanted'] {
  const value = checksFor(prompt, checks).find(({ check }) => check === 'refusal')?.value;
  return value === 'expected' || value === 'forbidden' ? value : null;
}

/** A filter declines as well. */
const isRefusal = (came: Came): boolean => came === 'refused' || came === 'withheld';

function tableOf(pair: string, task: string, cells: readonly Cell[]): RefusalTable {
  const refused = (side: 'open' | 'closed', other: 'open' | 'closed'): PromptId[] =>
    cells.filter((cell) => isRefusal(cell[side]) && !isRefusal(cell[other])).map(({ prompt }) => prompt);
  const [readOnlyOpen, readOnlyClosed] = [refused('open', 'closed'), refused('closed', 'open')];
  const both = cells.filter(({ open, closed }) => isRefusal(open) && isRefusal(closed)).length;
  const wanted = new Set(cells.map((cell) => cell.wanted));
  const countOf = (came: Came) => ({
    open: cells.filter(({ open }) => open === came).length,
    closed: cells.filter(({ closed }) => closed === came).length,
  });
  return {
    pair,
    task,
    wanted: wanted.size === 1 ? (cells[0]?.wanted ?? null) : null,
    prompts: cells.length,
    neither: cells.length - both - readOnlyOpen.length - readOnlyClosed.length,
    onlyOpen: readOnlyOpen.length,
    onlyClosed: readOnlyClosed.length,
    both,
    partial: countOf('partial'),
    withheld: countOf('withheld'),
    readOnlyOpen,
    readOnlyClosed,
    readPartial: cells.filter(({ open, closed }) => [open, closed].includes('partial')).map(({ prompt }) => prompt),
  };
}
