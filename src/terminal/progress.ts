/**
 * Progress of a run, on stderr: one bar per arm in a terminal, a line at 25, 50 and 75 % elsewhere. The frame ends
 * with a newline and hides nothing, so a process that dies leaves a clean terminal behind.
 */

import type { RunnerEvent } from '../runs/runner-events.ts';
import { printableLine } from '../text/printable.ts';
import { textWidth } from '../text/width.ts';
import { clip } from '../text/wrap.ts';
import { type ArmTally, addTally, createTally, type Eta, etaMs } from './progress-tally.ts';

export interface ProgressOptions {
  stream: { write(text: string): unknown; readonly columns?: number };
  /** Bars that are drawn over; else plain lines. */
  interactive: boolean;
  now(): Date;
  /** What follows when the answers are there: the session by itself, or a command of the user's. */
  session?: boolean;
}

export interface Progress {
  on(event: RunnerEvent): void;
  /** Draws the last state and lets go of the timer. Safe to call twice. */
  close(): void;
}

/** A redraw costs the terminal more than us; ten a second look smooth. */
const redrawMs = 100;
const idleMs = 1_000;
/** Pauses shorter than this are not worth a line of their own. */
const longPauseMs = 5_000;
/** Without a terminal, an answer that takes longer than this shows how far it is. */
const silentMs = 60_000;

export function createProgress(options: ProgressOptions): Progress {
  return options.interactive ? drawnProgress(options) : plainProgress(options);
}

const gettingAnswers = 'Getting answers. Ctrl-C stops; everything answered so far is kept.';

function drawnProgress({ stream, now, session = false }: ProgressOptions): Progress {
  const tally = createTally();
  let drawn = '';
  let drawnAt = 0;
  let closed = false;
  const draw = (above = ''): void => {
    const columns = Math.max(10, (stream.columns ?? 80) - 1);
    const head = isEnding(tally) || tally.size === 0 ? [] : [clip(` ${gettingAnswers}`, columns)];
    const lines = [...tally.values()].map((arm) => barLine(arm, tally, columns));
    const end = endLine(tally, now(), session);
    const frame = [...head, ...lines, ...(end === '' ? [] : [clip(` ${end}`, columns)])]
      .map((line) => `${line}\n`)
      .join('');
    drawnAt = now().getTime();
    if (frame === drawn && above === '') return;
    const rows = drawn.split('\n').length - 1;
    stream.write(`${rows > 0 ? `\r\x1b[${rows}A\x1b[0J` : ''}${above}${frame}`);
    drawn = frame;
  };
  const timer = setInterval(draw, idleMs, '');
  timer.unref();
  return {
    on(event) {
      addTally(tally, event, now().getTime());
      const notice = noticeOf(event);
      if (event.kind === 'ended') {
        draw(notice);
        stream.write('\x07');
      } else if (notice !== '' || event.kind === 'planned' || now().getTime() - drawnAt >= redrawMs) draw(notice);
    },
    close() {
      clearInterval(timer);
      if (!closed && drawn !== '') draw();
      closed = true;
    },
  };
}

function plainProgress({ stream, now, session = false }: ProgressOptions): Progress {
  const tally = createTally();
  let said = 0;
  let heardAt = now().getTime();
  return {
    on(event) {
      addTally(tally, event, now().getTime());
      if (event.kind === 'planned' || event.kind === 'trial') heardAt = now().getTime();
      if (event.kind === 'writing' && now().getTime() - heardAt >= silentMs) {
        heardAt = now().getTime();
        const arm = tally.get(event.arm);
        if (arm) stream.write(`${printableLine(arm.name)} ${countOf(arm)}${detail(arm)}\n`);
      }
      const notice = noticeOf(event);
      if (notice !== '') stream.write(notice);
      if (event.kind === 'planned') said = quarter(tally);
      else if (event.kind === 'trial' && quarter(tally) > said) {
        said = quarter(tally);
        if (said < 4) stream.write(`${plainLine(tally, said * 25, now(), session)}\n`);
      } else if (event.kind === 'ended') stream.write(`${plainLine(tally, percentOf(tally), now(), session)}\n`);
    },
    close() {},
  };
}

const sum = (tally: Map<string, ArmTally>, of: (arm: ArmTally) => number): number =>
  [...tally.values()].reduce((all, arm) => all + of(arm), 0);

/** Whole percent of trials that are done; 100 only when all are. */
function percentOf(tally: Map<string, ArmTally>): number {
  const total = sum(tally, (arm) => arm.total);
  return total === 0 ? 100 : Math.floor((100 * sum(tally, (arm) => arm.done)) / total);
}

const quarter = (tally: Map<string, ArmTally>): number => Math.floor(percentOf(tally) / 25);

function plainLine(tally: Map<string, ArmTally>, percent: number, now: Date, session: boolean): string {
  const arms = [...tally.values()].map((arm) => `${printableLine(arm.name)} ${countOf(arm)}${detail(arm)}`);
  const end = endLine(tally, now, session);
  return `${percent}%: ${arms.join(', ')}.${end === '' ? '' : ` ${end}`}`;
}

/** "17 of 24". */
const countOf = ({ done, total }: ArmTally): string => `${done} of ${total}`;

/** The run is ending: it makes no further call. */
const isEnding = (tally: Map<string, ArmTally>): boolean => [...tally.values()].some(({ ending }) => ending);

function detail(arm: ArmTally): string {
  const parts = facts(arm);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Pieces of an answer: shorter ones are there before anybody wonders. */
const longAnswer = 100;

/** What is worth saying about an arm, the most important first: a narrow terminal cuts the rest. */
function facts(arm: ArmTally): string[] {
  return [
    arm.state,
    // Per arm only what no ballot shows: a rater who knows whose answers failed knows whose side it is.
    arm.givenUp > 0 ? `${arm.givenUp} missing` : '',
    // An answer that takes long shows that it is coming.
    arm.writing >= longAnswer ? `writing, ${arm.writing.toLocaleString('en')} tokens so far` : '',
    arm.speed > 0 ? `${arm.speed < 10 ? arm.speed.toFixed(1) : Math.round(arm.speed)} tokens/s` : '',
    arm.usd > 0 ? dollars(arm.usd) : '',
  ].filter((part) => part !== '');
}

/** Cents, and less than a cent where that is all. */
const dollars = (usd: number): string => `$${usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;

/** Room for spaces and "1 missing · 84 tokens/s · $0.02". */
const factsWidth = 43;

function barLine(arm: ArmTally, tally: Map<string, ArmTally>, columns: number): string {
  const names = Math.min(16, Math.max(...[...tally.keys()].map((name) => textWidth(printableLine(name)))));
  const longest = Math.max(...[...tally.values()].map(({ total }) => `${total} of ${total}`.length));
  const count = countOf(arm).padStart(longest);
  const width = Math.max(5, Math.min(20, columns - names - count.length - factsWidth));
  const full = arm.total === 0 ? width : Math.min(width, Math.round((width * arm.done) / arm.total));
  const name = clip(printableLine(arm.name), names);
  const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
  const padding = ' '.repeat(Math.max(0, names - textWidth(name)));
  return clip(`   ${name}${padding}  ${bar}  ${count}   ${facts(arm).join(' · ')}`.trimEnd(), columns);
}

/** When the last answer is expected, what follows, and what it has cost so far. */
function endLine(tally: Map<string, ArmTally>, now: Date, session: boolean): string {
  const spent = sum(tally, (arm) => arm.usd + arm.usdBefore);
  const eta = etaMs(tally, now.getTime());
  // With an arm missing there is nothing to score yet.
  const stops = [...tally.values()].some(({ stopped }) => stopped);
  const then = session ? 'Then the blind session starts.' : 'Then run gapcheck score.';
  return [
    eta === undefined ? '' : readyText(eta, now, stops),
    eta === undefined || stops ? '' : then,
    failedText(tally),
    spent > 0 ? `${dollars(spent)} spent.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * One number for all arms together, and only when all have answered: while one is ahead, the number would be its own. Until
 * the votes are in, nobody may learn whose answers failed.
 */
function failedText(tally: Map<string, ArmTally>): string {
  if ([...tally.values()].some(({ total, done, givenUp }) => done + givenUp < total)) return '';
  const failed = sum(tally, (arm) => arm.failed - arm.givenUp);
  return failed <= 0 ? '' : `${failed} of ${sum(tally, (arm) => arm.done)} answers failed a check.`;
}

/** From here on the clock says more than the minutes. */
const clockFrom = 10;

function readyText({ from, to }: Eta, now: Date, stops: boolean): string {
  const [low, high] = [from, to].map((ms) => Math.max(1, Math.round(ms / 60_000))) as [number, number];
  const left = `left${stops ? ' for the rest' : ''}`;
  if (to > from && high > low) return `About ${low} to ${high} min ${left}.`;
  if (to < 60_000) return `Less than 1 min ${left}.`;
  const ready = new Date(now.getTime() + to);
  const clock = [ready.getHours(), ready.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return `About ${high} min ${left}${high >= clockFrom ? `, until ${clock}` : ''}.`;
}

/** Lines that stay above the bars. */
function noticeOf(event: RunnerEvent): string {
  if (event.kind === 'refused') {
    const times = event.count === 1 ? '' : ` (${event.count} times so far)`;
    return `${printableLine(event.arm)}: the server refuses a request${times}: ${printableLine(event.message)}\n`;
  }
  if (event.kind === 'adjusted') return `${printableLine(event.arm)} goes on with ${printableLine(event.note)}.\n`;
  if (event.kind === 'single')
    return `${printableLine(event.arm)}: its server ends one request when the next one comes, so it is asked one call at a time from here on.\n`;
  if (event.kind === 'stopped') {
    const hint = event.hint === undefined ? '' : `\n  Next: ${printableLine(event.hint)}`;
    return `${printableLine(event.arm)} stopped: ${printableLine(event.reason)}${hint}\n`;
  }
  if (event.kind === 'observed' && event.warning)
    return `${printableLine(event.arm)}: ${printableLine(event.warning)}\n`;
  if (event.kind === 'reused')
    return `${printableLine(event.arm)}: ${event.answers} answers reused from earlier runs\n`;
  if (event.kind === 'paused' && event.ms >= longPauseMs)
    return `${printableLine(event.arm)} waits ${Math.round(event.ms / 1_000)} s: ${printableLine(event.message)}\n`;
  if (event.kind === 'stopping') return stoppingText(event);
  return '';
}

const stoppingText = ({ inFlight, graceMs }: Extract<RunnerEvent, { kind: 'stopping' }>): string =>
  inFlight === 0
    ? 'Stopping.\n'
    : `Stopping: ${inFlight} calls in flight get ${Math.round(graceMs / 1_000)} s to finish. Ctrl-C again ends at once.\n`;
