/**
 * The session in a terminal: keys in, frames out, votes through the port. Keys come from node:readline and frames are
 * our own, because a prompt library redraws its whole text at each key, which two 100 KB answers do not allow.
 */

import type { Size } from '../blind/screen/drawn-frame.ts';
import { createScreen } from '../blind/screen/screen.ts';
import { minimumMs } from '../blind/session/ballot-keys.ts';
import { createSessionEngine, type SessionEnd, type SessionEngine, type SessionPort } from '../blind/session/engine.ts';
import { onScreenMs } from '../blind/session/step.ts';
import { createFrameWriter, type FrameWriter, wantsColour } from './frame.ts';
import { readKeys } from './key-presses.ts';
import { guardTerminal } from './restore.ts';

export interface SessionOptions {
  rater: string;
  port: SessionPort;
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  env: Record<string, string | undefined>;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/** Runs until the rater leaves; the terminal is as before when it settles, also when it rejects. */
export async function runSession({ rater, port, input, output, env, now }: SessionOptions): Promise<SessionEnd> {
  const engine = createSessionEngine(rater, port, now, { introduces: true });
  const frames = createFrameWriter(output, { coloured: wantsColour(env, output) });
  const painter = createPainter(engine, frames, output);
  return new Promise<SessionEnd>((resolve, reject) => {
    const settle = (finish: () => void): void => {
      painter.stop();
      restore();
      guard.release();
      output.off('resize', painter.redraw);
      process.off('SIGCONT', onContinue);
      finish();
    };
    const after = (done: Promise<void>): void => {
      done.then(
        () => {
          const end = engine.ended();
          if (end) settle(() => resolve(end));
          else painter.draw();
        },
        (error: unknown) => settle(() => reject(error)),
      );
    };
    const key = (name: string, text = ''): void => after(engine.dispatch({ type: 'key', at: now(), key: name, text }));
    const keys = readKeys(input, (press) => (press.key === 'ctrl-l' ? painter.redraw() : key(press.key, press.text)));
    const restore = (): void => {
      keys.stop();
      frames.close();
    };
    const onContinue = (): void => {
      keys.resume();
      frames.open();
      painter.redraw();
    };
    const guard = guardTerminal(restore, {
      onInterrupt: () => key('ctrl-c'),
      onTerminate: () => settle(() => resolve('terminated')),
    });
    painter.onTick = () => after(engine.dispatch({ type: 'tick', at: now() }));
    output.on('resize', painter.redraw);
    process.on('SIGCONT', onContinue);
    frames.open();
    after(engine.dispatch({ type: 'tick', at: now() }));
  });
}

interface Painter {
  draw(): void;
  redraw(): void;
  stop(): void;
  onTick: () => void;
}

/** Draws the state, wakes up when a vote begins to count, and lays out ahead while nothing happens. */
function createPainter(engine: SessionEngine, frames: FrameWriter, output: NodeJS.WriteStream): Painter {
  const screen = createScreen();
  let timer: NodeJS.Timeout | undefined;
  let idle: NodeJS.Immediate | undefined;
  const prepare = (): void => {
    idle = screen.prepare() ? setImmediate(prepare) : undefined;
  };
  /** What was seen may change what the keys row says; true when it did. */
  const noteViewed = (viewed: Parameters<SessionEngine['viewed']>[0]): boolean => {
    const before = engine.state();
    engine.viewed(viewed);
    const { seen, shown } = engine.state();
    return before.seen.left !== seen.left || before.seen.right !== seen.right || before.shown?.mode !== shown?.mode;
  };
  const painter: Painter = {
    onTick: () => {},
    draw() {
      const size = sizeOf(output);
      const { lines, viewed } = screen.draw(engine.state(), size);
      frames.draw(viewed && noteViewed(viewed) ? screen.draw(engine.state(), size).lines : lines);
      clearTimeout(timer);
      const state = engine.state();
      const wait = minimumMs - onScreenMs(state);
      if (state.phase === 'ballot' && wait > 0) timer = setTimeout(() => painter.onTick(), wait + 1);
      if (idle === undefined) idle = setImmediate(prepare);
    },
    redraw() {
      frames.forget();
      painter.draw();
    },
    stop() {
      clearTimeout(timer);
      if (idle) clearImmediate(idle);
    },
  };
  return painter;
}

const sizeOf = ({ columns, rows }: NodeJS.WriteStream): Size => ({ columns: columns || 80, rows: rows || 24 });
