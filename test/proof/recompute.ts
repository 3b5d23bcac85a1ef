/**
 * Verdicts once more, from what raters thought, the key and the ledger: nothing here is imported from the statistics or
 * the verdicts. The minimum over strata is found by plain halving, limits by halving too.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Opinion } from '../helpers/played-run.ts';

interface Counts {
  w: number;
  t: number;
  l: number;
}
interface Stratum {
  task: string | null;
  hard: boolean | null;
  share: number;
  planned: number;
}
interface Unit {
  prompt: string;
  task: string;
  hard: boolean;
  score: number;
  bad: boolean;
  asked: boolean;
  batch: number;
}
type Sides = { good: boolean; keep: boolean; better: boolean };
type Limits = [lower: number, upper: number];

export interface Recomputed {
  verdict: string;
  withinMargin: boolean;
  interval: Limits | null;
  at: { good: number | null; keep: number | null; better: number | null };
  units: number;
  counts: { a: number; bothFine: number; bothBad: number; b: number; identical: number };
  skipped: number;
  neither: boolean;
  leaning: string;
}

const none: Counts = { w: 0, t: 0, l: 0 };
const size = ({ w, t, l }: Counts): number => w + t + l;
const plus = (c: Counts, score: number): Counts => ({
  w: c.w + Number(score === 1),
  t: c.t + Number(score === 0),
  l: c.l + Number(score === -1),
});
const turned = ({ w, t, l }: Counts): Counts => ({ w: l, t, l: w });

function halve(above: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 44; step += 1) {
    const middle = (low + high) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function z(c: Counts, d: number): number {
  const [n, b, lost] = [size(c), c.w, c.l];
  const linear = -b - lost + (2 * n - b + lost) * d;
  const q = (Math.sqrt(Math.max(0, linear ** 2 + 8 * n * lost * d * (1 - d))) - linear) / (4 * n);
  const far = b - lost - n * d;
  return Math.abs(far) < 1e-15 ? 0 : far / Math.sqrt(Math.max(1e-300, n * (2 * q + d * (1 - d))));
}

const firstRow: Record<number, number> = { 8: 2.13, 9: 2, 11: 2.03, 13: 2.01 };
const otherRow = [2.18, 2.12, 2.12, 2.11, 2.05, 2.03, 2.05, 1.99, 1.98, 1.98, 1.97];
const z1 = (n: number): number => firstRow[n] ?? 1.959964;
const zGood = (n: number, margin: number): number =>
  Math.abs(margin - 0.15) < 1e-9 || Math.abs(margin - 0.3) < 1e-9 ? z1(n) : (otherRow[n - 8] ?? 1.959964);

function tango(c: Counts, quantile: number): Limits {
  const net = (c.w - c.l) / size(c);
  return [
    c.l === size(c) ? -1 : halve((d) => z(c, d) >= quantile, -1, net),
    c.w === size(c) ? 1 : halve((d) => z(c, d) >= -quantile, net, 1),
  ];
}

/** ln of the e-value over strata against "mean <= m". */
function logE(strata: readonly (Counts & { share: number; planned: number })[], m: number): number {
  const total = strata.reduce((sum, { share }) => sum + share, 0);
  const most = Math.max(...strata.map(({ share, planned }) => share / planned));
  const perBet = [0.1, 0.4, 0.7].map((bet, k) => {
    const parts = strata.map((one) => ({
      ...one,
      omega: one.share / total,
      c: bet * (one.share / one.planned / most),
    }));
    const fall = (p: (typeof parts)[number], y: number): number =>
      (2 * p.c * p.w) / (y * ((1 - p.c) * y + 2 * p.c)) + (p.c * p.t) / (y * ((1 - p.c) * y + p.c));
    const yOf = (p: (typeof parts)[number], nu: number): number =>
      p.w + p.t === 0 ? 0 : fall(p, 2) >= nu * p.omega ? 2 : halve((y) => fall(p, y) >= nu * p.omega, 0, 2);
    const spent = (nu: number): number => parts.reduce((sum, p) => sum + p.omega * yOf(p, nu), 0);
    const logNu = halve((at) => spent(Math.exp(at)) > 1 + m, -30, 30);
    const value = parts.reduce((sum, p) => {
      const y = yOf(p, Math.exp(logNu));
      const won = p.w + p.t === 0 ? 0 : p.w * Math.log1p(p.c * (2 / y - 1)) + p.t * Math.log1p(p.c * (1 / y - 1));
      return sum + won + p.l * Math.log1p(-p.c);
    }, 0);
    return Math.log([0.05, 0.4, 0.55][k] as number) + value;
  });
  const top = Math.max(...perBet);
  return top + Math.log(perBet.reduce((sum, one) => sum + Math.exp(one - top), 0));
}

type Voted = Counts & { share: number; planned: number };
const enough = Math.log(20) - 1e-12;
const mirror = (strata: readonly Voted[]): Voted[] => strata.map((one) => ({ ...one, ...turned(one) }));
const isOne = (strata: readonly Voted[]): boolean => strata.length === 1;

function anyTime(strata: readonly Voted[], margin: number): Sides {
  const n = strata.reduce((sum, one) => sum + size(one), 0);
  if (isOne(strata) && n < 8) return { good: false, keep: false, better: false };
  const better = logE(strata, 0) >= enough;
  return { good: better || logE(strata, -margin) >= enough, better, keep: logE(mirror(strata), 0) >= enough };
}

function anyTimeLimits(strata: readonly Voted[]): Limits {
  const lower = (of: readonly Voted[]): number =>
    of.every(({ w, t }) => w + t === 0) ? -1 : halve((m) => logE(of, m) >= Math.log(20), -1, 1);
  return [lower(strata), -lower(mirror(strata))];
}

/** One look, where it is allowed; else what holds at any time. */
function look(strata: readonly Voted[], margin: number): Sides & { limits: Limits } {
  const [only] = strata;
  if (isOne(strata) && only) {
    const n = size(only);
    if (n < 8) return { good: false, keep: false, better: false, limits: [-1, 1] };
    const better = z(only, 0) >= z1(n) - 1e-9;
    const keep = z(turned(only), 0) >= z1(n) - 1e-9;
    const good =
      better || z(only, -margin) >= zGood(n, margin) - 1e-9 || (margin > 0.3 && z(only, -0.3) >= z1(n) - 1e-9);
    const [lower, upper] = tango(only, z1(n));
    return { good, better, keep, limits: [good || lower <= -margin ? lower : tango(only, zGood(n, margin))[0], upper] };
  }
  if (strata.length > 8 || strata.some((one) => size(one) < 6)) {
    const isEmpty = strata.every((one) => size(one) === 0);
    return { ...anyTime(strata, margin), limits: isEmpty ? [-1, 1] : anyTimeLimits(strata) };
  }
  const quantile =
    2.2 + 0.1 * (Number(strata.length >= 4) + Number(strata.length >= 6) + Number(strata.some((one) => size(one) < 8)));
  const total = strata.reduce((sum, { share }) => sum + share, 0);
  let [net, below, above] = [0, 0, 0];
  for (const one of strata) {
    const own = (one.w - one.l) / size(one);
    const [lower, upper] = tango(one, quantile);
    net += (one.share / total) * own;
    below += ((one.share / total) * (own - lower)) ** 2;
    above += ((one.share / total) * (upper - own)) ** 2;
  }
  const [lower, upper] = [Math.max(-1, net - Math.sqrt(below)), Math.min(1, net + Math.sqrt(above))];
  const better = lower > 1e-9;
  const good = better || lower > -Math.min(margin, 0.3) - 1e-9;
  return { good, better, keep: upper < 1e-9, limits: [lower, upper] };
}

const both = ([a, b]: Limits, [c, d]: Limits): Limits => [Math.max(a, c), Math.min(b, d)];

/** Reads the files of a run folder; `opinions` by rater and text of the prompt. */
export function recompute(folder: string, opinions: ReadonlyMap<string, Opinion>) {
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const lines = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const [run, key, events, prompts] = [
    json('run.json'),
    json('key.json'),
    lines('events.jsonl'),
    lines('prompts.jsonl'),
  ];
  const seed = Buffer.from(key.seed, 'base64');
  const keyed = (...words: (string | number)[]): string =>
    createHmac('sha256', seed)
      .update(JSON.stringify([words[0], run.id, ...words.slice(1)]))
      .digest('hex');
  const known = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const textOf = (prompt: string): string => known.get(prompt).messages.at(-1).content;
  // A judge who skips leaves no line: only raters of this run skip a ballot that they were dealt.
  const imported = new Set(events.filter((event) => event.imported === true).map(({ rater }) => rater));
  const byRater = new Map<string, Opinion[]>();
  let votesOnUnits = 0;
  const units = unitsOf();
  const raters = [...new Set([...opinions.keys()].map((name) => name.split(': ')[0]))].filter(
    (rater) => !imported.has(rater),
  );
  const skippedPrompts = new Set(
    prompts
      .filter(({ id }) => !units.some(({ prompt }) => prompt === id))
      .filter(({ id }) => raters.some((rater) => opinions.get(`${rater}: ${textOf(id)}`) === 'skip'))
      .map(({ id }) => id),
  );

  function unitsOf(): Unit[] {
    const found = new Map<string, Unit>();
    let batch = 0;
    const votes = new Map<string, { rater: string; batch: number }[]>();
    const add = (prompt: string, said: readonly Opinion[], at: number): void => {
      const { task, difficulty } = known.get(prompt);
      const count = (opinion: Opinion): number => said.filter((one) => one === opinion).length;
      const score = Math.sign(count('open') - count('closed'));
      const asked = said.length > 0;
      found.set(prompt, {
        prompt,
        task,
        hard: difficulty === 'hard',
        score,
        bad: score === 0 && 2 * count('both-bad') > said.length,
        asked,
        batch: at,
      });
    };
    for (const event of events) {
      if (event.event === 'opened') batch += 1;
      if (event.event === 'entered-identical') add(event.prompt, [], batch);
      if (event.event === 'entered')
        votes.set(event.prompt, [...(votes.get(event.prompt) ?? []), { rater: event.rater, batch }]);
    }
    for (const [prompt, cast] of votes) {
      const first = Math.min(...cast.map((vote) => vote.batch));
      if ((found.get(prompt)?.batch ?? Number.POSITIVE_INFINITY) <= first) continue;
      const inTime = cast.filter((vote) => vote.batch === first);
      const said = inTime
        .map(({ rater }) => ({ rater, key: keyed('unit', prompt, rater) }))
        .sort((x, y) => (x.key < y.key ? -1 : 1))
        .map(({ rater }) => ({ rater, opinion: opinions.get(`${rater}: ${textOf(prompt)}`) as Opinion }));
      for (const { rater, opinion } of said) byRater.set(rater, [...(byRater.get(rater) ?? []), opinion]);
      votesOnUnits += said.length;
      const isJudged = inTime.every(({ rater }) => imported.has(rater));
      add(
        prompt,
        isJudged ? said.map(({ opinion }) => opinion) : said.slice(0, 1).map(({ opinion }) => opinion),
        first,
      );
    }
    return [...found.values()];
  }

  function strataOf(task: string | null): Stratum[] {
    if (task !== null && run.settings.hard === null) return [{ task, hard: null, share: 1, planned: 1 }];
    return run.tasks
      .filter((plan: { task: string; planned: number }) => plan.planned > 0 && (task === null || plan.task === task))
      .flatMap((plan: { task: string; planned: number; traffic: number; hardTraffic: number; hardPlan: number }) => {
        if (run.settings.hard === null)
          return [{ task: plan.task, hard: null, share: plan.traffic, planned: plan.planned }];
        const hard = Math.round(plan.planned * plan.hardPlan);
        return [
          { task: plan.task, hard: false, share: plan.traffic * (1 - plan.hardTraffic), planned: plan.planned - hard },
          { task: plan.task, hard: true, share: plan.traffic * plan.hardTraffic, planned: hard },
        ];
      })
      .filter(({ share, planned }: Stratum) => share > 0 && planned > 0);
  }

  return {
    scope,
    raters: ratersAlone(),
    votes: votesOnUnits,
    leftOut: run.leftOut.length > 0,
    margin: run.margin,
    textOf,
    without,
  };

  /** Net preference over the prompts that are left without these. */
  function without(left: ReadonlySet<string>): { units: number; net: number; limits: Limits } {
    const counts = units.filter(({ prompt }) => !left.has(prompt)).reduce((sum, { score }) => plus(sum, score), none);
    return { units: size(counts), net: (counts.w - counts.l) / size(counts), limits: tango(counts, 1.9599639845) };
  }

  function ratersAlone(): { rater: string; votes: number; net: number; limits: Limits }[] {
    return [...byRater].map(([rater, said]) => {
      const of = (opinion: Opinion): number => said.filter((one) => one === opinion).length;
      const counts = { w: of('open'), l: of('closed'), t: said.length - of('open') - of('closed') };
      return {
        rater,
        votes: said.length,
        net: (counts.w - counts.l) / said.length,
        limits: tango(counts, 1.9599639845),
      };
    });
  }

  function scope(task: string | null): Recomputed {
    const { margin } = run;
    const inScope = units.filter((unit) => task === null || unit.task === task);
    const strata = strataOf(task);
    const indexOf = (at: { task: string; hard: boolean }): number =>
      strata.findIndex((one) => one.task === at.task && (one.hard ?? at.hard) === at.hard);
    const read = inScope.filter((unit) => indexOf(unit) >= 0);
    const later = read
      .filter(({ batch }) => batch > 0)
      .map((unit) => ({ ...unit, key: keyed('evidence', unit.batch, unit.prompt) }))
      .sort((x, y) => x.batch - y.batch || (x.key < y.key ? -1 : 1));
    const start = strata.map(
      (stratum, at): Voted => ({
        ...stratum,
        ...read
          .filter((unit) => unit.batch === 0 && indexOf(unit) === at)
          .reduce((sum, { score }) => plus(sum, score), none),
      }),
    );
    const first = look(start, margin);
    const at: Recomputed['at'] = { good: null, keep: null, better: null };
    let n = start.reduce((sum, one) => sum + size(one), 0);
    const reach = (sides: Sides): boolean => {
      const fresh = (['good', 'keep', 'better'] as const).filter((side) => sides[side] && at[side] === null);
      for (const side of fresh) at[side] = n;
      return fresh.length > 0;
    };
    if (n > 0) reach(first);
    let limits = first.limits;
    const now = start.map((one) => ({ ...one }));
    const cap = strata.length === 1 ? Math.max(0, 60 - n) : Number.POSITIVE_INFINITY;
    const counted = later.slice(0, cap);
    for (const [index, unit] of counted.entries()) {
      const one = now[indexOf(unit)] as Voted;
      Object.assign(one, plus(one, unit.score));
      n += 1;
      const isNew = reach(anyTime(now, margin));
      const ends = counted[index + 1]?.batch !== unit.batch;
      if (strata.length === 1 || isNew || ends) limits = both(limits, anyTimeLimits(now));
    }
    return afterSkips();

    function afterSkips(): Recomputed {
      const skips = [...skippedPrompts].map((id) => known.get(id)).filter((one) => task === null || one.task === task);
      const final = start.map((one, stratum) => ({
        ...one,
        ...later
          .filter((unit) => indexOf(unit) === stratum)
          .reduce((sum, { score }) => plus(sum, score), one as Counts),
      }));
      const isCostly = skips.length > 1 || (skips.length === 1 && read.length + 1 < 20);
      const against = (of: readonly Voted[], side: 'w' | 'l'): Voted[] =>
        of.map((one, stratum) => {
          const lost = skips.filter(
            (skip) => indexOf({ task: skip.task, hard: skip.difficulty === 'hard' }) === stratum,
          );
          return { ...one, [side]: one[side] + lost.length };
        });
      const again = (side: 'w' | 'l'): Sides & { limits: Limits } => {
        const sides = look(against(start, side), margin);
        if (later.length === 0) return sides;
        const ever = anyTime(against(final, side), margin);
        return {
          good: sides.good || ever.good,
          keep: sides.keep || ever.keep,
          better: sides.better || ever.better,
          limits: both(sides.limits, anyTimeLimits(against(final, side))),
        };
      };
      const disagree = limits[0] > limits[1];
      if (isCostly) {
        const [worst, best] = [again('l'), again('w')];
        if (!worst.good && !worst.better) at.good = null;
        if (!worst.better) at.better = null;
        if (!best.keep) at.keep = null;
        limits = [Math.min(limits[0], worst.limits[0]), Math.max(limits[1], best.limits[1])];
      }
      // Margins above 30 are looked at as 30: what is undecided there excludes no more than the margin.
      const isGood = at.good !== null;
      const printed = (lower: number): number => (isGood || margin <= 0.3 ? lower : Math.min(lower, -margin));
      const asked = inScope.filter((unit) => unit.asked).length;
      const bad = inScope.filter((unit) => unit.bad).length;
      const decides = asked >= 3;
      if (!decides) Object.assign(at, { good: null, keep: null, better: null });
      const verdict =
        at.keep !== null
          ? 'keep-closed'
          : at.better !== null
            ? 'open-better'
            : at.good !== null
              ? 'open-good-enough'
              : 'undecided';
      const [forOpen, forClosed] = [logE(now, -margin), logE(mirror(now), 0)];
      const hint = read.length >= 5 && Math.max(forOpen, forClosed) >= Math.log(3) - 1e-12;
      return {
        verdict,
        withinMargin: at.keep !== null && at.good !== null,
        interval: read.length === 0 || !decides || disagree ? null : [printed(limits[0]), limits[1]],
        at,
        units: inScope.length,
        counts: {
          a: inScope.filter(({ score }) => score > 0).length,
          bothFine: inScope.filter((unit) => unit.asked && unit.score === 0 && !unit.bad).length,
          bothBad: bad,
          b: inScope.filter(({ score }) => score < 0).length,
          identical: inScope.filter((unit) => !unit.asked).length,
        },
        skipped: skips.length,
        neither: asked >= 5 && tail(bad, asked) <= 0.05,
        leaning:
          !decides || verdict !== 'undecided' || !hint ? 'none' : forOpen > forClosed ? 'leans-open' : 'leans-closed',
      };
    }
  }
}

/** Largest chance of "keep" or "better" after one look at so many votes of equal models, over shares of ties. */
function wrongAtPlan(n: number, margin: number): number {
  const of = (tie: number): number => {
    let sum = 0;
    let all = 1;
    for (let k = 1; k <= n; k += 1) all *= k;
    const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
    for (let w = 0; w <= n; w += 1) {
      for (let l = 0; w + l <= n; l += 1) {
        const t = n - w - l;
        const found = look([{ w, t, l, share: 1, planned: n }], margin);
        const p = (all / factorial(w) / factorial(l) / factorial(t)) * ((1 - tie) / 2) ** (w + l) * tie ** t;
        if (found.keep || found.better) sum += p;
      }
    }
    return sum;
  };
  return Math.max(...[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map(of));
}

const atPlan = new Map<string, number>();

/** "1 of 8": one of the tasks or the whole is wrong, after one look; 4 % for the whole. */
export function wrongInUpTo(planned: readonly number[], margin: number): string {
  const right = planned.reduce((product, n) => {
    const key = `${n} ${margin}`;
    atPlan.set(key, atPlan.get(key) ?? wrongAtPlan(n, margin));
    return product * (1 - (atPlan.get(key) ?? 0));
  }, 1);
  return `1 of ${Math.floor(1 / (1.04 - right))}`;
}

/** P(X >= k) of n draws at one in five. */
function tail(k: number, n: number): number {
  let [p, sum] = [0.8 ** n, 0];
  for (let x = 0; x <= n; x += 1) {
    if (x >= k) sum += p;
    p = (p * (n - x) * 0.2) / ((x + 1) * 0.8);
  }
  return sum;
}

/** Equal answers are prompts, and no votes. */
const nounOf = ({ counts }: Recomputed): string => (counts.identical > 0 ? 'prompt' : 'vote');

/** The phrase after a task's name, written out from the published sentences. */
export function phraseOf(found: Recomputed, read: number, isKnown: boolean): string | RegExp {
  if (found.units === 0) return found.skipped > 0 ? /^no votes: \d+ prompts? w(?:as|ere) skipped$/ : 'no votes yet';
  const { counts } = found;
  if (found.neither)
    return `neither model does this task: both unusable in ${counts.bothBad} of ${found.units - counts.identical}`;
  if (found.verdict === 'keep-closed' && found.withinMargin) return 'closed is better, but within your margin';
  // Behind the word NO stands what to do.
  if (found.verdict === 'keep-closed') return isKnown ? 'keep the closed model' : 'keep closed';
  if (found.verdict === 'open-better') return 'open is better';
  if (found.verdict === 'open-good-enough') return 'open is within your margin';
  // Which of several reasons is named first is the report's own matter.
  if (found.skipped > 0 || found.units - counts.identical < 3) return /^(not decided: |leans )/;
  if (found.leaning !== 'none') return `leans ${found.leaning.slice(6)} (a hint)`;
  if (found.units < 8)
    return `not decided: ${found.units} ${nounOf(found)}${found.units === 1 ? '' : 's'}; a verdict needs at least 8`;
  return `not decided: ${read} ${nounOf(found)}s do not tell`;
}

/** The overall line, written out from the published sentences; a pattern where skipped prompts leave several reasons. */
export function replyOf(
  all: Recomputed,
  tasks: readonly { name: string; found: Recomputed }[],
  { read, margin, leftOut }: { read: number; margin: number; leftOut: boolean },
): string | RegExp {
  if (all.units === 0)
    return all.skipped > 0
      ? /^Nothing to decide on: \d+ prompts? w(?:as|ere) skipped, and nobody voted\.$/
      : 'Nobody has voted yet.';
  if (all.neither)
    return `No. In ${all.counts.bothBad} of ${all.units - all.counts.identical} prompts both answers were unusable: neither model does this work.`;
  const named = (test: (found: Recomputed) => boolean): string =>
    listed(tasks.filter(({ found }) => !found.neither && test(found)).map(({ name }) => name));
  const kept = named(({ verdict, withinMargin }) => verdict === 'keep-closed' && !withinMargin);
  const good = named(({ verdict }) => verdict === 'open-good-enough' || verdict === 'open-better');
  // The prompts of these runs carry no time: nobody knows how often they come.
  const traffic = leftOut ? 'the prompts of these tasks' : 'the prompts of your file';
  const open = tasks.filter(({ found }) => found.verdict === 'undecided' && !found.neither);
  const isOpen = open.length > 3 ? `${open.length} of ${tasks.length} tasks` : listed(open.map(({ name }) => name));
  const alone =
    tasks.length < 2 || open.length === 0
      ? ''
      : open.length === tasks.length
        ? ' None of the tasks is decided alone: each has fewer votes than all prompts together.'
        : ` Alone, ${isOpen} ${open.length === 1 ? 'is' : 'are'} not decided.`;
  const still =
    alone === '' ? '' : ` With more votes ${open.length === 1 ? 'it' : 'one of them'} may still move to open.`;
  if (all.verdict === 'keep-closed') {
    const but = good === '' ? '' : ` For ${good} alone, open is within your margin.`;
    return all.withinMargin
      ? `Your call: closed is better, but within your margin.${but}${alone}${still}`
      : `No: keep the closed model. Over ${traffic} closed is better.${but}${alone}${still}`;
  }
  if (all.verdict === 'undecided') {
    const missing =
      open.length === 0
        ? 'no task is shown to be safe to move'
        : `${isOpen} ${open.length === 1 ? 'is' : 'are'} not decided`;
    const others = good === '' ? missing : `${good} may move to open`;
    const before =
      kept === ''
        ? ''
        : `${good === '' ? 'Not yet' : 'Not everywhere'}: keep the closed model for ${kept}; ${others}. Over all tasks together it is not decided: `;
    const hint = all.leaning === 'none' ? '' : `; they lean ${all.leaning.slice(6)} (a hint, too weak to act on)`;
    if (all.skipped > 0) return new RegExp(`^${before === '' ? 'Not decided: ' : before.replaceAll('.', '\\.')}.+\\.$`);
    const start = before === '' ? 'Not decided: ' : before;
    const same = `on ${all.counts.identical} of ${all.units} prompt${all.units === 1 ? '' : 's'} both gave the same answer; no rater read those`;
    if (all.counts.identical > 0 && all.units - all.counts.identical < 3) return `${start}${same}.`;
    return `${start}these ${read} ${nounOf(all)}${read === 1 ? '' : 's'} do not tell${hint}.`;
  }
  const better = all.verdict === 'open-better';
  const short = better ? `open is better on ${traffic}` : 'open is within your margin';
  const neither = listed(tasks.filter(({ found }) => found.neither).map(({ name }) => name));
  if (kept !== '') return `Not everywhere: ${short}, but keep the closed model for ${kept}.`;
  if (neither !== '') return `Not everywhere: ${short}, but neither model does ${neither}.`;
  const within = ` Of 100 prompts${leftOut ? ' of these tasks' : ''} like those of your file, closed wins at most ${Math.round(100 * margin)} more than open, as far as these votes can tell. It may still be worse.`;
  const unread =
    all.counts.identical > 0 && all.counts.identical * 2 >= all.units
      ? ` On ${all.counts.identical} of ${all.units} prompts both gave the same answer; no rater read those.`
      : '';
  return `Yes: ${short}.${better ? '' : within}${unread}${alone}`;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

export interface Guessed {
  vote: 'left' | 'tie' | 'right';
  closed: 'left' | 'right';
  guess: 'left' | 'right' | 'unknown';
}

/** Recognition beyond the votes: index, limits and word from the guesses alone. */
export function recognisedBy(guesses: readonly Guessed[]): {
  index: number;
  limits: Limits;
  word: string;
  used: number;
} {
  const cells = (['left', 'tie', 'right'] as const).map((vote) =>
    (['left', 'right'] as const).map((closed) => {
      const all = guesses.filter((one) => one.vote === vote && one.closed === closed);
      const right = all.filter(({ guess }) => guess === closed).length;
      const unknown = all.filter(({ guess }) => guess === 'unknown').length;
      const wrong = all.length - right - unknown;
      const limits: Limits = all.length === 0 ? [0, 0] : tango({ w: right, t: unknown, l: wrong }, 1.9599639845);
      return { n: all.length, b: (right - wrong) / Math.max(1, all.length), limits };
    }),
  );
  const index = (of: typeof cells) => {
    const both = of.filter(([a, b]) => (a?.n ?? 0) > 0 && (b?.n ?? 0) > 0);
    const weight = ([a, b]: (typeof cells)[number]): number =>
      ((a?.n ?? 0) * (b?.n ?? 0)) / ((a?.n ?? 0) + (b?.n ?? 0));
    const total = both.reduce((sum, one) => sum + weight(one), 0);
    let [sum, below, above, used] = [0, 0, 0, 0];
    for (const one of both) {
      for (const { n, b, limits } of one) {
        const q = weight(one) / (2 * total);
        sum += q * b;
        below += (q * (b - limits[0])) ** 2;
        above += (q * (limits[1] - b)) ** 2;
        used += n;
      }
    }
    const limits: Limits = [Math.max(-1, sum - Math.sqrt(below)), Math.min(1, sum + Math.sqrt(above))];
    return { isKnown: both.length > 0, index: sum, limits, used };
  };
  const all = index(cells);
  if (!all.isKnown) return { index: 0, limits: [-1, 1], word: 'not-enough', used: 0 };
  const decisive = index(cells.filter((_, at) => at !== 1));
  const isSure = decisive.isKnown && decisive.limits[0] > 0;
  const spoken = all.used >= 10;
  const word =
    spoken && all.limits[0] > 0.2 && isSure ? 'recognised' : spoken && all.limits[1] < 0.3 ? 'no-sign' : 'not-enough';
  return { index: all.index, limits: all.limits, word, used: all.used };
}
