/** What each verb of the command line does: passed in, so that tests parse without doing. */
import type { Command } from 'commander';
import type {
  CiOptions,
  DemoOptions,
  DoctorOptions,
  ImportOptions,
  InitOptions,
  MergeOptions,
  MoreOptions,
  OutdatedOptions,
  PacketOptions,
  ReportOptions,
  RunOptions,
  ScoreOptions,
  VotesOptions,
} from '../app/verb-options.ts';
import type { ExitCode } from '../errors.ts';
import type { Shell } from './verbs/completion.ts';

export interface Actions {
  init(options: InitOptions): Promise<ExitCode>;
  doctor(options: DoctorOptions): Promise<ExitCode>;
  demo(options: DemoOptions): Promise<ExitCode>;
  import(files: string[], options: ImportOptions): Promise<ExitCode>;
  run(prompts: string[], options: RunOptions): Promise<ExitCode>;
  score(run: string | undefined, options: ScoreOptions): Promise<ExitCode>;
  more(runAndCount: string[], options: MoreOptions): Promise<ExitCode>;
  report(run: string | undefined, options: ReportOptions): Promise<ExitCode>;
  packet(run: string | undefined, options: PacketOptions): Promise<ExitCode>;
  merge(runAndVotes: string[], options: MergeOptions): Promise<ExitCode>;
  exportVotes(run: string | undefined, options: VotesOptions): Promise<ExitCode>;
  importVotes(runAndFiles: string[], options: VotesOptions): Promise<ExitCode>;
  outdated(options: OutdatedOptions): Promise<ExitCode>;
  ci(run: string | undefined, options: CiOptions): Promise<ExitCode>;
  completion(shell: Shell, program: Command): Promise<ExitCode>;
}

/** Where a verb's exit code goes. */
export type Done = (code: ExitCode) => void;
