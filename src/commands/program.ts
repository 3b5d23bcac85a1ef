/**
 * The command line: verbs in flow order, so `--help` reads as the flow. Actions are passed in, which lets tests
 * parse without doing, and keeps heavy modules out of `--help` and `--version`.
 */
import { Command } from 'commander';
import type { ExitCode } from '../errors.ts';

export interface RunOptions {
  closed?: string;
  open?: string[];
  control?: string;
  arm?: string[];
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
  score?: boolean;
  yes?: boolean;
  name?: string;
  results?: string;
  resume?: string | true;
  config?: string;
  redact?: boolean;
  json?: boolean;
}

export interface ScoreOptions {
  rater?: string;
  results?: string;
  finish?: boolean;
  plain?: boolean;
}

export interface ReportOptions {
  output?: string[];
  results?: string;
  json?: boolean;
  unblind?: boolean;
}

export interface DemoOptions {
  results?: string;
  score?: boolean;
  name?: string;
}

export type Actions = Record<never, never>;

/** Runs the parsed verb; the exit code comes back through `done`. */
export function createProgram(version: string, _actions: Actions, _done: (code: ExitCode) => void): Command {
  const program = new Command('gapcheck')
    .description('Is the open model good enough for your work? Your own prompts, two models, thirty minutes, blind.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(gapcheck --help lists the commands)')
    .option('--debug', 'on an error, print its causes')
    .addHelpText('after', firstScreen);
  return program;
}

const firstScreen = `
Three commands do the job:
  gapcheck run prompts.csv      freeze, answer, score blind, report
  gapcheck score                go on scoring the newest run
  gapcheck report               what the votes decided

No key and no model at hand?    gapcheck demo`;
