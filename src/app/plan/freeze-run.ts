/** Makes run.json: everything that is fixed before the first call, and what it commits to. */
import type { LoadedPrompts } from '../../logs/load.ts';
import type { SamplePlan } from '../../logs/sample.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import {
  type ArmRecord,
  dealVersion,
  type PairRecord,
  type RunRecord,
  schemaVersion,
} from '../../records/run-record.ts';
import { raterShares } from '../../stats/rater-shares.ts';
import { promptsHash } from '../../store/prompts-file.ts';
import { drawSeal } from '../../store/run-folder.ts';
import type { GuessedTasks } from '../../text/guessed-tasks.ts';
import { version } from '../../version.ts';
import { overlapFor } from '../../voting/ballot-plan.ts';
import type { Config } from '../config/load-config.ts';
import type { PlannedSettings } from '../config/run-settings.ts';

/** Each verdict is wrong with at most this probability (statistics.md §1). */
const alpha = 0.05;
const daysPerMonth = 365 / 12;

export interface FreezeInput {
  settings: PlannedSettings;
  loaded: Pick<LoadedPrompts, 'sources' | 'redacted' | 'audit' | 'logged' | 'guessed'>;
  /** Prompts that are not asked: their call failed in the log that an arm answers from. */
  failed?: number;
  /** Settings per task of the config. */
  tasks?: Config['tasks'];
  /** What makes the same run again, as typed. */
  command?: string;
  sample: SamplePlan;
  arms: readonly ArmRecord[];
  /** Pairs beside (open, closed): what explains the gap. */
  allPairs?: boolean;
  now: Date;
}

export interface FrozenRun {
  run: RunRecord;
  prompts: PromptRecord[];
  seed: Uint8Array;
}

export function freezeRun(input: FreezeInput): FrozenRun {
  const { settings, loaded, sample, arms, tasks, command, allPairs, now } = input;
  const { margin, ...rest } = settings;
  const ballots = sample.ballots.length;
  const { n, overlap } = sharesOf(settings, ballots);
  const prompts = [...sample.ballots, ...sample.reserve];
  const { seed, keyCommitment, runId } = drawSeal();
  const run: RunRecord = {
    schema: schemaVersion,
    gapcheck: version,
    id: runId,
    createdAt: now.toISOString(),
    arms: [...arms],
    pairs: pairsOf(arms, allPairs === true),
    settings: {
      ...rest,
      n,
      ...(overlap > 0 && { overlap }),
      checkN: Math.min(Math.max(settings.checkN, ballots), prompts.length),
    },
    margin,
    alpha,
    plannedBallots: ballots,
    tasks: sample.tasks.map((plan) => ({ ...plan, ...tasks?.[plan.task] })),
    ...(loaded.guessed && { guessedTasks: withoutWords(loaded.guessed) }),
    leftOut: sample.leftOut,
    ...(command !== undefined && { command }),
    ...logRate(loaded),
    logged: loggedFor(input),
    redacted: loaded.redacted,
    sources: loaded.sources,
    promptsHash: promptsHash(prompts),
    keyCommitment,
    dealVersion,
  };
  return { run, prompts, seed };
}

/** What the rater with the most ballots reads. Fewer prompts than asked for can leave no room for an overlap. */
function sharesOf({ n, raters }: PlannedSettings, ballots: number): { n: number; overlap: number } {
  const wanted = n === 'all' ? Math.ceil(ballots / raters) : n;
  const overlap = Math.min(ballots, overlapFor(wanted, raters));
  return { n: raterShares(ballots, raters, overlap)[0] ?? 0, overlap };
}

/** Repeats whose other answers this run would have compared. */
function loggedFor({ arms, loaded: { logged }, failed = 0 }: FreezeInput): RunRecord['logged'] {
  const { records, different, otherAnswers } = logged;
  const specs = new Set(arms.map(({ spec }) => spec));
  const compared = otherAnswers.filter((names) => names.some((name) => specs.has(name))).length;
  return {
    records,
    different,
    ...(compared > 0 && { otherAnswers: compared }),
    ...(failed > 0 && { failed }),
  };
}

/** Calls a month at the log's own rate, and what else the bill rests on. */
function logRate({ audit }: FreezeInput['loaded']): Pick<RunRecord, 'logCallsPerMonth' | 'logTraffic'> {
  const { perDay, traffic } = audit;
  return {
    ...(perDay && { logCallsPerMonth: Math.round(perDay.records * daysPerMonth) }),
    ...(traffic && { logTraffic: traffic }),
  };
}

/** (open, closed) for each open arm; with `all` also what splits the gap: (open, control) and (control, closed). */
export function pairsOf(arms: readonly Pick<ArmRecord, 'name' | 'role'>[], all: boolean): PairRecord[] {
  const named = (role: ArmRecord['role']): string[] => arms.filter((arm) => arm.role === role).map((arm) => arm.name);
  const [closed] = named('closed');
  if (closed === undefined) return [];
  const deciding = named('open').map((a) => ({ a, b: closed, decides: true }));
  if (!all) return deciding;
  const controls = named('control');
  return [
    ...deciding,
    ...named('open').flatMap((a) => controls.map((b) => ({ a, b, decides: false }))),
    ...controls.map((a) => ({ a, b: closed, decides: false })),
  ];
}

const withoutWords = ({ words: _, ...from }: NonNullable<FreezeInput['loaded']['guessed']>): GuessedTasks => from;
