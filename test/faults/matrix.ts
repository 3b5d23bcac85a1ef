/** The vocabulary of the fault matrix, and the matrix as Markdown. */
import type { ExitCode } from '../../src/errors.ts';
import type { Finished } from '../helpers/cli.ts';

export type Fault =
  | '429 storm'
  | '5xx'
  | 'cut stream'
  | 'hang'
  | 'slow body'
  | 'wrong JSON'
  | 'dead backend'
  | 'DNS failure'
  | 'clock jump'
  | 'disk full'
  | 'read-only folder'
  | 'two processes'
  | 'Ctrl-C'
  | 'kill -9';

/** `ci --verdict`: the job to which another one hands over what was answered. */
export type Command = 'run' | 'packet' | 'score' | 'merge' | 'ci' | 'ci --verdict' | 'report';

/** One way to meet the fault: really played, with the built CLI as a process. */
export interface Play {
  /** The moment, or the kind, where a cell has several. */
  when: string;
  /** As documented; 137 for a process that was killed. */
  exit: ExitCode | 137;
  /** What the person reads, the next step included; nothing where the command ends well or is killed. */
  says: RegExp | null;
  needs?: 'mount' | 'tmux';
  /** Plays it, checks that the files are whole and that the command which goes on works. */
  play(): Promise<Ending>;
}

/** How the command under the fault ended. */
export type Ending = Pick<Finished, 'code' | 'signal'> & { text: string };

/** Why a command cannot meet a fault. */
export interface NotApplicable {
  because: string;
}

export type Cell = readonly Play[] | NotApplicable;
export type Matrix = Record<Fault, Record<Command, Cell>>;

export const plays = (cell: Cell): readonly Play[] => ('because' in cell ? [] : cell);

/** 128 + the signal's number where a signal ended it, as a shell says it. */
export const exitOf = ({ code, signal }: Ending): number | null =>
  signal === null ? code : 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal as string] ?? 0);

const commands: readonly Command[] = ['run', 'packet', 'score', 'merge', 'ci', 'ci --verdict', 'report'];

/** One row per fault: the exit codes, and below it why a cell is empty. */
export function matrixMarkdown(matrix: Matrix): string {
  const rows = Object.entries(matrix).map(([fault, cells]) => [
    fault,
    ...commands.map((name) => cellText(cells[name])),
  ]);
  const lines = [['fault', ...commands], commands.map(() => '---').concat('---'), ...rows];
  const reasons = Object.entries(matrix).flatMap(([fault, cells]) =>
    commands.flatMap((name) => {
      const cell = cells[name];
      return 'because' in cell ? [`- ${fault} × ${name}: ${cell.because}`] : [];
    }),
  );
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), '', 'Does not apply:', ...reasons].join('\n');
}

const cellText = (cell: Cell): string =>
  'because' in cell
    ? '–'
    : cell.map(({ when, exit }) => (cell.length === 1 ? `${exit}` : `${when}: ${exit}`)).join(' · ');
