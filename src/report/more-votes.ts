/** `more` as the next step: which task, how many votes, and how often they bring a verdict. */
import { votingMinutes } from '../blind/session/pace.ts';
import type { RunRecord } from '../records/run-record.ts';
import { costsOf, isCostly } from '../stats/lost-prompts.ts';
import { votesRead } from '../stats/task-verdict.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { answerChance } from '../verdicts/answer-chance.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { frozenPrompts } from './frozen-prompts.ts';
import type { NextStep } from './week-steps.ts';

type OpenTask = ScopeVerdict & Pick<PairVerdicts, 'pair'>;

interface Undecided {
  run: RunRecord;
  /** Undecided tasks of the pairs that decide. */
  open: readonly OpenTask[];
  /** The undecided ones of "all prompts". */
  overall: readonly ScopeVerdict[];
  /** " RUN", as the command takes it; empty without a folder. */
  at: string;
  /** Milliseconds of a ballot. */
  each: number;
}

/** Below this, with all of the reserve read, `more` is not proposed. */
const leastChance = 0.1;

/**
 * First the task that needs the fewest votes if they go on as they are, then the traffic as a whole, then the task that
 * all of its reserve decides most often. Over 6,000 simulated sessions a verdict cost 3 to 8 % fewer votes this way than
 * with the task whose evidence is nearest to a verdict.
 */
export function proposeMore(undecided: Undecided): NextStep | 'too-unlikely' | 'nothing-left' {
  const { run, open } = undecided;
  const left = open.filter((task) => reserveLeft(run, task) > 0);
  // With fewer prompts than are wanted an answer may be out of reach.
  const near = left.filter(
    (task) =>
      task.remaining !== null &&
      (task.remaining <= reserveLeft(run, task) ||
        (answerChance(task, run, reserveLeft(run, task)) ?? 1) >= leastChance),
  );
  const [quickest] = [...near].sort((a, b) => (a.remaining ?? 0) - (b.remaining ?? 0));
  if (quickest) return moreOfTask(quickest, quickest.remaining ?? 1, undecided);
  const overall = moreOverall(undecided);
  if (overall) return overall;
  const chances = left.map((task) => ({ task, chance: answerChance(task, run, reserveLeft(run, task)) ?? 1 }));
  const [likeliest] = chances.sort((a, b) => b.chance - a.chance);
  if (!likeliest) return 'nothing-left';
  if (likeliest.chance < leastChance) return 'too-unlikely';
  return moreOfTask(likeliest.task, reserveLeft(run, likeliest.task), undecided);
}

/** Prompts of the whole reserve, dealt by traffic, where the overall answer is near. */
function moreOverall({ run, overall, at, each }: Undecided): NextStep | null {
  const wanted = Math.min(...overall.map(({ remaining }) => remaining ?? Number.POSITIVE_INFINITY));
  const reserve = Math.max(0, ...overall.map(({ planned }) => frozenPrompts(run.tasks, null) - planned));
  if (!Number.isFinite(wanted) || reserve === 0) return null;
  const votes = Math.min(Math.max(wanted, 1), reserve);
  return {
    command: `gapcheck more${at} ${votes}`,
    words: `${minutes(votes, run, each)}${shortOf(votes, wanted)}; for the answer on all prompts, if the votes go on as they are`,
    chance: null,
  };
}

function moreOfTask(task: OpenTask, wanted: number, { run, at, each }: Undecided): NextStep {
  const votes = Math.min(Math.max(wanted, 1), reserveLeft(run, task));
  const chance = chanceOfVerdict(task, run, votes);
  const isBeyond = votes < wanted && task.read + wanted > votesRead;
  const open = run.pairs.length > 1 ? modelOf(run, task.pair.a) : 'open';
  return {
    command: `gapcheck more${at} ${votes} --task ${shellWord(task.task ?? '')}`,
    words: `${minutes(votes, run, each)}${isBeyond ? beyond(wanted) : shortOf(votes, wanted)}${chanceWords(chance, open)}`,
    chance,
  };
}

const minutes = (votes: number, { pairs }: RunRecord, each: number): string =>
  `about ${votingMinutes(votes * pairs.length, each)} min of voting`;

const beyond = (wanted: number): string =>
  `; about ${wanted} are wanted, but no vote of a task is read after the first ${votesRead}`;

const shortOf = (votes: number, wanted: number): string =>
  votes < wanted
    ? `; the run has no more prompts than these, and about ${wanted} are wanted: for the others put more of your log into a file`
    : '';

/** Reckoned from preferences as they are: it knows neither the retry endpoint nor weights, nor what lost prompts cost. */
const chanceOfVerdict = (task: ScopeVerdict, run: RunRecord, votes: number): number | null =>
  run.settings.endpoint === 'preference' && run.settings.hard === null && !losesPrompts(task)
    ? answerChance(task, run, votes)
    : null;

/** Prompts that were skipped, or that one model could not be asked, may take a verdict back. */
function losesPrompts({ skipped, unasked, units }: ScopeVerdict): boolean {
  const costs = costsOf({ skipped, openUnasked: unasked.a, closedUnasked: unasked.b }, units);
  return isCostly(costs.losses) || isCostly(costs.wins);
}

/** Whole tenths: the reckoning is no finer. "Either way", or it would be read as the chance that open wins. */
function chanceWords(chance: number | null, open: string): string {
  if (chance === null) return '';
  const tenths = Math.min(9, Math.max(1, Math.round(chance * 10)));
  const border = chance < 0.05 ? ' or less' : chance >= 0.95 ? ' or more' : '';
  return `; chance of a verdict for this task, for or against ${open}: about ${tenths} in 10${border}`;
}

const modelOf = (run: RunRecord, name: string): string =>
  oneLine(run.arms.find((arm) => arm.name === name)?.model ?? name, 60);

/** Prompts of a task still in reserve whose votes the rule would read: `more` moves them to the planned ones. */
function reserveLeft(run: RunRecord, { task, planned, read }: ScopeVerdict): number {
  const plan = run.tasks.find((one) => one.task === task);
  return plan ? Math.max(0, Math.min(plan.planned + plan.reserve - planned, votesRead - read)) : 0;
}
