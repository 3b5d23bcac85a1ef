/**
 * The blind session in a browser, for raters without a terminal: the same state machine, ballots from the page itself,
 * votes into the browser's storage. Keys and taps in, pictures out.
 */
import { readPacket } from '../blind/packet.ts';
import { isFinished, lineBody, packetToCome, readBallots } from '../blind/packet-port.ts';
import { isSameChoice, keepSome, leavesSome } from '../blind/session/leave-out.ts';
import { minutesLeft } from '../blind/session/pace.ts';
import { GapcheckError } from '../errors.ts';
import { standingVotes } from '../records/standing-votes.ts';
import { printableLine } from '../text/printable.ts';
import { createClock } from './clock.ts';
import { button, el, say } from './dom.ts';
import { leaveOutChoice, welcomePage } from './overlay-pages.ts';
import { createFrame } from './page-frame.ts';
import { belongsTo, keyName } from './page-keys.ts';
import { openSafeKeeper } from './safe-keeper.ts';
import { createSaveDialog } from './save-votes.ts';
import { runSession } from './session-page.ts';
import { type Keeper, openVotes, recoverVotes } from './votes-store.ts';

function open(): void {
  const packet = readPacket(document.getElementById('packet')?.textContent ?? '', 'This page');
  const keeper = browserKeeper();
  const safe = openSafeKeeper();
  void safe.then((database) => recoverVotes(packet, keeper, database)).then((found) => found && location.reload());
  const votes = openVotes(packet, keeper, () => new Date(), safe);
  const clock = createClock(() => performance.now());
  const rater = printableLine(packet.rater);
  const frame = createFrame(rater, () => save.open());
  const save = createSaveDialog(votes, votesFileName(rater), {
    covered: (covers) => clock.hold('save', covers),
    changed: (taken) => (taken ? location.reload() : frame.saved(votes)),
  });
  document.title = `Blind session · ${rater}`;
  document.addEventListener('visibilitychange', () => clock.hold('hidden', document.hidden));
  addEventListener('beforeunload', (event) => {
    if (!votes.kept && votes.unsaved().lines > 0) event.preventDefault();
  });
  document.body.append(...frame.nodes, save.node);
  frame.saved(votes);
  const ballots = readBallots(packet.ballots, votes.file).length;
  const toCome = packetToCome(packet.ballots, votes.file);
  const choice = leaveOutChoice(toCome);
  const voted = standingVotes(votes.file.lines).size;
  frame.progress({ words: '', done: voted, all: ballots });
  const minutes = minutesLeft({ progress: { number: voted + 1, atMost: ballots - voted, voted }, paceMs: [] });
  const finished = isFinished(votes.file);
  const keep = el('p', { class: 'failure', role: 'alert' });
  const start = (): void => {
    const names = choice.names();
    const chooses = toCome.prompts.length > 0;
    if (chooses && !leavesSome(toCome, names)) {
      say(keep, keepSome);
      return;
    }
    if (chooses && !isSameChoice(toCome.leftOut, names))
      votes.append({ ...lineBody({ kind: 'leave-out', names }), at: new Date().toISOString() });
    removeEventListener('keydown', startKey);
    runSession({ packet, votes, clock, frame, keeper, save, trouble });
  };
  const startKey = (event: KeyboardEvent): void => {
    if (keyName(event) !== 'enter' || belongsTo(event.target, 'enter') || save.isOpen()) return;
    event.preventDefault();
    start();
  };
  addEventListener('keydown', startKey);
  const welcome = welcomePage(
    { ballots, voted, minutes, finished, kept: votes.kept, choice: [...choice.nodes, keep] },
    start,
  );
  frame.show(welcome);
  welcome.querySelector('h2')?.focus();
}

/** Undefined where a browser gives pages from files no storage. */
function browserKeeper(): Keeper | undefined {
  try {
    const probe = 'gapcheck probe';
    localStorage.setItem(probe, probe);
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}

/** As the terminal names it: after the page's own file, where that has a name. */
function votesFileName(rater: string): string {
  const [, own] = /([^/\\]+)\.html?$/i.exec(decodeURIComponent(location.pathname)) ?? [];
  return `${(own ?? rater).replace(/[^\p{L}\p{N} ._()-]/gu, '_')}.votes.jsonl`;
}

/** Nothing is lost: what was voted is in the browser's storage. */
function trouble(error: unknown): void {
  const words = error instanceof GapcheckError ? error.message : `Something broke on this page: ${String(error)}`;
  const again = button({ class: 'main', onclick: () => location.reload() }, 'Load it again');
  const kept = 'The votes you gave before are kept in this browser.';
  const said = el('div', { role: 'alert' }, el('h2', {}, words), el('p', {}, kept));
  document.body.replaceChildren(
    el('header', { class: 'top' }, el('h1', {}, 'blind session')),
    el('main', {}, el('div', { class: 'page' }, said, el('div', { class: 'foot' }, again))),
  );
}

try {
  open();
} catch (error) {
  trouble(error);
}
