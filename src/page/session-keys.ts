/** Which key goes where: the page scrolls by itself, everything else is the session's. */

import { forKey, voteKeys } from '../blind/session/keys.ts';
import type { Phase } from '../blind/session/state.ts';
import { belongsTo, keyName, scrollKeys, scrollStep } from './page-keys.ts';

export interface KeyTargets {
  phase(): Phase;
  /** Something of the page itself is in front: it has the keys. */
  covered(): boolean;
  /** Single characters vote. */
  singleKeys(): boolean;
  scrollers(): HTMLElement[];
  send(key: string): void;
}

/** Listens until the page goes. */
export function listenForKeys(targets: KeyTargets): void {
  addEventListener('keydown', (event) => {
    const key = keyName(event);
    if (key === undefined || event.defaultPrevented || targets.covered() || belongsTo(event.target, key)) return;
    if (scrollKeys.has(key)) {
      const phase = targets.phase();
      if (phase !== 'ballot' && phase !== 'guess') return;
      event.preventDefault();
      for (const box of targets.scrollers()) box.scrollBy({ top: scrollStep(key, box) });
      // The session hears of it: a message about reading on is answered, a held key let go.
      targets.send(key);
      return;
    }
    if (!targets.singleKeys() && (key.length === 1 || key === 'space')) return;
    event.preventDefault();
    // A key held down votes once.
    if (event.repeat && (forKey(voteKeys, key) || key === 'enter')) return;
    targets.send(key);
  });
}
