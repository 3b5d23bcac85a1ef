/** What a run of an earlier edition decided, as its own rule recorded it. Nothing is computed again. */
import { extname, resolve } from 'node:path';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { recordedVerdicts } from '../../records/migrate.ts';
import { type ArmRecord, pairName, type RunRecord } from '../../records/run-record.ts';
import { standingVotes } from '../../records/standing-votes.ts';
import { readEvents } from '../../store/events-file.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { readAllVotes } from '../../store/votes-file.ts';
import { plural } from '../../text/numbers.ts';
import type { Context } from '../context.ts';
import { newRunCommand } from '../old-run.ts';
import { shortPath } from '../short-path.ts';
import type { ReportOptions } from '../verb-options.ts';
import { writeReport } from './write-reports.ts';

export interface OldRunReport {
  kind: 'gapcheck-old-run';
  /** The edition that made the run. */
  gapcheck: string;
  run: { id: string; createdAt: string; prompts: number };
  arms: Pick<ArmRecord, 'name' | 'role' | 'spec'>[];
  /** In the order in which they were reached; `units`: prompts that they rest on. A pair without one was undecided. */
  verdicts: { pair: string; task: string | null; verdict: string; units: number }[];
  /** Pairs for which no verdict was recorded. */
  undecided: string[];
  raters: { rater: string; votes: number }[];
  next: string;
}

/** To the terminal, as JSON, and to .md and .json files. Throws (exit 2) on what would need today's rules. */
export function reportOldRun(stored: StoredRun, options: ReportOptions, context: Context): ExitCode {
  refuseComputing(options, stored.run);
  const model = readOldRun(stored);
  const json = `${JSON.stringify(model, null, 2)}\n`;
  const text = oldRunText(model);
  const wrote = (options.output ?? []).map((file) =>
    writeReport(resolve(context.cwd, file), extname(file) === '.json' ? json : `${text}\n`),
  );
  if (options.json) context.data(json.trimEnd());
  else context.out(text);
  for (const path of wrote) context.err(`Wrote ${shortPath(context.cwd, path)}`);
  return exitCodes.done;
}

function refuseComputing({ output = [], routes, unblind, summary, prompt }: ReportOptions, run: RunRecord): void {
  const asked =
    output.find((file) => !['.json', '.md'].includes(extname(file))) ??
    (routes?.length
      ? '--routes'
      : unblind
        ? '--unblind'
        : summary
          ? '--summary'
          : prompt !== undefined
            ? '--prompt'
            : undefined);
  if (asked === undefined) return;
  throw userError(
    'old-run',
    `${asked} needs the rule of this version, and this run was made by gapcheck ${run.gapcheck}.`,
    newRunCommand(run),
  );
}

function readOldRun({ run, prompts, paths }: StoredRun): OldRunReport {
  const verdicts = recordedVerdicts(readEvents(paths)).map(({ pair, task, verdict, units }) => ({
    pair,
    task,
    verdict,
    units,
  }));
  const decided = new Set(verdicts.map(({ pair }) => pair));
  return {
    kind: 'gapcheck-old-run',
    gapcheck: run.gapcheck,
    run: { id: run.id, createdAt: run.createdAt, prompts: prompts.length },
    arms: run.arms.map(({ name, role, spec }) => ({ name, role, spec })),
    verdicts,
    undecided: run.pairs
      .filter(({ decides }) => decides)
      .flatMap((pair) => (decided.has(pairName(pair)) ? [] : [pairName(pair)])),
    raters: readAllVotes(paths, run).map(({ header, lines }) => ({
      rater: header.rater,
      votes: [...standingVotes(lines).values()].filter(({ choice }) => choice !== 'skip').length,
    })),
    next: newRunCommand(run),
  };
}

const words: Record<string, string> = {
  'open-good-enough': 'open is good enough',
  'keep-closed': 'keep closed',
};

function oldRunText({ gapcheck, run, verdicts, undecided, raters, next }: OldRunReport): string {
  const between = (pair: string): string => pair.replace(':', ' against ');
  return [
    `Made by gapcheck ${gapcheck} on ${run.createdAt.slice(0, 10)}. As recorded by the rule of ${gapcheck}; nothing is computed again.`,
    '',
    ...verdicts.map(
      ({ pair, task, verdict, units }) =>
        `- ${between(pair)}, ${task ?? 'overall'}: ${words[verdict] ?? verdict}, reached after ${plural(units, 'prompt')}`,
    ),
    ...undecided.map((pair) => `- ${between(pair)}: no verdict was recorded`),
    '',
    raters.length === 0
      ? 'Nobody voted.'
      : `Votes: ${raters.map(({ rater, votes }) => `${rater} ${votes}`).join(', ')}. No more can be given.`,
    '',
    `Next: ${next}`,
    '  a new run that takes the answers over; its votes follow the rule of this version',
  ].join('\n');
}
