/**
 * The report: every number and every sentence that any format shows. Formats only lay it out.
 * Sealed, it holds what machines measured and nothing that could tell a rater which side is ahead.
 */
import { type Suggestion, suggestChecks } from '../checks/suggest-checks.ts';
import { pairName } from '../records/run-record.ts';
import { oneLine } from '../text/shell.ts';
import { type EvidencePoint, evidencePath } from '../verdicts/evidence-path.ts';
import { type GapSplit, gapSplits } from '../verdicts/gap-split.ts';
import { type MayRest, mayRestOn } from '../verdicts/may-rest-on.ts';
import { raterNets, ratersDiffer } from '../verdicts/raters-differ.ts';
import { type RetryDifference, retryDifference } from '../verdicts/retry-figures.ts';
import { licenceSummary } from '../verdicts/summaries.ts';
import type { Interval, PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import type { CarriedVotes } from '../voting/carried-votes.ts';
import {
  type ArmReport,
  armTrials,
  type CheckedAnswers,
  checkedAnswers,
  machineReports,
  sealedReports,
  type TaskReport,
} from './arm-report.ts';
import { ballotList, type ReportBallot } from './ballot-list.ts';
import { type CheckedVotes, checkedVotes } from './checked-votes.ts';
import { type Answer, answerOf, answerWords, firstLine, lookAgainLine, lookAgainOf } from './five-answers.ts';
import { type HeldTexts, heldTexts } from './held-texts.ts';
import { modelWords, withLoggedModels } from './model-names.ts';
import type { MoneyReport } from './money.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { findings, terms, voidNotices } from './notices.ts';
import { type BestOfReport, bestOfReport, type RankingReport, rankingReport } from './ranking-report.ts';
import { type RefusalTable, refusalTables } from './refusals.ts';
import type { RaterInput, ReportInput } from './report-input.ts';
import { type BlindReport, blindReport, type LicencePart, type RoutePart } from './report-parts.ts';
import { moneyOf, routeParts, routingOf, shownRoutes } from './routes.ts';
import { runFacts } from './run-facts.ts';
import { isDemo } from './source-words.ts';
import { type StratumReport, strataOf } from './strata.ts';
import { movedWords, type WeekReport, weekReport } from './week-report.ts';

/** Of the JSON report; a change that breaks a reader raises it. */
export const reportSchemaVersion = 2;

export interface ScopeReport extends ScopeVerdict {
  /** (1 + net) / 2: ties count as half. */
  winRate: number | null;
  /** Voted on after the result had been open: the estimate then tends to look larger than it is. */
  extended: boolean;
  /** From the planned votes on, where votes were added to them; empty elsewhere. */
  evidence: EvidencePoint[];
  /** First answers that failed a check, paired by prompt; null for easy and hard rows and where not measured. */
  retries: RetryDifference | null;
  /** What to do about it; is in front of `words`. */
  answer: Answer;
  words: string;
}

export interface PairReport {
  /** open arm : closed arm. */
  name: string;
  open: string;
  closed: string;
  decides: boolean;
  /** "qwen3:8b instead of gpt-5"; null where the run has one pair only. */
  who: string | null;
  question: string;
  reply: string;
  /** When a NO is worth another look, for all its tasks; null without one. */
  lookAgain: string | null;
  overall: ScopeReport;
  tasks: ScopeReport[];
  rows: ScopeReport[];
  /** Each rater's own net preference, -1..1, from every vote; and whether they differ more than chance explains. */
  raters: { rater: string; votes: number; net: number; interval: Interval }[];
  /** Null below two raters. */
  ratersDiffer: boolean | null;
}

export interface Report {
  schema: number;
  kind: 'gapcheck-report';
  /** The only field that differs between two reports of the same votes. */
  generatedAt: string;
  gapcheck: string;
  run: {
    id: string;
    createdAt: string;
    prompts: number;
    toVote: number;
    plannedBallots: number;
    margin: number;
    alpha: number;
    endpoint: 'preference' | 'retry';
    promptsHash: string;
    keyCommitment: string;
    sources: { file: string; sha256: string; records: number }[];
    /** Share of the log's calls by task, 0..1. */
    traffic: { task: string; share: number }[];
    leftOut: { task: string; prompts: number }[];
    /** Usable records, the different prompts among them, repeats with other answers; null in runs that do not say. */
    logged: { records: number; different: number; otherAnswers: number; failed: number } | null;
    /** The packaged sample: its answers are written by hand. */
    demo: boolean;
    /** Its records tell when the calls came: what it holds is traffic. */
    hasTimes: boolean;
  };
  sealed: { reason: string } | null;
  unblindedEarly: { voted: number; planned: number } | null;
  /** Votes that came when the result had been open once. */
  votedAfterOpen: number;
  /** Votes of an earlier run that count here; null where every vote was cast in this run, and while sealed. */
  carried: CarriedVotes | null;
  /** Votes whose raters had read one of the answers beside a model's name; empty where all were blind. */
  notBlind: { pair: string; votes: number; of: number; raters: { rater: string; votes: number }[] }[];
  /** The answer: one per open arm; empty while sealed. */
  pairs: PairReport[];
  /** The days of a watched week; null in other runs. */
  week: WeekReport | null;
  next: Required<Omit<NextStep, 'first'>> & { first: string | null };
  /** What the margin and the error rate mean. */
  terms: string[];
  /** What a reader must know before believing the answer: first what voids it. */
  notices: string[];
  /** Those of the notices that void the result. */
  voids: string[];
  /** What prompts ask of an answer's form and no check measured. */
  unchecked: Suggestion[];
  /** Of all arms together: all that is said of failures while sealed. */
  checked: CheckedAnswers;
  arms: ArmReport[];
  tasks: TaskReport[];
  /** Kinds of prompts where closed models are said to lead. */
  strata: StratumReport[];
  /** How raters voted on answers that failed a check; empty while sealed. */
  checkedVotes: CheckedVotes[];
  /** Who refused what; empty while sealed. */
  refusals: RefusalTable[];
  /** Null without a volume or a price to reckon with. */
  money: MoneyReport | null;
  licences: LicencePart[];
  routes: RoutePart[];
  /** All arms on one scale; null below four arms and without votes. */
  ranking: RankingReport | null;
  /** The one open model of several that may be picked; null when none may, or there is one only. */
  bestOf: BestOfReport | null;
  /** Where the gap comes from, when a control arm ran along. */
  gap: GapSplit[];
  /** One per deciding pair; empty while sealed, or when nothing was measured. */
  blind: BlindReport[];
  /** The command that made the run. */
  command: string | null;
  raters: RaterInput[];
  /** Which texts this report holds, and whose they are. */
  texts: HeldTexts;
  ballots: ReportBallot[];
}

/** Everything a report says, from a run as read and its verdicts. Same input, same report. */
export function buildReport(given: ReportInput): Report {
  const input = withLoggedModels(given);
  const { run } = input;
  const pairs = input.pairs === 'sealed' || input.seal.sealed ? [] : input.pairs;
  const open = { ...input, pairs } satisfies ReportInput;
  const isSealed = input.seal.sealed || input.pairs === 'sealed';
  const measured = machineReports(input);
  const { arms, tasks } = isSealed ? sealedReports(measured) : measured;
  const lost = arms.flatMap(({ missingBecause }) => missingBecause).filter(({ forGood }) => forGood);
  const begun = arms.reduce((sum, arm) => sum + arm.figures.missing, 0);
  const missing = begun + (input.unbegun ?? 0) - lost.reduce((sum, reason) => sum + reason.count, 0);
  const rest = mayRestOn({ ...input, unblindedEarly: input.seal.unblindedEarly !== undefined });
  const routings = routingOf(input, pairs, rest);
  const money = moneyOf(input, measured.arms, routings);
  const next = nextStep({ ...input, missing }, pairs);
  const texts = heldTexts(open, next);
  const week = weekReport(input, pairs);
  const voids = voidNotices(input, pairs);
  return {
    schema: reportSchemaVersion,
    kind: 'gapcheck-report',
    generatedAt: input.generatedAt,
    gapcheck: run.gapcheck,
    run: runFacts(input),
    sealed: isSealed ? { reason: oneLine(input.seal.reason) } : null,
    unblindedEarly: input.seal.unblindedEarly ?? null,
    votedAfterOpen: input.votedAfterOpen ?? 0,
    carried: (!isSealed && input.carried) || null,
    notBlind: pairs.flatMap(({ pair }) => {
      const found = input.notBlind?.[pairName(pair)];
      return found ? [{ pair: pairName(pair), votes: found.votes, of: found.of, raters: found.raters }] : [];
    }),
    pairs: pairs.map((pair) => pairReport(pair, input, { week, rest })),
    week,
    next: { ...next, first: next.first ?? null },
    terms: terms(input),
    notices: [...voids, ...findings(input, pairs, arms)],
    voids,
    unchecked: suggestChecks(input.prompts, run.settings),
    checked: checkedAnswers(measured.arms),
    arms,
    tasks,
    strata: strataOf(input, pairs.length === 1 ? (pairs[0]?.evidence ?? null) : null, isSealed),
    checkedVotes: checkedVotes(open),
    refusals: isSealed ? [] : refusalTables(input),
    money,
    licences: licenceSummary(run, input.monthlyUsers),
    routes: routeParts(money, shownRoutes(routings, money)),
    ranking: rankingReport(input, pairs),
    bestOf: pairs.length === 0 ? null : bestOfReport(input),
    gap: gapSplits(run, pairs),
    blind: pairs.flatMap(({ pair }) => {
      const quality = input.quality?.[pairName(pair)];
      return quality && pair.decides ? [blindReport(pairName(pair), quality)] : [];
    }),
    command: input.command ?? null,
    raters: input.raters,
    texts,
    ballots: ballotList(open, texts.held),
  };
}

function pairReport(
  pair: PairVerdicts,
  input: ReportInput,
  { week, rest }: { week: WeekReport | null; rest: MayRest },
): PairReport {
  const { run } = input;
  const arms = armTrials(input);
  const [a, b] = [pair.pair.a, pair.pair.b].map((name) => arms.find(({ record }) => record.name === name));
  const again = a && lookAgainOf(run, a.record, input.hasLock);
  const scope = (one: ScopeVerdict): ScopeReport => {
    const within = one.task === null ? input.prompts : input.prompts.filter((prompt) => prompt.task === one.task);
    const retries = a && b && one.difficulty === undefined ? retryDifference(within, a, b) : null;
    return { ...scopeReport(one, retries, rest), evidence: pathOf(pair, one, run.margin) };
  };
  const [overall, tasks] = [scope(pair.overall), pair.tasks.map(scope)];
  const model = (name: string): string => modelWords(run, name);
  return {
    name: pairName(pair.pair),
    open: pair.pair.a,
    closed: pair.pair.b,
    decides: pair.pair.decides,
    who: run.pairs.length > 1 ? `${model(pair.pair.a)} instead of ${model(pair.pair.b)}` : null,
    question: `Can you move work from ${model(pair.pair.b)} to ${model(pair.pair.a)}?`,
    reply: `${firstLine(pair, rest, input)}${movedWords(week, pair)}`,
    lookAgain: pair.pair.decides && !isDemo(run) ? lookAgainLine([overall, ...tasks], again) : null,
    overall,
    tasks,
    rows: pair.rows.map(scope),
    raters: raterNets(pair.evidence).map(({ rater, votes, net: { estimate, lower, upper } }) => ({
      rater,
      votes,
      net: estimate,
      interval: { lower, upper },
    })),
    ratersDiffer: ratersDiffer(pair.evidence)?.differ ?? null,
  };
}

/** Easy and hard rows have no verdict of their own. */
function pathOf({ scopes }: PairVerdicts, verdict: ScopeVerdict, margin: number): EvidencePoint[] {
  const found = scopes.find(({ task }) => task === verdict.task);
  if (!found || verdict.difficulty !== undefined) return [];
  return evidencePath(found.scope, margin, [verdict.goodAt, verdict.keepAt, verdict.betterAt]);
}

function scopeReport(
  scope: ScopeVerdict,
  retries: RetryDifference | null,
  rest: MayRest,
): Omit<ScopeReport, 'evidence'> {
  return {
    ...scope,
    winRate: scope.net === null ? null : (1 + scope.net) / 2,
    extended: scope.read > scope.plannedRead && scope.plannedRead > 0,
    retries,
    answer: answerOf(scope, rest),
    words: answerWords(scope, rest),
  };
}
