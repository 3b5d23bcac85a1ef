/** Opens logs, some of them twice: what came through standard input is kept until all was read. */
import { type OpenedLog, type OpenOptions, openLogs } from './open-logs.ts';

export class Opening {
  private readonly options: OpenOptions & { cwd: string };
  private input: OpenedLog | undefined;

  constructor(options: OpenOptions & { cwd: string }) {
    this.options = options;
  }

  /** The caller closes it; standard input stays until `close`. */
  async open(name: string): Promise<OpenedLog> {
    if (name !== '-') return openLogs(name, this.options.cwd, this.options);
    this.input ??= await openLogs(name, this.options.cwd, this.options);
    return { ...this.input, close: () => {} };
  }

  close(): void {
    this.input?.close();
  }
}
