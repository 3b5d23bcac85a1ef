/**
 * The job as a program does it: `loadPrompts` → `run` → people vote → `verdicts`. Built on what the commands are
 * built on, so a run made here is scored, reported and resumed by `gapcheck`, and the other way round.
 */
import { resolve } from 'node:path';
import { answerRun } from './app/answer/answer-run.ts';
import { assertAnswerable } from './app/answer/before-answering.ts';
import type { ArmEntry, Config } from './app/config/load-config.ts';
import { runSettings } from './app/config/run-settings.ts';
import { type Context, processContext } from './app/context.ts';
import { namedArms } from './app/plan/choose-arms.ts';
import { planRun } from './app/plan/plan-run.ts';
import { testTheArms } from './app/plan/test-the-arms.ts';
import { gather } from './app/result/gather.ts';
import { keepReport, recordOpeningNow } from './app/result/write-reports.ts';
import { createJudge, type Judgement } from './app/route/check-answer.ts';
import { readAnswer, readRequest } from './app/route/read-request.ts';
import { readChecks } from './checks/validate.ts';
import { type LoadedPrompts, type LoadOptions, loadPrompts as loadLogs } from './logs/load.ts';
import { refuseUnknownTasks } from './logs/unknown-tasks.ts';
import type { Json, JsonObject } from './records/plain-json.ts';
import type { RunRecord } from './records/run-record.ts';
import type { RunnerEvent, RunOutcome } from './runs/runner-events.ts';
import { hashing } from './store/hashing.ts';
import { createRun, openRun } from './store/run-folder.ts';
import { printable } from './text/printable.ts';
import type { PairVerdicts } from './verdicts/verdict-shapes.ts';

/** How the files are read; each is an option of `gapcheck import` too. */
export interface ReadSettings
  extends Partial<Omit<LoadOptions, 'n' | 'now' | 'seed' | 'hard' | 'hashing' | 'redact' | 'cwd'>> {
  /** Look-alikes in place of e-mail addresses, phone and card numbers, keys. Default true. */
  redact?: boolean;
  /** Folder that the names are relative to. Default: the current one. */
  cwd?: string;
}

export interface Prompts extends LoadedPrompts {
  /** As named. */
  files: string[];
  redact: boolean;
}

/**
 * Reads prompts out of files of any format that `gapcheck import` knows, patterns too: detected, redacted, folded,
 * labelled. Throws GapcheckError with file, line and the way out when a file cannot be read or holds no prompt.
 */
export async function loadPrompts(files: string | readonly string[], settings: ReadSettings = {}): Promise<Prompts> {
  const { redact = true, cwd = process.cwd(), ...reading } = settings;
  const names = typeof files === 'string' ? [files] : [...files];
  // No `n`: everything is kept, and `run` draws the sample, so the seed counts for nothing here.
  const loaded = await loadLogs(names, { ...reading, redact, cwd, seed: 1, now: new Date(), hashing });
  return { ...loaded, files: names, redact };
}

/** `provider:model`, or the same with what the config may say of an arm. */
export type ArmSetting = string | ArmEntry;

/** What `gapcheck.config.yaml` may say, with the same defaults. No config file is read. */
export interface RunSetup
  extends Pick<
    Config,
    | 'n'
    | 'raters'
    | 'checkN'
    | 'trials'
    | 'retries'
    | 'retryMode'
    | 'seed'
    | 'margin'
    | 'endpoint'
    | 'hard'
    | 'temperature'
    | 'maxTokens'
    | 'maxCost'
    | 'prices'
  > {
  closed: ArmSetting;
  open: ArmSetting | ArmSetting[];
  control?: ArmSetting;
  /** Take these tasks, however many. Default: the largest three. */
  tasks?: string[];
  /** By task, `*` for every one: `{ '*': ['json', { maxWords: 80 }] }`. */
  checks?: Record<string, readonly unknown[]>;
  /** Calls in flight, for all arms or by name: `8`, `'closed=8,open=1'`. */
  concurrency?: number | string;
  /**
   * One test call for each arm and shape of request before anything is frozen. Default true; `false` leaves it out.
   */
  testCall?: boolean;
  /** Folder of run folders. Default `results`. */
  results?: string;
  /** Of the run folder. Default: the first file's stem. Raters see it, so it must not name a model. */
  name?: string;
  /** Where keys and endpoints come from. Default: the process's own. */
  env?: Record<string, string | undefined>;
  /** Ends early: no new calls, five seconds for those in flight. What was answered is kept. */
  signal?: AbortSignal;
  /** What is about to be sent where, and notices. Default: to stderr. */
  say?(text: string): void;
  /** Progress. */
  onEvent?(event: RunnerEvent): void;
}

export interface FinishedRun {
  /** Absolute. `npx gapcheck score FOLDER` votes on it. */
  folder: string;
  run: RunRecord;
  /** `ended` is `complete` when no answer is missing; else `npx gapcheck run --resume FOLDER` asks what is. */
  outcome: RunOutcome;
}

/**
 * Freezes a sample of the prompts in a new run folder and has every arm answer it. Says first what goes where and what
 * it may cost. Rejects with GapcheckError, nothing frozen, when an arm cannot work or its test call shows that none can
 * be answered; a failure later is in `outcome`.
 */
export async function run(prompts: Prompts, setup: RunSetup): Promise<FinishedRun> {
  const context = contextOf(setup);
  const config = configOf(setup);
  const settings = runSettings({ redact: prompts.redact }, config);
  const { files } = prompts;
  const { tasks, name, signal, onEvent, testCall = true } = setup;
  refuseUnknownTasks(
    tasks,
    prompts.audit.tasks.map(({ task }) => task),
  );
  const plan = await planRun(
    {
      files,
      loaded: prompts,
      chosen: namedArms(config, prompts),
      settings,
      options: { testCall, ...(tasks && { tasks }), ...(name !== undefined && { name }) },
      config,
    },
    context,
  );
  const options = {
    resumed: false,
    events: (event: RunnerEvent) => onEvent?.(event),
    ...(signal && { signal }),
    ...(config.concurrency !== undefined && { concurrency: config.concurrency }),
  };
  assertAnswerable(plan.frozen.run, options, context);
  context.err(plan.text);
  const { run: planned, prompts: sample } = plan.frozen;
  const answered = sample.slice(0, planned.settings.checkN);
  if (testCall) await testTheArms(plan.arms, answered, planned.settings, context);
  const results = resolve(setup.results ?? 'results');
  const stored = openRun(createRun(results, plan.name, plan.frozen).folder);
  const outcome = await answerRun(stored, plan.arms, options, context);
  await keepReport(results, stored.paths.folder, context);
  return { folder: stored.paths.folder, run: stored.run, outcome };
}

function configOf(setup: RunSetup): Config {
  const { tasks: _tasks, testCall: _testCall, closed, open, control, checks, concurrency, ...settings } = setup;
  return {
    ...settings,
    closed: entry(closed),
    open: [open].flat().map(entry),
    ...(control !== undefined && { control: entry(control) }),
    ...(checks && { checks: readChecks(checks, 'checks') }),
    ...(concurrency !== undefined && { concurrency: String(concurrency) }),
  };
}

const entry = (arm: ArmSetting): ArmEntry => (typeof arm === 'string' ? { spec: arm } : arm);

/** A library asks nobody and draws nothing. */
function contextOf({ say, env }: Pick<RunSetup, 'say' | 'env'>): Context {
  const process = processContext();
  const tell = say ? (text: string) => say(printable(text)) : process.err;
  return { ...process, args: [], interactive: false, out: tell, err: tell, ...(env && { env }) };
}

export interface RunVerdicts {
  run: RunRecord;
  /** Why there are no verdicts yet, for instance who has not finished scoring; null when the votes are open. */
  sealed: string | null;
  /** One for each pair of arms, those that decide first; empty while sealed. */
  pairs: PairVerdicts[];
  /** Votes and skips by rater. */
  raters: { rater: string; votes: number; skipped: number; finished: boolean }[];
}

/**
 * What the votes of a run decided, overall and per task. Whoever has seen it has seen a result: like every report, it
 * writes an `opened` line into the run's ledger, and votes that come later are read as later ones. Throws GapcheckError
 * (exit code 5) when the key, the prompts or a vote is not what the run committed to.
 */
export function verdicts(of: string | Pick<FinishedRun, 'folder'>): RunVerdicts {
  const folder = resolve(typeof of === 'string' ? of : of.folder);
  const context = contextOf({});
  const gathered = gather(resolve(folder, '..'), folder, context);
  recordOpeningNow(gathered, context);
  const { stored, input } = gathered;
  const { seal, pairs, raters } = input;
  return {
    run: stored.run,
    sealed: seal.sealed ? seal.reason : null,
    pairs: pairs === 'sealed' ? [] : pairs,
    raters: raters.map(({ rater, votes, skipped, finished }) => ({ rater, votes, skipped, finished })),
  };
}

export interface AnswerToCheck {
  /** Whose checks count, beside those of `*`. */
  task?: string;
  /** What was asked, in OpenAI's form: checks read the prompt, its tools and its response_format. */
  messages: readonly unknown[];
  tools?: readonly unknown[];
  tool_choice?: unknown;
  response_format?: unknown;
  /** A text, `{text, tool_calls?, finish?, refusal?}`, or what the API replied. */
  answer: unknown;
}

/**
 * Is this answer usable? The checks of a run: those that every answer must pass, those that the request asks for, and
 * `checks` as a config or a routes.json has them. Throws GapcheckError for what cannot be read.
 */
export async function checkAnswer(
  { answer, ...request }: AnswerToCheck,
  checks?: Record<string, readonly unknown[]>,
): Promise<Judgement> {
  const judge = createJudge(checks && readChecks(checks, 'checks'), { cwd: process.cwd(), env: process.env });
  return judge(readRequest(request as unknown as JsonObject), readAnswer(answer as Json));
}
