/** Key presses of a raw terminal, by the names that the session knows. */
import { emitKeypressEvents, type Interface, type Key } from 'node:readline';

export interface KeyPress {
  /** A small letter or other character, or a name: enter, escape, tab, space, up, pagedown, ctrl-c, ctrl-l, ... */
  key: string;
  /** What it types; empty for keys that type nothing. */
  text: string;
}

const names: Readonly<Record<string, string>> = { return: 'enter', linefeed: 'enter', enter: 'enter' };
const named: ReadonlySet<string> = new Set([
  'enter',
  'escape',
  'tab',
  'space',
  'backspace',
  'delete',
  'up',
  'down',
  'left',
  'right',
  'pageup',
  'pagedown',
  'home',
  'end',
]);

/** From readline's two arguments; undefined for keys nobody waits for. Caps Lock does not change what a key does. */
export function keyPress(text: string | undefined, key: Key): KeyPress | undefined {
  const name = names[key.name ?? ''] ?? key.name ?? '';
  if (key.ctrl) return name === 'space' || name === '' ? undefined : { key: `ctrl-${name}`, text: '' };
  if (key.meta && name !== 'escape') return undefined;
  if (named.has(name)) return { key: name, text: name === 'space' ? ' ' : '' };
  if (text === undefined || text === '' || text < ' ' || text === '\u007f') return undefined;
  return { key: text.length === 1 ? text.toLowerCase() : text, text };
}

/** A lone Escape counts after this long; readline's own half second makes "Esc goes back" feel broken. */
const escapeMs = 40;

/** Puts the terminal into raw mode and reports keys until `stop`, which leaves it as it was. */
export function readKeys(input: NodeJS.ReadStream, onKey: (press: KeyPress) => void): { stop(): void; resume(): void } {
  const listener = (text: string | undefined, key: Key): void => {
    const press = keyPress(text, key);
    if (press) onKey(press);
  };
  emitKeypressEvents(input, { escapeCodeTimeout: escapeMs } as unknown as Interface);
  const wasRaw = input.isRaw === true;
  const resume = (): void => {
    if (input.isTTY) input.setRawMode(true);
    input.resume();
  };
  input.on('keypress', listener);
  resume();
  return {
    resume,
    stop() {
      input.off('keypress', listener);
      if (input.isTTY) input.setRawMode(wasRaw);
      input.pause();
    },
  };
}
