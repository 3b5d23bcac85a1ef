/** What each verb was given, as the command line parsed it. */

import type { ReadingFlags } from '../logs/load-options.ts';

/** How a log is read, where it does not say so itself. */
export interface ReadingOptions extends ReadingFlags {
  /** `OLD=NEW`. */
  taskMap?: string[];
  /** A file. */
  template?: string;
}

export interface ImportOptions extends ReadingOptions {
  output?: string;
  force?: boolean;
  n?: number | 'all';
  tasks?: string[];
  hard?: number;
  jobs?: boolean;
  since?: string;
  until?: string;
  seed?: number;
  redact?: boolean;
  preview?: boolean;
  config?: string;
  json?: boolean;
}

/** How whole agents are run. */
export interface AgentOptions {
  folder?: string;
  copy?: 'files' | 'clone';
  endCheck?: string;
  /** Milliseconds. */
  time?: number;
  idle?: number;
  /** US dollars of one trial. */
  cost?: number;
  keep?: boolean;
}

export interface RunOptions extends ReadingOptions, AgentOptions {
  closed?: string;
  open?: string[];
  /** Compared like an open model, and called the successor. */
  successor?: string;
  control?: string;
  arm?: string[];
  pull?: boolean;
  prices?: string;
  n?: number | 'all';
  raters?: number;
  checkN?: number;
  hard?: number;
  tasks?: string[];
  trials?: number;
  since?: string;
  until?: string;
  seed?: number;
  concurrency?: string;
  maxCost?: number;
  dryRun?: boolean;
  testCall?: boolean;
  score?: boolean;
  rater?: string;
  yes?: boolean;
  name?: string;
  results?: string;
  resume?: string | true;
  reuse?: boolean;
  pairs?: 'all';
  /** Points per 100 prompts. */
  margin?: number;
  check?: string[];
  lock?: string | true;
  config?: string;
  redact?: boolean;
  json?: boolean;
}

/** Each start of a watched week must repeat the flags that fix it. */
export interface WatchOptions
  extends ReadingOptions,
    Pick<
      RunOptions,
      | 'closed'
      | 'open'
      | 'successor'
      | 'control'
      | 'arm'
      | 'prices'
      | 'raters'
      | 'margin'
      | 'check'
      | 'redact'
      | 'maxCost'
      | 'name'
      | 'concurrency'
      | 'dryRun'
      | 'testCall'
      | 'yes'
      | 'results'
      | 'config'
      | 'json'
    > {
  /** Prompts of a day to read. */
  perDay?: number;
  /** Days. */
  for?: number;
  tz?: string;
  /** How long a day waits for late records, ms. */
  late?: number;
  /** Close the day although a log that was read before is gone or shorter. */
  withoutGone?: boolean;
}

export interface ScoreOptions {
  rater?: string;
  results?: string;
  finish?: boolean;
  plain?: boolean;
}

export type MoreOptions = Pick<RunOptions, 'concurrency' | 'maxCost' | 'score' | 'rater' | 'results' | 'config'> & {
  task?: string;
};

export interface PacketOptions {
  rater?: string;
  output?: string;
  withdraw?: string;
  results?: string;
}

export interface ListOptions {
  results?: string;
  json?: boolean;
}

export interface MergeOptions {
  fingerprint?: string;
  /** For a job that merges every file there is, time and again. */
  skipVoided?: boolean;
  results?: string;
}

/** What the user knows about the bill; the config has the same under `money:`. */
export interface MoneyTerms {
  /** Calls a month. */
  volume?: number;
  /** US dollars an hour. */
  machinePrice?: number;
  /** Machines that gave this run's answers together. */
  machines?: number;
  /** Calls in the busiest hours over the mean, 1 or more. */
  peak?: number;
  /** A month: .02 = 2 %. */
  growth?: number;
  /** 0..1. */
  batchShare?: number;
  /** US dollars that one wrong answer costs. */
  wrongCost?: number;
  opsFte?: number;
  opsYear?: number;
}

export interface ReportOptions extends MoneyTerms {
  output?: string[];
  results?: string;
  json?: boolean;
  unblind?: boolean;
  summary?: boolean;
  /** Answers by model, also while more votes are proposed. */
  texts?: boolean;
  /** One prompt in the place of the report: a ballot's number, or the prompt's id. */
  prompt?: string;
  /** For sharing: no prompt, answer or note. */
  withoutTexts?: boolean;
  routes?: string[];
  /** Write the routes that quality alone allows. */
  regardlessOfCost?: boolean;
  mau?: number;
}

export interface CheckLinesOptions {
  /** routes.json, whose checks count. */
  routes?: string;
  config?: string;
}

export interface RouteCheckOptions extends ReadingOptions {
  config?: string;
  routes: string;
  ask?: number;
  maxCost?: number;
  answers?: string;
  results?: string;
  seed?: number;
  json?: boolean;
}

export interface OutdatedOptions {
  /** Days. */
  within?: number;
  lock?: string;
  config?: string;
  json?: boolean;
}

export interface CiOptions extends OutdatedOptions {
  results?: string;
  ifChanged?: boolean;
  again?: boolean;
  verdict?: boolean;
  accept?: boolean;
  testCall?: boolean;
  checkN?: number;
  rater?: string[];
  out?: string;
  comment?: string;
  junit?: string;
  concurrency?: string;
  maxCost?: number;
}

export interface VotesOptions {
  output?: string;
  results?: string;
}

export interface VoidOptions {
  rater: string;
  reason?: string;
  results?: string;
}

export interface DemoOptions {
  results?: string;
  score?: boolean;
  name?: string;
}

export interface InitOptions {
  margin?: number;
  ci?: boolean;
  endpoint?: string;
  raters?: number;
  closed?: string;
  open?: string[];
  force?: boolean;
  yes?: boolean;
}

export interface DoctorOptions {
  config?: string;
  json?: boolean;
}
