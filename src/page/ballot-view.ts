/** The ballot: how far, the prompt folded, two answers, the keys. State in, elements out; session.ts has the rules. */
import { unusableSentence } from '../blind/ballot.ts';
import { minimumMs } from '../blind/session/ballot-keys.ts';
import { type CommandName, type KeyWords, commands as session } from '../blind/session/keys.ts';
import { minutesLeft } from '../blind/session/pace.ts';
import type { SessionEvent, SessionState } from '../blind/session/state.ts';
import { onScreenMs, unseen } from '../blind/session/step.ts';
import {
  answerBlocks,
  hasSteps,
  joinedText,
  promptSummary,
  recordedWords,
  rulesSummary,
  shownImages,
  stepBlocks,
} from '../blind/shown-text.ts';
import type { Side } from '../records/vote-lines.ts';
import { printable, printableLine } from '../text/printable.ts';
import { imageNode } from './answer-text.ts';
import { button, el, say } from './dom.ts';
import { commandWords, guessWords, voteWords } from './page-words.ts';
import { createPane, type Pane } from './pane.ts';

export interface BallotView {
  node: HTMLElement;
  draw(state: SessionState): void;
  /** What of the answers is on the screen now. */
  viewed(): Extract<SessionEvent, { type: 'viewed' }>;
  /** What the scrolling keys move: the answer under the focus, or both. */
  scrollers(): HTMLElement[];
}

export type Press = (key: string) => void;

// Asked once: making a query after every change would lay the page out each time.
const narrow = matchMedia('(max-width: 52rem)');
const coarse = matchMedia('(pointer: coarse)');

export function createBallotView(press: Press, onSeen: () => void): BallotView {
  const panes: Record<Side, Pane> = { left: createPane('left', onSeen), right: createPane('right', onSeen) };
  const prompt = promptView(press);
  const both = el('div', { class: 'panes' }, panes.left.node, panes.right.node);
  const keys = keysView(press);
  let shown = '';
  const drawAnswers = (state: SessionState): void => {
    const { ballot, view, phase, guessAt, steps } = state;
    const key = `${ballot?.id} ${view} ${phase === 'guess' ? guessAt : ''} ${state.shownAt} ${steps !== undefined}`;
    if (!ballot || key === shown) return;
    shown = key;
    both.scrollTop = 0;
    for (const side of ['left', 'right'] as const) {
      const blocks = steps ? stepBlocks(ballot[side]) : answerBlocks(ballot[side], view);
      panes[side].node.classList.toggle('unusable', blocks[0]?.text === unusableSentence);
      panes[side].show(blocks);
    }
  };
  let marked: SessionState['difference'];
  const drawDifference = ({ difference, ballot, view }: SessionState): void => {
    if (difference === marked || !ballot) return;
    marked = difference;
    for (const side of ['left', 'right'] as const)
      panes[side].mark(difference?.[side], difference ? joinedText(answerBlocks(ballot[side], view)) : '');
  };
  return {
    node: el('div', { class: 'ballot' }, prompt.node, both, keys.node),
    draw(state) {
      prompt.draw(state);
      drawAnswers(state);
      drawDifference(state);
      keys.draw(state);
    },
    viewed() {
      const look = (side: Side) => ({ top: 0, end: panes[side].atEnd() });
      return {
        type: 'viewed',
        mode: narrow.matches ? 'stacked' : 'beside',
        height: 1,
        left: look('left'),
        right: look('right'),
      };
    },
    scrollers() {
      if (narrow.matches) return [both];
      const { activeElement } = document;
      const one = [panes.left, panes.right].find(({ scroller }) => scroller === activeElement);
      return (one ? [one] : [panes.left, panes.right]).map(({ scroller }) => scroller);
    },
  };
}

/** Minutes, votes, ballots: one sentence for the header. */
export function progressWords({ progress, paceMs }: SessionState): string {
  const { number, atMost } = progress;
  const minutes = minutesLeft({ progress, paceMs });
  if (narrow.matches) return `ballot ${number} · ≤ ${atMost} to go · ~${minutes} min`;
  return `ballot ${number} · at most ${atMost} to go · about ${minutes} min`;
}

/** The session names keys; a finger has none. */
const touchWords = (notice: string): string =>
  coarse.matches ? notice.replace(' PgDn scrolls down.', '').replace(' ? shows all keys.', '') : notice;

const longestSummary = 600;

/** The beginning of a text, on one line. */
function start(whole: string): string {
  const text = printable(whole.slice(0, 2 * longestSummary))
    .replace(/\s+/g, (blank) => (blank.includes('\n') ? ' ⏎ ' : blank))
    .trim();
  return text.length > longestSummary ? `${text.slice(0, longestSummary)} …` : text;
}

function promptView(press: Press) {
  const task = el('span', { class: 'task' });
  const summary = el('span', {});
  const whole = button(
    { class: 'whole', onclick: () => press(session.prompt.key) },
    'Whole prompt',
    cap(session.prompt.key),
  );
  const rules = el('p', { class: 'rules' });
  const recorded = el('p', { class: 'recorded' });
  const images = el('div', { class: 'images' });
  let pictured: SessionState['ballot'];
  const node = el(
    'section',
    { class: 'prompt', 'aria-label': 'Prompt' },
    el('p', {}, task, ' ', summary),
    recorded,
    rules,
    images,
    whole,
  );
  return {
    node,
    draw({ ballot }: SessionState): void {
      if (!ballot) return;
      say(task, printableLine(ballot.task));
      say(summary, start(promptSummary(ballot.prompt.messages)));
      const asked = start(rulesSummary(ballot.prompt.messages));
      rules.hidden = asked === '';
      say(rules, `Rules: ${asked}`);
      const results = recordedWords(ballot.prompt);
      recorded.hidden = results.length === 0;
      say(recorded, `Recorded: ${start(results.join(' · '))}`);
      if (ballot === pictured) return;
      pictured = ballot;
      const shown = shownImages(ballot.prompt.messages);
      images.hidden = shown.length === 0;
      const open = (): void => press(session.prompt.key);
      images.replaceChildren(
        ...shown.map((image) =>
          button({ 'aria-label': `Whole prompt, with ${image.text}`, onclick: open }, imageNode(image)),
        ),
      );
    },
  };
}

const cap = (key: string): HTMLElement => el('kbd', { 'aria-hidden': 'true' }, key);

function keysView(press: Press) {
  const make = ({ key, does, also }: KeyWords, name: string): HTMLButtonElement =>
    button(
      { class: name, 'data-key': key, 'aria-keyshortcuts': key === 'space' ? 'Space' : key, onclick: () => press(key) },
      cap(key),
      el('span', { class: 'does' }, does),
      ...(also ? [el('span', { class: 'also' }, el('span', { class: 'hidden' }, ', '), also)] : []),
    );
  const votes = voteWords.map((words) => make(words, 'vote'));
  const guesses = guessWords.map((words) => make(words, 'vote'));
  const voteGroup = el('div', { class: 'votes', role: 'group', 'aria-label': 'Your vote' }, ...votes);
  const guessGroup = el('div', { class: 'votes guesses', role: 'group', 'aria-label': 'Your guess' }, ...guesses);
  const notice = el('p', { class: 'notice', role: 'status' });
  const commands = new Map(
    commandWords
      .filter(({ name }) => name !== 'prompt' && name !== 'quit')
      .map((words) => [words.name, make(words, 'command')]),
  );
  const more = button(
    { class: 'command', 'data-key': session.help.key, onclick: () => press(session.help.key) },
    cap(session.help.key),
    el('span', { class: 'does' }, session.help.does),
  );
  const enough = button(
    { class: 'command', 'data-key': session.quit.key, onclick: () => press(session.quit.key) },
    cap(session.quit.key),
    el('span', { class: 'does' }, 'no more guesses'),
  );
  const row = el('div', { class: 'commands' }, ...commands.values(), more, enough);
  const rename = (name: CommandName, words: string): void => {
    const does = commands.get(name)?.querySelector('.does');
    if (does) say(does, words);
  };
  return {
    node: el('section', { class: 'keys', 'aria-label': 'Voting' }, voteGroup, guessGroup, notice, row),
    draw(state: SessionState): void {
      const guess = state.phase === 'guess' || state.pending?.guess === true;
      voteGroup.hidden = guess;
      guessGroup.hidden = !guess;
      const ready = onScreenMs(state) >= minimumMs && unseen(state).length === 0;
      for (const vote of votes) vote.setAttribute('aria-disabled', String(!ready));
      const { failure } = state;
      say(
        notice,
        failure
          ? `${failure} Nothing is lost; the same key tries again.`
          : guess
            ? 'A hunch is enough. Your votes stay as they are. Esc pauses.'
            : touchWords(state.notice ?? ''),
      );
      notice.classList.toggle('failure', failure !== undefined);
      const isAgents = state.ballot !== undefined && hasSteps(state.ballot);
      for (const [name, node] of commands)
        node.hidden = guess || (name === 'undo' && !state.undoable) || (name === 'steps' && !isAgents);
      more.hidden = guess;
      enough.hidden = !guess;
      rename('format', state.view === 'raw' ? 'formatted' : session.format.does);
      rename('steps', state.steps ? 'answers' : session.steps.does);
      rename('note', state.note ? 'note ✓' : session.note.does);
      rename('recognise', `${session.recognise.does}${state.recognised ? ' ✓' : ''}`);
      commands.get('difference')?.setAttribute('aria-pressed', String(state.difference !== undefined));
    },
  };
}
