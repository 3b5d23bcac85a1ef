/** Random whole runs: every verdict, interval, count and sentence of their reports against `recompute`. */
import { writeFileSync } from 'node:fs';
import type { Report } from '../../src/report/model.ts';
import { fastDisk } from '../helpers/fast-disk.ts';
import { type Insight, type Opinion, type PlayedRun, playRun, type Taste } from '../helpers/played-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { seeded } from '../helpers/vote-paths.ts';
import { type Guessed, phraseOf, type Recomputed, recognisedBy, recompute, replyOf, wrongInUpTo } from './recompute.ts';

const taskSets: Record<string, number>[] = [
  { a: 60 },
  { a: 40, b: 40, c: 40 },
  { a: 90, b: 20, c: 12 },
  { a: 30, b: 30 },
];

/** One line for each scope of `runs` reports that differs, with the run's number and what differs. */
export async function differences(runs: number, seed: number): Promise<string[]> {
  using _disk = fastDisk(seed);
  const random = seeded(seed);
  const wrong: string[] = [];
  for (let run = 0; run < runs; run += 1)
    wrong.push(...(await differencesOf(random)).map((difference) => `run ${run}, ${difference}`));
  return wrong;
}

async function differencesOf(random: () => number): Promise<string[]> {
  using dir = tempDir();
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const margin = pick([0.3, 0.3, 0.15, 0.22, 0.4]);
  writeFileSync(dir.at('gapcheck.config.yaml'), `margin: ${margin}\n`);
  const raters = pick([1, 1, 2, 3]);
  const same = pick([0, 0, 0.2, 0.9]);
  const isSame = Array.from({ length: 200 }, () => random() < same);
  const hard = pick([false, false, true]);
  const run = await playRun(dir.path, {
    tasks: pick(taskSets),
    n: pick(raters === 1 ? [8, 12, 24, 36] : [8, 12, 30]),
    raters,
    same: (index) => isSame[index] === true,
    words: hard ? ['--hard', '40%'] : [],
    uneven: hard,
  });
  const opinions = new Map<string, Opinion>();
  const taste = randomTaste(random, opinions);
  const insight = randomInsight(random);
  const names = ['ann', 'bob', 'cy'].slice(0, raters);
  if (raters === 1 && random() < 0.2) {
    // Nobody sits down: judges elsewhere vote on every prompt, and each prompt counts once.
    await run.importJudges(['judge-1', 'judge-2', 'judge-3', 'judge-4'].slice(0, pick([1, 2, 3, 4])), taste);
  } else {
    await vote(run, names, taste, same < 0.5 && random() < 0.5 ? random : null, insight);
  }
  let report = await run.report();
  const found = compare(run, opinions, insight, report);
  const batches = pick([0, 0, 1, 2]);
  for (let batch = 0; batch < batches; batch += 1) {
    await run.more(pick([4, 15]), random() < 0.3 ? 'a' : undefined).catch(() => undefined);
    await vote(run, names.slice(0, 1), taste, null, insight).catch(() => undefined);
    report = await run.report();
    found.push(...compare(run, opinions, insight, report));
  }
  return found;
}

interface Planted extends Insight {
  /** By rater and text; null: no mark, also when the ballot comes again. */
  marked: Map<string, boolean | null>;
  told(guess: Guessed): void;
  guessed: Guessed[];
}

/** Some raters know the models, some think they do, most do not: marks on ballots, and guesses after the votes. */
function randomInsight(random: () => number): Planted {
  const [marking, asking, knowing] = [
    random() < 0.4 ? 0.3 * random() : 0,
    random() < 0.5 ? 0.8 : 0,
    random() < 0.5 ? 0.5 : 1,
  ];
  const marked = new Map<string, boolean | null>();
  const guessed: Guessed[] = [];
  return {
    marked,
    guessed,
    marks: (rater, text) => {
      const key = `${rater}: ${text}`;
      if (!marked.has(key)) marked.set(key, random() < marking ? random() < knowing : null);
      return marked.get(key) ?? null;
    },
    guesses: () => (random() >= asking ? undefined : random() < 0.1 ? null : random() < knowing),
    told: (guess) => void guessed.push(guess),
  };
}

/** The same opinion whenever a rater meets the same prompt again: hidden repeats are no evidence either way. */
function randomTaste(random: () => number, opinions: Map<string, Opinion>): Taste {
  const [open, ties, bad] = [random(), 0.4 * random(), random() < 0.2 ? 0.6 : 0.05];
  const skips = random() < 0.4 ? 0.12 : 0;
  const one = (): Opinion => {
    if (random() < skips) return 'skip';
    if (random() < bad) return 'both-bad';
    return random() < ties ? 'tie' : random() < open ? 'open' : 'closed';
  };
  return ({ text }, rater) => {
    const known = opinions.get(`${rater}: ${text}`) ?? one();
    opinions.set(`${rater}: ${text}`, known);
    return known;
  };
}

async function vote(
  run: PlayedRun,
  raters: readonly string[],
  taste: Taste,
  packets: (() => number) | null,
  insight: Planted,
): Promise<void> {
  if (raters.length > 1 && packets !== null) {
    // A packet takes no mark here, and a hidden repeat in a later session marks another vote than the one that counts.
    const unmarked: Taste = (ballot, rater) => {
      insight.marked.set(`${rater}: ${ballot.text}`, null);
      return taste(ballot, rater);
    };
    const files = await run.votePackets(raters, unmarked);
    const order = [...raters].sort(() => packets() - 0.5);
    await run.merge(order.flatMap((rater) => files[rater] ?? []));
    return;
  }
  for (const rater of raters) await run.sit(rater, taste, insight);
}

/** In the place of the overall line, where raters knew the models. */
const unblinded = 'No decision: raters could tell which answer came from which model, so the votes were not blind.';

function compare(run: PlayedRun, opinions: ReadonlyMap<string, Opinion>, insight: Planted, report: Report): string[] {
  const [pair] = report.pairs;
  if (!pair) return ['the report is sealed'];
  const again = recompute(run.folder, opinions);
  const known = recognisedBy(insight.guessed);
  const isKnown = known.word === 'recognised';
  const tasks = pair.tasks.map((scope) => ({ scope, found: again.scope(scope.task) }));
  const all = { scope: pair.overall, found: again.scope(null) };
  const reply = replyOf(
    all.found,
    tasks.map(({ scope, found }) => ({ name: String(scope.task), found })),
    { ...again, read: pair.overall.read },
  );
  return [
    ...[all, ...tasks].flatMap(({ scope, found }) => scopeDifferences(scope, found, isKnown)),
    ...saidAs('the overall line', pair.reply, isKnown && pair.overall.units > 0 ? unblinded : reply),
    ...again.raters.flatMap((one) => {
      const said = pair.raters.find(({ rater }) => rater === one.rater);
      const same =
        said?.votes === one.votes && Math.abs(said.net - one.net) < 1e-9 && isNear(said.interval, one.limits);
      return same ? [] : [`rater ${one.rater}: ${JSON.stringify(said)}, recomputed ${JSON.stringify(one)}`];
    }),
    ...noticeDifferences(report, again),
    ...blindDifferences(report, insight, known),
    ...markDifferences(report, insight, again),
  ];
}

/** Ballots that raters marked as recognised: each mark beside its vote, and the net preference without those prompts. */
function markDifferences(report: Report, { marked }: Planted, again: ReturnType<typeof recompute>): string[] {
  const flagged = new Set<string>();
  const wrong = report.ballots.flatMap(({ prompt, votes }) =>
    votes.flatMap(({ rater, recognised }) => {
      const planted = marked.get(`${rater}: ${again.textOf(prompt)}`) ?? undefined;
      if (planted !== undefined) flagged.add(prompt);
      return recognised?.right === planted
        ? []
        : [`mark of ${rater} on ${prompt}: ${recognised?.right}, not ${planted}`];
    }),
  );
  const said = report.blind[0]?.unrecognised ?? null;
  const rest = again.without(flagged);
  const isSame =
    rest.units === 0
      ? said === null
      : said?.units === rest.units && Math.abs((said.net ?? 9) - rest.net) < 1e-9 && isNear(said.interval, rest.limits);
  return isSame || report.blind.length === 0
    ? wrong
    : [...wrong, `without marks: ${JSON.stringify(said)}, recomputed ${JSON.stringify(rest)}`];
}

/** Sentences beside the verdict that the votes settle: who voted how often, and what several tasks cost. */
function noticeDifferences(report: Report, again: ReturnType<typeof recompute>): string[] {
  const [pair] = report.pairs;
  const asked = report.ballots.filter(({ votes }) => votes.length > 0).length;
  const behind = `${again.votes} votes stand behind ${asked} prompt${asked === 1 ? '' : 's'}: each prompt counts once.`;
  const isMore = again.votes > asked;
  const scopes = [pair?.overall, ...(pair?.tasks ?? [])];
  const isExtended = scopes.some((scope) => (scope?.read ?? 0) > (scope?.plannedRead ?? 0));
  const planned = report.tasks.flatMap((task) => (task.planned > 0 ? [task.planned] : []));
  const said = report.terms.find((term) =>
    term.startsWith(`With ${planned.length} tasks and the overall line, one of them`),
  );
  const wrong = wrongInUpTo(planned, again.margin);
  const isSaid = isExtended
    ? Number(said?.match(/1 of (\d+)/)?.[1] ?? 99) <= Number(wrong.slice(5))
    : said?.includes(`in up to ${wrong} comparisons`) === true;
  return [
    ...(report.notices.includes(behind) === isMore ? [] : [`notice "${behind}": said ${!isMore}`]),
    ...((planned.length > 1 ? isSaid : said === undefined) ? [] : [`term "${said}": not said as ${wrong}`]),
  ];
}

function blindDifferences(report: Report, insight: Planted, known: ReturnType<typeof recognisedBy>): string[] {
  const said = report.blind[0]?.adjusted ?? null;
  if (said === null) return insight.guessed.length === 0 ? [] : ['recognition is not in the report'];
  const isSame =
    said.word === known.word &&
    said.n === known.used &&
    Math.abs(said.index - known.index) < 1e-9 &&
    isNear(said.interval, known.limits);
  return isSame ? [] : [`recognition ${JSON.stringify(said)}, recomputed ${JSON.stringify(known)}`];
}

const saidAs = (what: string, said: string, expected: string | RegExp): string[] =>
  (typeof expected === 'string' ? said === expected : expected.test(said))
    ? []
    : [`${what} says "${said}", recomputed "${expected}"`];

type SaidScope = Report['pairs'][number]['overall'];

function scopeDifferences(scope: SaidScope, found: Recomputed, isKnown: boolean): string[] {
  const { a, bothFine, bothBad, b, identical } = scope.counts;
  const facts = {
    verdict: scope.verdict,
    withinMargin: scope.withinMargin,
    at: { good: scope.goodAt, keep: scope.keepAt, better: scope.betterAt },
    units: scope.units,
    counts: { a, bothFine, bothBad, b, identical },
    skipped: scope.skipped,
    neither: scope.neither,
    leaning: scope.leaning,
  };
  const { interval, ...expected } = found;
  const name = scope.task ?? 'overall';
  // Votes that nothing may rest on: the phrase stands behind the reason.
  const words = isKnown
    ? scope.words
        .replace(/^the votes were not blind: raters could tell the models apart; the votes alone would say: /, '')
        .replace(/, a hint$/, ' (a hint)')
    : scope.words;
  return [
    ...Object.entries(expected).flatMap(([key, value]) => {
      const said = facts[key as keyof typeof facts];
      return JSON.stringify(said) === JSON.stringify(value)
        ? []
        : [`${name} ${key}: ${JSON.stringify(said)}, recomputed ${JSON.stringify(value)}`];
    }),
    ...(isNear(scope.interval, interval)
      ? []
      : [`${name} interval: ${JSON.stringify(scope.interval)}, recomputed ${JSON.stringify(interval)}`]),
    ...(scope.task === null ? [] : saidAs(name, words, phraseOf(found, scope.read, isKnown))),
    ...saidAs(`${name}'s answer`, scope.answer, answerOf(found, isKnown)),
  ];
}

function answerOf({ units, neither, verdict, withinMargin }: Recomputed, isKnown: boolean): string {
  if (units === 0 || isKnown) return 'NOT YET';
  if (neither) return 'NEITHER';
  if (verdict === 'keep-closed') return withinMargin ? 'YOUR CALL' : 'NO';
  return verdict === 'undecided' ? 'NOT YET' : 'YES';
}

const isNear = (said: { lower: number; upper: number } | null, found: [number, number] | null): boolean =>
  said === null || found === null
    ? said === null && found === null
    : Math.abs(said.lower - found[0]) < 1e-6 && Math.abs(said.upper - found[1]) < 1e-6;
