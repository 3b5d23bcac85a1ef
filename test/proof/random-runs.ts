/** Random whole runs: every verdict, interval, count and sentence of their reports against `recompute`. */
import { writeFileSync } from 'node:fs';
import type { Report } from '../../src/report/model.ts';
import { fastDisk } from '../helpers/fast-disk.ts';
import { type Opinion, type PlayedRun, playRun, type Taste } from '../helpers/played-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { seeded } from '../helpers/vote-paths.ts';
import { phraseOf, recompute } from './recompute.ts';

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
  const names = ['ann', 'bob', 'cy'].slice(0, raters);
  await vote(run, names, taste, same < 0.5 && random() < 0.5 ? random : null);
  let report = await run.report();
  const found = compare(run, opinions, report);
  for (let batch = 0; batch < pick([0, 0, 1, 2]); batch += 1) {
    await run.more(pick([4, 15]), random() < 0.3 ? 'a' : undefined).catch(() => undefined);
    await vote(run, names.slice(0, 1), taste, null);
    report = await run.report();
    found.push(...compare(run, opinions, report));
  }
  return found;
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
): Promise<void> {
  if (raters.length > 1 && packets !== null) {
    const files = await run.votePackets(raters, taste);
    const order = [...raters].sort(() => packets() - 0.5);
    await run.merge(order.flatMap((rater) => files[rater] ?? []));
    return;
  }
  for (const rater of raters) await run.sit(rater, taste);
}

function compare(run: PlayedRun, opinions: ReadonlyMap<string, Opinion>, report: Report): string[] {
  const [pair] = report.pairs;
  if (!pair) return ['the report is sealed'];
  const again = recompute(run.folder, opinions);
  return [pair.overall, ...pair.tasks].flatMap((scope) => {
    const found = again(scope.task);
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
    const phrase = phraseOf(found, scope.read);
    const isSaid = typeof phrase === 'string' ? scope.words === phrase : phrase.test(scope.words);
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
      ...(scope.task === null || isSaid ? [] : [`${name} says "${scope.words}", recomputed "${phrase}"`]),
    ];
  });
}

const isNear = (said: { lower: number; upper: number } | null, found: [number, number] | null): boolean =>
  said === null || found === null
    ? said === null && found === null
    : Math.abs(said.lower - found[0]) < 1e-6 && Math.abs(said.upper - found[1]) < 1e-6;
