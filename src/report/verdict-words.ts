/** Every sentence that promises an error rate or states a verdict, for plan and report alike. */
import type { RunRecord } from '../records/run-record.ts';
import { largestOrdinaryMargin } from '../stats/planned-look.ts';
import { defaultRule, reaches } from '../stats/verdict.ts';
import { anyWrongChance, type TaskVotes } from '../stats/wrong-words.ts';
import { capital, count, listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { fewestAsked } from '../verdicts/decide.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { type SourceWords, sourceOf } from './source-words.ts';

type Terms = Pick<RunRecord, 'margin' | 'alpha'> & {
  endpoint: RunRecord['settings']['endpoint'];
  /** Absent: open. */
  challenger?: string;
  isDefault?: boolean;
};

/** What a scope's votes say, as a phrase after its name: "open is within your margin". */
export function scopeWords(scope: ScopeVerdict): string {
  if (scope.units === 0)
    return scope.skipped > 0
      ? `no votes: ${plural(scope.skipped, 'prompt was', 'prompts were')} skipped`
      : 'no votes yet';
  if (scope.toGo > 0) return `not decided: ${plural(scope.toGo, 'ballot')} to go`;
  if (scope.neither) return `neither model does this task: both unusable in ${bothBad(scope)}`;
  if (scope.verdict === 'keep-closed')
    return scope.withinMargin ? 'closed is better, but within your margin' : 'keep the closed model';
  if (scope.verdict === 'open-better') return `${scope.challenger} is better`;
  if (scope.verdict === 'open-good-enough') return `${scope.challenger} is within your margin`;
  if (scope.withdrawn !== null) return `not decided: ${withdrawnWords(scope)}`;
  const same = sameWords(scope);
  if (scope.redo.asked < fewestAsked && same !== null) return `not decided: ${same}`;
  if (scope.leaning !== 'none') return `leans ${leaningSide(scope)} (a hint)`;
  return `not decided: ${undecidedWords(scope)}`;
}

const bothBad = ({ counts, redo }: ScopeVerdict): string => `${count(counts.bothBad)} of ${count(redo.asked)}`;
function leaningSide({ leaning, challenger }: ScopeVerdict): string {
  if (leaning !== 'leans-open') return 'closed';
  return challenger === 'open' ? challenger : `to ${challenger}`;
}

function undecidedWords(scope: ScopeVerdict): string {
  const { units } = scope;
  if (units < fewestVotes) return `${plural(units, nounOf(scope))}; a verdict needs at least ${fewestVotes}`;
  return tellWords(scope);
}

/** Equal answers count, and nobody voted on them. */
const nounOf = ({ counts }: ScopeVerdict): string => (counts.identical > 0 ? 'prompt' : 'vote');
const readWords = (scope: ScopeVerdict): string => plural(scope.read, nounOf(scope));
const tellWords = (scope: ScopeVerdict): string => `${readWords(scope)} ${scope.read === 1 ? 'does' : 'do'} not tell`;

/** "on 17 of 24 prompts both gave the same answer; no rater read those"; null where none was the same. */
export const sameWords = ({ counts, units }: ScopeVerdict): string | null =>
  counts.identical === 0
    ? null
    : `on ${count(counts.identical)} of ${plural(units, 'prompt')} both gave the same answer; no rater read those`;

/** Half of the prompts or more were never read by anybody. */
export const isMostlySame = ({ counts, units }: ScopeVerdict): boolean =>
  counts.identical > 0 && counts.identical * 2 >= units;

/** Skipped ballots took the verdict back, and no prompt that a model could not be asked. */
export const isWithdrawnBySkips = ({ withdrawn, skipped, unasked }: ScopeVerdict): boolean =>
  withdrawn !== null && skipped > 0 && (withdrawn === 'keep-closed' ? unasked.b : unasked.a) === 0;

function withdrawnWords(scope: ScopeVerdict): string {
  const { challenger, skipped, unasked, units, withdrawn } = scope;
  if (isWithdrawnBySkips(scope)) return `${plural(skipped, 'skipped prompt')} could change it`;
  const total = units + skipped + unasked.a + unasked.b;
  const [side, lost] = withdrawn === 'keep-closed' ? ['closed', unasked.b] : [challenger, unasked.a];
  return `${side} could not be asked ${count(lost)} of ${plural(total, 'prompt')}`;
}

export interface OverallFacts {
  margin: number;
  endpoint: Terms['endpoint'];
  /** Tasks of the log were left out: the answer is about the others. */
  leftOut: boolean;
  /** Days of a watched week: the answer is about them. */
  days?: number;
  source: SourceWords;
}

export const overallFacts = (run: RunRecord): OverallFacts => ({
  margin: run.margin,
  endpoint: run.settings.endpoint,
  leftOut: run.leftOut.length > 0,
  source: sourceOf(run),
  ...(run.settings.watch && { days: run.settings.watch.days }),
});

/** The first line of every report: yes, no or not decided, over the traffic, and where tasks differ from it. */
export function overallWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], facts: OverallFacts): string {
  if (overall.units === 0)
    return overall.skipped > 0
      ? `Nothing to decide on: ${plural(overall.skipped, 'prompt was', 'prompts were')} skipped, and nobody voted.`
      : 'Nobody has voted yet.';
  if (overall.toGo > 0) return `Not decided: ${plural(overall.toGo, 'ballot')} to go.`;
  if (overall.neither)
    return `No. In ${bothBad(overall)} prompts both answers were unusable: neither model does this work.`;
  if (overall.verdict === 'keep-closed') return noWords(overall, tasks, facts);
  if (overall.verdict === 'undecided') return undecidedOverall(overall, tasks);
  return yesWords(overall, tasks, facts);
}

function traffic({ leftOut, days, source }: OverallFacts): string {
  if (days !== undefined) return `the traffic of these ${plural(days, 'day')}`;
  if (!leftOut) return source.traffic;
  return source.records === 'calls' ? 'the traffic of these tasks' : 'the prompts of these tasks';
}

function yesWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], facts: OverallFacts): string {
  const kept = names(tasks.filter((task) => !task.neither && isKept(task)));
  const neither = names(tasks.filter((task) => task.neither));
  const better = overall.verdict === 'open-better';
  const { challenger } = overall;
  const short = better ? `${challenger} is better on ${traffic(facts)}` : `${challenger} is within your margin`;
  if (kept.length > 0) return `Not everywhere: ${short}, but keep the closed model for ${listed(kept)}.`;
  if (neither.length > 0) return `Not everywhere: ${short}, but neither model does ${listed(neither)}.`;
  const unread = isMostlySame(overall) ? ` ${capital(sameWords(overall) ?? '')}.` : '';
  return `Yes: ${short}.${better ? '' : ` ${withinWords(facts, challenger)}`}${unread}${aloneWords(tasks)}`;
}

/**
 * Why the whole has a verdict where tasks have none. A mixture can be good while one of its tasks is not: routes stay
 * closed task by task. `may`: what more votes may still bring.
 */
function aloneWords(tasks: readonly ScopeVerdict[], may?: string): string {
  const open = tasks.filter(isUndecided);
  if (tasks.length < 2 || open.length === 0) return '';
  const still =
    may === undefined ? '' : ` With more votes ${open.length === 1 ? 'it' : 'one of them'} may still ${may}.`;
  if (open.length === tasks.length)
    return ` None of the tasks is decided alone: each has fewer votes than all prompts together.${still}`;
  return ` Alone, ${areUndecided(open, tasks)}.${still}`;
}

const isUndecided = ({ verdict, neither }: ScopeVerdict): boolean => verdict === 'undecided' && !neither;

function areUndecided(open: readonly ScopeVerdict[], tasks: readonly ScopeVerdict[]): string {
  const which = open.length > 3 ? `${count(open.length)} of ${plural(tasks.length, 'task')}` : listed(names(open));
  return `${which} ${open.length === 1 ? 'is' : 'are'} not decided`;
}

function withinWords(facts: OverallFacts, challenger: string): string {
  const { margin, endpoint } = facts;
  const prompts = likeTheseWords(facts);
  const size = Math.round(margin * 100);
  return endpoint === 'retry'
    ? `Of 100 ${prompts}, at most ${size} more answers of ${challenger} than of closed are unusable, as far as these votes can tell. It may still be worse.`
    : `Of 100 ${prompts}, closed wins at most ${size} more than ${challenger}, as far as these votes can tell. It may still be worse.`;
}

function likeTheseWords({ leftOut, days, source }: OverallFacts): string {
  if (days !== undefined) return `different prompts that your app sent in these ${plural(days, 'day')}`;
  const prompts = leftOut ? 'prompts of these tasks' : 'prompts';
  return source.records === 'calls' ? `${prompts} as your app sends them` : `${prompts} like those of ${source.log}`;
}

const isKept = ({ verdict, withinMargin }: ScopeVerdict): boolean => verdict === 'keep-closed' && !withinMargin;
const isGood = ({ verdict, neither }: ScopeVerdict): boolean =>
  !neither && (verdict === 'open-good-enough' || verdict === 'open-better');

function noWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], facts: OverallFacts): string {
  const good = names(tasks.filter(isGood));
  const but = good.length > 0 ? ` For ${listed(good)} alone, ${overall.challenger} is within your margin.` : '';
  const rest = `${but}${aloneWords(tasks, `move to ${overall.challenger}`)}`;
  if (overall.withinMargin) return `Your call: closed is better, but within your margin.${rest}`;
  return `No: keep the closed model. Over ${traffic(facts)} closed is better.${rest}`;
}

/** One task to keep answers "everywhere?" with no, whatever all prompts together say. */
function undecidedOverall(overall: ScopeVerdict, tasks: readonly ScopeVerdict[]): string {
  const kept = names(tasks.filter((task) => !task.neither && isKept(task)));
  const lean = overall.leaning === 'none' ? '' : `; they lean ${leaningSide(overall)} (a hint, too weak to act on)`;
  const same = overall.redo.asked < fewestAsked ? sameWords(overall) : null;
  const why =
    overall.withdrawn !== null
      ? withdrawnWords(overall)
      : (same ?? `${overall.read === 1 ? 'this' : 'these'} ${tellWords(overall)}${lean}`);
  if (kept.length === 0) return `Not decided: ${why}.`;
  const start = tasks.some(isGood) ? 'Not everywhere' : 'Not yet';
  return `${start}: keep the closed model for ${listed(kept)}; ${othersWords(tasks, overall)}. Over all tasks together it is not decided: ${why}.`;
}

/** "Not everywhere" alone leaves open where then, and "not yet" what is missing. */
function othersWords(tasks: readonly ScopeVerdict[], { challenger }: ScopeVerdict): string {
  const good = names(tasks.filter(isGood));
  if (good.length > 0) return `${listed(good)} may move to ${challenger}`;
  const open = tasks.filter(isUndecided);
  return open.length > 0 ? areUndecided(open, tasks) : 'no task is shown to be safe to move';
}

const names = (scopes: readonly ScopeVerdict[]): string[] => scopes.map((scope) => oneLine(scope.task ?? 'all', 60));

/** Where a verdict was reached: "reached with the 12 planned votes", "reached at vote 20 of 27". Null without one. */
export function reachedWords(scope: ScopeVerdict): string | null {
  const at = {
    'open-better': scope.betterAt,
    'open-good-enough': scope.goodAt,
    'keep-closed': scope.keepAt,
    undecided: null,
  };
  const vote = at[scope.verdict];
  if (vote === null) return null;
  if (vote <= scope.plannedRead) return `reached with ${plural(scope.plannedRead, 'planned vote')}`;
  const evidence = {
    'open-better': scope.logEBetter,
    'open-good-enough': scope.logEGood,
    'keep-closed': scope.logEKeep,
    undecided: 0,
  };
  const fainter = !reaches(evidence[scope.verdict], 1 / defaultRule.alpha)
    ? '; the later votes spoke less clearly'
    : '';
  return `reached at vote ${vote} of ${scope.read}${fainter}`;
}

/** Batches whose limits exclude each other leave an estimate and no interval; null where they agree. */
export function contradictWords({ interval, toGo, redo, read }: ScopeVerdict): string | null {
  const wasRead = read >= fewestVotes && toGo === 0 && redo.asked >= fewestAsked;
  return interval === null && wasRead
    ? 'the batches contradict each other, so there is an estimate and no interval'
    : null;
}

/** The skip takes nothing back. */
const isForgiven = ({ verdict, withdrawn, skipped }: ScopeVerdict): boolean =>
  verdict !== 'undecided' && withdrawn === null && skipped === 1;

/** Whether a verdict would hold with every skip against it; null without skips or verdict. */
export function skipWords(scope: ScopeVerdict): string | null {
  if (scope.skipped === 0 || scope.firm === null) return null;
  const skips = `${plural(scope.skipped, 'prompt was', 'prompts were')} skipped`;
  return scope.firm
    ? `${skips}; the verdict would hold with every skip counted against it`
    : `${skips}; with every skip counted against it the verdict would not hold${isForgiven(scope) ? ', but a single skip among 20 ballots or more takes no verdict back' : ''}`;
}

/** What "within your margin" means, and how often the rule is wrong. `isDefault`: nobody set another. */
export function marginWords({ margin, ...terms }: Terms): { margin: string; risk: string } {
  const [size, { endpoint, challenger = 'open', isDefault }] = [Math.round(margin * 100), terms];
  const accepted =
    endpoint === 'retry'
      ? `up to ${size} more of 100 answers of ${challenger} than of closed are unusable`
      : `closed wins up to ${size} more of 100 prompts than ${challenger}`;
  return {
    margin: `${isDefault ? `The default margin of ${size} holds (--margin sets another)` : `Your margin is ${size}`}: you accept that ${accepted}. Within the margin is not equal: ${challenger} may still be the worse one, by less than that.`,
    risk: `If ${challenger} really were outside your margin, gapcheck would say "within" in at most 5 of 100 such comparisons; if ${challenger} really were as good, "keep the closed model" in at most 5 of 100; if it were not better, "better" in at most 5 of 100.`,
  };
}

/** With several tasks the chances of a wrong word add up. `tasks`: their planned votes, and how far they were read. */
export function manyTasksWords(tasks: readonly TaskVotes[], margin: number): string | null {
  if (tasks.length < 2) return null;
  const wrong = `1 of ${Math.max(1, Math.floor(1 / anyWrongChance(tasks, margin)))}`;
  return `With ${count(tasks.length)} tasks and the overall line, one of them is wrong in up to ${wrong} comparisons at worst.`;
}

const hintStart = 'A hint is weaker than a verdict.';
export const isHintTerm = (text: string): boolean => text.startsWith(hintStart);

/** By enumeration of a single look: 11.8 % at a margin of 30, up to 15 % at smaller ones. `readOnce`: no later votes. */
export function hintWords(margin: number, readOnce: boolean): string {
  const once = margin < largestOrdinaryMargin ? 6 : 8;
  return `${hintStart} "Leans open" is a hint that open is within your margin, "leans closed" that closed is better. If there were nothing in it, such a hint would still come up in up to 1 of ${readOnce ? once : 3} comparisons.`;
}

export const tooFewWords = 'Too few to decide anything: a verdict needs at least 8 prompts. This is a look, no more.';

export interface PlanChances {
  /** Chances, 0..1, of the overall word. */
  equal: number;
  closedWins: number;
  tasks: number;
  /** Ballots of the task with the fewest. */
  smallest: number;
}

/** The chances of the overall answer, from the rule that will decide. */
export function planWords({ equal, closedWins, tasks, smallest }: PlanChances): string {
  const overall = tasks > 1 ? 'the overall answer is' : 'the answer is';
  const sentence = `If the models are equal, ${overall} "within your margin" in about ${of100(equal)} of 100 such sessions; if closed wins four times as often as open, "keep" in about ${of100(closedWins)}. Both take one prompt in five to be a tie.`;
  if (tasks < 2) return sentence;
  return smallest < fewestVotes
    ? `${sentence} A task of its own needs ${fewestVotes} votes for a verdict; the smallest has ${smallest}.`
    : `${sentence} A single task with ${plural(smallest, 'vote')} settles only what is very clear.`;
}

const of100 = (chance: number): number => Math.round(100 * chance);
