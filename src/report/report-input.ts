/** What a report is made from: the run folder as read, and the parts that verdicts/ works out. */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Trial } from '../runs/trial.ts';
import type { NotBlind } from '../verdicts/not-blind.ts';
import type { BestOf } from '../verdicts/ranking.ts';
import type { RaterQuality } from '../verdicts/rater-quality.ts';
import type { AgentTry } from '../verdicts/survival.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { CarriedVotes } from '../voting/carried-votes.ts';
import type { RaterState, Seal } from '../voting/seal-reasons.ts';
import type { SkipsVoted } from '../voting/skips-voted.ts';
import type { MoneyPart } from './report-parts.ts';

export interface RaterInput extends RaterState {
  /** SHA-256, hex, of the last line of the vote file. */
  lastHash: string;
  /** Every line's `prev` matched. */
  chainOk: boolean;
  /** What the rater left out before the first vote; absent where nothing. `unread`: prompts that nobody else can read. */
  leftOut?: { names: readonly string[]; prompts: number; unread: number };
  /** Ballots that this rater skipped and others voted on: no skips any more; absent where none. */
  skipsVoted?: SkipsVoted;
  /** The session asked this rater to tell the models apart, and got no guess; absent where nobody knows. */
  gaveNoGuess?: true;
}

/** A ballot that somebody skipped: it has no vote in the report. */
export interface SkippedInput {
  prompt: PromptId;
  rater: string;
  reason: string | null;
}

export interface VoidedInput {
  rater: string;
  votes: number;
  afterOpening: boolean;
}

/** What the provider showed while answering (event `arm-observed`). */
export interface ObservedInput {
  arm: string;
  model?: string;
  /** Tokens of window: served, and asked for. */
  context?: number;
  contextAsked?: number;
  /** Share of the model in GPU memory, 0..1. */
  onGpu?: number;
  fingerprint?: string;
  note?: string;
}

/** One closed day of a watched week. */
export interface WatchedDay {
  day: string;
  records: number;
  late: number;
  /** Different prompts that it had, and those of them that are read. */
  different: number;
  prompts: PromptId[];
}

/** What the next step may propose; `page` is the report as HTML. */
export type Step = 'more' | 'score' | 'resume' | 'routes' | 'page';
export const allSteps: readonly Step[] = ['more', 'score', 'resume', 'routes', 'page'];

export interface RunBefore {
  /** Folder name. */
  run: string;
  /** "the raters (jo, before: maria)", "the answers"; the left/right order always differs. */
  differs: string[];
  /** Its answers were taken over, or both runs read the same file. */
  sameAnswers: boolean;
  /** Its raters could tell the models apart. Asked only where the answers are the same. */
  recognised?: boolean;
}

export interface ReportInput {
  run: RunRecord;
  /** Every frozen prompt, reserve included, in frozen order. */
  prompts: PromptRecord[];
  /** By arm name; keys are prompt#trial. */
  trials: Record<string, Map<string, Trial>>;
  pairs: PairVerdicts[] | 'sealed';
  raters: RaterInput[];
  seal: Seal;
  /** ISO 8601, UTC; the only thing that may differ between two reports of the same votes. */
  generatedAt: string;
  /** The run folder as a user would type it; left out of commands when it is the newest. */
  runFolder?: string;
  steps?: readonly Step[];
  /** A lock file is there for `gapcheck outdated` to compare with. Absent: yes. */
  hasLock?: boolean;
  /** The margin is the one that holds where nobody sets any. Absent: it was chosen. */
  isDefaultMargin?: boolean;
  /** The days of a watched week, in order; those that have closed. */
  days?: WatchedDay[];
  /** Prompts that are voted on, those that `more` and days added included, in frozen order. Absent: the plan alone. */
  toVote?: readonly PromptId[];
  /** Answers that are wanted and of which nothing was recorded: the run was stopped before. Absent: none. */
  unbegun?: number;
  /** Ballots that can be voted on here and now, by somebody who has voted before. */
  waiting?: number;
  /** In a watched week: ballots that can be shown here and now, to anybody. */
  toShow?: number;
  /** Votes that came after the result had been open once. */
  votedAfterOpen?: number;
  /** Votes that an earlier run gave to this one; absent where every vote was cast here. */
  carried?: CarriedVotes;
  /** 1 for the first run on these prompts and models, 2 for the second. */
  runOnThesePrompts?: number;
  /** The newest run before it on these prompts and models, and what differs. */
  runBefore?: RunBefore;
  /** Every skip, also of ballots that somebody voted on since. Absent: not known by prompt. */
  skips?: readonly SkippedInput[];
  /** Votes that count no more, and whether a result could be seen before they were voided. */
  voided?: VoidedInput[];
  observed?: ObservedInput[];
  /** Where whole agents ran: their tries by arm name, and whether a command looked at each end. */
  agents?: { checked: boolean; tries: Record<string, AgentTry[]> };
  /** By pair name (`open:closed`), from `raterQuality`. */
  quality?: Record<string, RaterQuality>;
  /** By pair name, where votes were not blind. */
  notBlind?: Record<string, NotBlind>;
  money?: MoneyPart;
  /** The words that stated it, for the next command: `--volume 200000`. */
  moneyFlags?: string;
  /** From `bestOpenArm`: which of several open arms may be picked; null when none may. */
  bestOf?: BestOf | null;
  /** Monthly users of all the user's products, for licences that ask. */
  monthlyUsers?: number;
  /** What the reader asked of texts; absent: shown, but for answers while more votes are proposed. */
  texts?: 'all' | 'none';
  /** The command that made the run, for repeating it. */
  command?: string;
}
