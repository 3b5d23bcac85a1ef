import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether real terminals can be opened here. In CI a missing tmux is a failure, elsewhere a reason to skip. */
export const hasTmux = ((): boolean => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.CI) throw new Error('tmux is missing: the terminal tests need it');
    console.warn('tmux is missing: the terminal tests are skipped');
    return false;
  }
})();

export interface Terminal extends AsyncDisposable {
  /** What a person sees now. */
  screen(): string;
  /** The same with its colours, as SGR sequences. */
  styled(): string;
  /** Every byte since the start, also what was drawn over. */
  everything(): string;
  /** tmux key names: `Up`, `C-c`, `Enter`, `Space`, `PPage`, `a`. */
  press(...keys: string[]): void;
  /** Text as typed, in one go. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Signals the command (the whole tree below the pane's shell). */
  kill(signal: NodeJS.Signals): void;
  /** Waits until the screen matches, and returns it; on time-out throws with the screen. */
  see(pattern: RegExp, ms?: number): Promise<string>;
  /** The same on what `styled` gives. */
  seeStyled(pattern: RegExp, ms?: number): Promise<string>;
}

/** Past the page before the first ballot of a run; a session that goes on has none. */
export async function begin(terminal: Terminal): Promise<void> {
  const screen = await terminal.see(/Press Enter to begin|ballot \d+\b/, 30_000);
  if (screen.includes('Press Enter to begin')) terminal.press('Enter');
}

let opened = 0;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const tty: { cols?: number; rows?: number; env?: Record<string, string>; cwd?: string } = {};

/**
 * A shell command in a terminal of its own: own tmux server, own HOME. The screen ends with `[exit N]` when the
 * command does. The command waits until every byte is recorded.
 */
export function openTerminal(command: string, { cols = 80, rows = 24, env = {}, cwd }: typeof tty = {}): Terminal {
  const home = mkdtempSync(join(tmpdir(), 'gapcheck-tty-'));
  const socket = `gapcheck-${process.pid}-${opened++}`;
  const base = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    NODE_DISABLE_COMPILE_CACHE: '1',
    ...env,
  };
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-u', '-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', env: base });
  const raw = join(home, 'raw');
  const where = cwd === undefined ? [] : ['-c', cwd];
  const size = ['-x', `${cols}`, '-y', `${rows}`];
  tmux('new-session', '-d', '-s', 't', ...size, ...where, `tmux wait-for go; ${command}; echo "[exit $?]"; sleep 120`);
  tmux('pipe-pane', '-t', 't', `cat > '${raw}'`);
  tmux('wait-for', '-S', 'go');
  const screen = (): string => tmux('capture-pane', '-p', '-t', 't');
  const styled = (): string => tmux('capture-pane', '-e', '-p', '-t', 't');
  const waitFor = async (look: () => string, pattern: RegExp, ms: number): Promise<string> => {
    for (let waited = 0; waited < ms; waited += 20) {
      const now = look();
      if (pattern.test(now)) return now;
      await sleep(20);
    }
    throw new Error(`Not seen within ${ms} ms: ${pattern}\nThe screen was:\n${screen()}`);
  };
  return {
    screen,
    styled,
    everything: () => (existsSync(raw) ? readFileSync(raw, 'utf8') : ''),
    press: (...keys) => void tmux('send-keys', '-t', 't', ...keys),
    type: (text) => void tmux('send-keys', '-t', 't', '-l', text),
    resize: (columns, lines) => void tmux('resize-window', '-t', 't', '-x', `${columns}`, '-y', `${lines}`),
    kill(signal) {
      const shell = tmux('display-message', '-p', '-t', 't', '#{pane_pid}').trim();
      execFileSync('pkill', [`-${signal.slice(3)}`, '-P', shell]);
    },
    see: (pattern, ms = 10_000) => waitFor(screen, pattern, ms),
    seeStyled: (pattern, ms = 10_000) => waitFor(styled, pattern, ms),
    async [Symbol.asyncDispose]() {
      try {
        tmux('kill-server');
      } catch {
        // The command may have ended it already.
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Terminal bytes without escape sequences: what leak checks search. */
export const stripEscapes = (bytes: string): string =>
  bytes.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_]|[ -/][0-~])/g, '');
