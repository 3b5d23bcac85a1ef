/** Key presses of a browser, by the names that the session knows. */
const names: Readonly<Record<string, string>> = {
  Enter: 'enter',
  Escape: 'escape',
  ' ': 'space',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageup',
  PageDown: 'pagedown',
  Home: 'home',
  End: 'end',
};

/**
 * The session's name of a key; undefined for keys nobody waits for, and for Tab, which walks through the page here.
 * Caps Lock does not change what a key does.
 */
export function keyName({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return names[key] ?? ([...key].length === 1 ? key.toLowerCase() : undefined);
}

/** A field keeps what is typed into it; a button under the focus keeps Enter and Space. */
export function belongsTo(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('textarea, input:not([type=checkbox])')) return key !== 'enter' && key !== 'escape';
  return target.matches('button, summary, input') && (key === 'enter' || key === 'space');
}

export const scrollKeys: ReadonlySet<string> = new Set(['up', 'down', 'pageup', 'pagedown', 'home', 'end']);

/** How far a scrolling key moves a box, in pixels. */
export function scrollStep(key: string, box: HTMLElement): number {
  const page = Math.max(40, box.clientHeight - 48);
  const steps: Readonly<Record<string, number>> = {
    down: 48,
    up: -48,
    pagedown: page,
    pageup: -page,
    home: -box.scrollHeight,
    end: box.scrollHeight,
  };
  return steps[key] ?? 0;
}
