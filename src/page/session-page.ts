/** The session on the page: engine, pictures, and what leads from one to the other. */

import type { Packet } from '../blind/packet.ts';
import { createPacketPort } from '../blind/packet-port.ts';
import { minimumMs } from '../blind/session/ballot-keys.ts';
import { createSessionEngine } from '../blind/session/engine.ts';
import type { SessionState } from '../blind/session/state.ts';
import { onScreenMs } from '../blind/session/step.ts';
import { createBallotView, progressWords } from './ballot-view.ts';
import type { Clock } from './clock.ts';
import { createPages } from './overlay-pages.ts';
import { createOverlay } from './overlays.ts';
import type { Frame, ProgressShown } from './page-frame.ts';
import { listenForKeys } from './session-keys.ts';
import type { Keeper, VotesStore } from './votes-store.ts';

export interface SessionParts {
  packet: Packet;
  votes: VotesStore;
  clock: Clock;
  frame: Frame;
  keeper: Keeper | undefined;
  save: { open(): void; isOpen(): boolean };
  /** The port broke, which it never should. */
  trouble(error: unknown): void;
}

export function runSession({ packet, votes, clock, frame, keeper, save, trouble }: SessionParts): void {
  const now = clock.now;
  const engine = createSessionEngine(
    packet.rater,
    createPacketPort(packet, votes, () => new Date()),
    now,
  );
  const phase = () => engine.state().phase;
  const follow = (done: Promise<void>): void => {
    done.then(draw, trouble);
  };
  const send = (key: string, text = ''): void => {
    // Where the session would leave a terminal, a page saves what there is.
    const leaves =
      phase() === 'end' ||
      (key === 'q' && (phase() === 'ballot' || phase() === 'last')) ||
      (key === 'escape' && phase() === 'guess-offer');
    if (leaves) save.open();
    else follow(engine.dispatch({ type: 'key', at: now(), key, text }));
  };
  const press = (key: string): void => send(key);
  const ballot = createBallotView(press, () => {
    engine.viewed(ballot.viewed());
    if (phase() === 'ballot') ballot.draw(engine.state());
  });
  const pages = createPages({ press, save: save.open });
  const shortcuts = createShortcuts(keeper);
  const overlay = createOverlay({ press, field: (text) => send('field', text), shortcuts });
  document.body.append(overlay.node);
  const wake = createWakeUp(() => follow(engine.dispatch({ type: 'tick', at: now() })));
  let question = '';
  const draw = (): void => {
    const state = engine.state();
    frame.progress(progressOf(state));
    frame.saved(votes);
    if (pages.draw(state)) frame.show(pages.node);
    else if (showsBallot(state)) {
      frame.show(ballot.node);
      ballot.draw(state);
    }
    overlay.draw(state);
    const asked = questionOf(state) ?? question;
    if (asked !== question) frame.announce();
    question = asked;
    wake(state);
  };
  listenForKeys({ phase, covered: save.isOpen, singleKeys: shortcuts.on, scrollers: ballot.scrollers, send });
  follow(engine.dispatch({ type: 'tick', at: now() }));
}

/** Between two ballots the one before stays. */
const showsBallot = ({ phase, ballot }: SessionState): boolean =>
  ballot !== undefined && phase !== 'waiting' && phase !== 'locking' && phase !== 'saving';

/** Something new to read; undefined while something else is in front. */
const questionOf = ({ phase, shownAt, ballot }: SessionState): string | undefined =>
  phase === 'ballot' || phase === 'guess' ? `${phase} ${shownAt} ${ballot?.id}` : undefined;

/** A tick when a vote begins to count. */
function createWakeUp(tick: () => void): (state: SessionState) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (state) => {
    clearTimeout(timer);
    const wait = minimumMs - onScreenMs(state);
    if (state.phase === 'ballot' && wait > 0) timer = setTimeout(tick, wait + 1);
  };
}

const shortcutsName = 'gapcheck single keys';

/** WCAG 2.1.4: keys of one character can be switched off. */
function createShortcuts(keeper: Keeper | undefined) {
  let on = keeper?.getItem(shortcutsName) !== 'off';
  return {
    on: () => on,
    set(wanted: boolean): void {
      on = wanted;
      keeper?.setItem(shortcutsName, on ? 'on' : 'off');
    },
  };
}

function progressOf(state: SessionState): ProgressShown {
  const { progress, guessAt, guesses, phase, pending } = state;
  const words = `Which answer came from the closed model? · ${guessAt + 1} of ${guesses.length}`;
  if (phase === 'guess' || pending?.guess) return { words, done: guessAt, all: guesses.length };
  if (phase === 'end' || phase === 'guess-offer' || phase === 'last' || phase === 'locking')
    return { words: 'all ballots are done', done: 1, all: 1 };
  return { words: progressWords(state), done: progress.voted, all: progress.voted + progress.atMost };
}
