/**
 * Another clock for a process under test: `NODE_OPTIONS=--import=file:///…/other-clock.js`.
 * OTHER_CLOCK_SPEED=100 lets time pass a hundred times as fast, for Date and timers alike: minutes of back-off become
 * a second, from the moment on that the file or folder OTHER_CLOCK_FAST names is there (real limits before that stand:
 * a busy machine needs them). OTHER_CLOCK_JUMPS names a file; the milliseconds in it are added to the wall clock from then on, as when
 * somebody sets it. Timers do not jump: they never follow the wall clock.
 */
import { existsSync, readFileSync } from 'node:fs';

const fast = process.env.OTHER_CLOCK_FAST;
const jumps = process.env.OTHER_CLOCK_JUMPS;
const RealDate = Date;
const realNow = RealDate.now;
const monotonic = performance.now.bind(performance);
let since;

/** How fast time passes now. */
function speed() {
  if (since === undefined && fast !== undefined && existsSync(fast)) since = monotonic();
  return since === undefined ? 1 : Number(process.env.OTHER_CLOCK_SPEED ?? 1);
}

/** Milliseconds gained over real time. */
function gained() {
  const factor = speed();
  return since === undefined ? 0 : (monotonic() - since) * (factor - 1);
}

function jump() {
  if (jumps === undefined) return 0;
  try {
    return Number(readFileSync(jumps, 'utf8'));
  } catch {
    return 0;
  }
}

const now = () => Math.round(realNow() + gained() + jump());

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};

for (const name of ['setTimeout', 'setInterval']) {
  const real = globalThis[name];
  globalThis[name] = Object.assign((work, ms = 0, ...rest) => real(work, ms / speed(), ...rest), real);
}
performance.now = () => monotonic() + gained();
const realSignal = AbortSignal.timeout;
AbortSignal.timeout = (ms) => realSignal.call(AbortSignal, Math.ceil(ms / speed()));
