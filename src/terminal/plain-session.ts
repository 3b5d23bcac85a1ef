/**
 * The session for screen readers and simple terminals: line by line, numbers and Enter, no cursor movement, no
 * colour. The same state machine; this file only reads aloud.
 */
import { createInterface } from 'node:readline';
import { createSessionEngine, type SessionEnd, type SessionEngine } from '../blind/session/engine.ts';
import type { SessionState } from '../blind/session/state.ts';
import { printable, printableLine } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';
import { menuOf, type Say, sayMenu, sayPhase } from './plain-speech.ts';
import type { SessionOptions } from './session-loop.ts';

/** Runs until the rater leaves or the input ends; what was voted is saved. */
export async function runPlainSession({ rater, port, input, output, now }: SessionOptions): Promise<SessionEnd> {
  const engine = createSessionEngine(rater, port, now, { introduces: true });
  const say = (text: string): void => void output.write(`${atWords(printable(text), output)}\n`);
  const reader = createInterface({ input, terminal: false });
  // Listens from here on: what is typed ahead, while the first ballot is fetched, is kept.
  const lines = reader[Symbol.asyncIterator]();
  let stopped: SessionEnd | undefined;
  const stop = (end: SessionEnd) => (): void => {
    stopped ??= end;
    reader.close();
  };
  const [onInterrupt, onTerminate] = [stop('interrupted'), stop('terminated')];
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  try {
    await engine.dispatch({ type: 'tick', at: now() });
    let read = aloud(undefined, engine, say);
    if (await isOver(engine, now)) return engine.ended() ?? 'saved';
    say(ask);
    for await (const line of lines) {
      const typed = line.trim();
      if (isUnderstood(typed, engine.state(), say)) {
        await answer(typed, engine, now);
        if (await isOver(engine, now)) break;
        read = aloud(read, engine, say);
      }
      say(ask);
    }
    return engine.ended() ?? stopped ?? 'saved';
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
    reader.close();
  }
}

/** The last page has no choices: whoever began the session says the thanks, once. */
async function isOver(engine: SessionEngine, now: () => number): Promise<boolean> {
  if (engine.state().phase === 'end') await engine.dispatch({ type: 'key', at: now(), key: 'enter', text: '' });
  return engine.ended() !== undefined;
}

const ask = 'Your answer, then Enter:';

/** The terminal itself would break a line in the middle of a word. */
function atWords(text: string, { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): string {
  if (!isTTY || !columns) return text;
  const lines = text.split('\n').flatMap((line) => [...wrap(line, columns)].map(([from, to]) => line.slice(from, to)));
  return lines.join('\n');
}

/** Says why not, or reads the choices again; a phase without choices takes any text. */
function isUnderstood(typed: string, state: SessionState, say: Say): boolean {
  const menu = menuOf(state);
  if (!menu || keyFor(typed, state) !== undefined) return true;
  if (typed === '?') sayMenu(state, say);
  else {
    const what = typed === '' ? 'An empty line' : `"${printableLine(typed).slice(0, 40)}"`;
    say(`${what} is not one of 1–${menu.length}; ? reads them again.`);
  }
  return false;
}

function keyFor(typed: string, state: SessionState): string | undefined {
  const menu = menuOf(state) ?? [];
  const letter = typed.toLowerCase();
  return menu[Number(typed) - 1]?.[0] ?? menu.find(([key]) => key === letter)?.[0];
}

/** A typed line as the key presses it stands for. */
async function answer(line: string, engine: SessionEngine, now: () => number): Promise<void> {
  const state = engine.state();
  const press = (key: string, text = ''): Promise<void> => engine.dispatch({ type: 'key', at: now(), key, text });
  if (state.phase === 'note' || state.phase === 'reason') {
    if (line !== '') await press('text', line);
    return press('enter');
  }
  return press(keyFor(line, state) ?? 'enter');
}

/** The ballot that was read last, in its view: it is not read again after a note or a question. */
interface Read {
  phase: SessionState['phase'];
  ballot: string;
  /** What the phase itself was about. */
  about: string;
}

/** Says what changed; returns what has been read by now. */
function aloud(before: Read | undefined, engine: SessionEngine, say: Say): Read {
  // Everything is printed, so everything has been on the screen.
  const seen = { top: 0, end: true };
  engine.viewed({ type: 'viewed', mode: 'stacked', height: 24, left: seen, right: seen, prompt: seen });
  const state = engine.state();
  const shown = `${state.ballot?.id} ${state.view}${state.steps ? ' steps' : ''} ${state.leaveOut?.join() ?? ''}`;
  const isBallot = state.phase === 'ballot';
  if (state.failure) say(printableLine(`Not saved: ${state.failure}`));
  if (state.notice) say(printableLine(state.notice));
  const isKnown = isBallot ? before?.ballot === shown : before?.phase === state.phase && before.about === shown;
  if (!isKnown) sayPhase(state, say);
  else if (isBallot && before?.phase !== 'ballot' && !state.notice) say(`Ballot ${state.progress.number} again.`);
  return { phase: state.phase, ballot: isBallot ? shown : (before?.ballot ?? ''), about: shown };
}
