/** Whole runs through the commands, with raters whose taste is known: how often the report is wrong, and on what. */
import { cpSync, mkdirSync } from 'node:fs';
import type { Report } from '../../src/report/model.ts';
import { fastDisk } from '../helpers/fast-disk.ts';
import { type Opinion, type PlayPlan, playRun, type Taste } from '../helpers/played-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { draw, seeded, truthOf } from '../helpers/vote-paths.ts';

export type Wrong = 'good' | 'keep' | 'better';

/** How often each statement was made of each scope, of so many scopes. */
export class Tally {
  private readonly said = new Map<string, { said: number; of: number }>();

  add(scope: 'task' | 'overall', wrong: Wrong, isSaid: boolean): void {
    const key = `${wrong} ${scope}`;
    const { said, of } = this.said.get(key) ?? { said: 0, of: 0 };
    this.said.set(key, { said: said + Number(isSaid), of: of + 1 });
  }

  /** Rates above `bar` by more than three standard errors. */
  above(bar: number): string[] {
    return this.rates().flatMap(({ name, rate, of }) =>
      rate > bar + 3 * Math.sqrt((bar * (1 - bar)) / of) ? [`${name} ${rate.toFixed(3)}`] : [],
    );
  }

  rates(): { name: string; rate: number; of: number }[] {
    return [...this.said].map(([name, { said, of }]) => ({ name, rate: said / of, of }));
  }

  words(): string {
    return this.rates()
      .map(({ name, rate }) => `${name} ${(100 * rate).toFixed(1)} %`)
      .join(', ');
  }
}

type Scope = Pick<Report['pairs'][number]['overall'], 'goodAt' | 'keepAt' | 'betterAt'>;

export function count(
  tally: Tally,
  scopes: { overall: Scope; tasks: readonly Scope[] },
  wrong: readonly Wrong[],
): void {
  const isSaid = ({ goodAt, keepAt, betterAt }: Scope, of: Wrong): boolean =>
    ({ good: goodAt, keep: keepAt, better: betterAt })[of] !== null;
  for (const of of wrong) {
    tally.add('overall', of, isSaid(scopes.overall, of));
    for (const task of scopes.tasks) tally.add('task', of, isSaid(task, of));
  }
}

const opinions = { 1: 'open', 0: 'tie', [-1]: 'closed' } as const satisfies Record<number, Opinion>;

/** Votes drawn from a net preference for each task and rater. */
export function tasteOf(net: (task: string, rater: string) => number, ties: number, random: () => number): Taste {
  return ({ task }, rater) => {
    const theta = net(task, rater);
    return opinions[draw(random, truthOf(theta, Math.min(ties, 1 - Math.abs(theta))))];
  };
}

export interface Borders {
  /** Prompts by task: their shares are the traffic. */
  tasks: Record<string, number>;
  plans: readonly number[];
  ties: readonly number[];
  truths: readonly { net: Record<string, number>; wrong: readonly Wrong[] }[];
}

const third = { a: 40, b: 40, c: 40 };
/** Every task at the margin, and every task even. */
export const atBorders: Borders = {
  tasks: third,
  plans: [24, 36, 60],
  ties: [0, 0.2, 0.5],
  truths: [
    { net: { a: -0.3, b: -0.3, c: -0.3 }, wrong: ['good'] },
    { net: { a: 0, b: 0, c: 0 }, wrong: ['keep', 'better'] },
  ],
};

/** Nearly all traffic is one task. Each truth is wrong only in the overall line. */
export const mostlyOneTask = {
  better: { tasks: { a: 180, b: 10, c: 10 }, net: { a: 0.2, b: -0.8, c: -0.8 } },
  atMargin: { tasks: { a: 112, b: 14, c: 14 }, net: { a: -0.4, b: 0.1, c: 0.1 } },
} as const;

/** `runs` whole runs in equal parts over the cells: a session, a report, and twice `more 15`, a session, a report. */
export async function borderRuns({ tasks, plans, ties, truths }: Borders, runs: number, seed: number): Promise<Tally> {
  using _disk = fastDisk(seed);
  const random = seeded(seed);
  const tally = new Tally();
  const cells = truths.flatMap((truth) => plans.flatMap((n) => ties.map((share) => ({ truth, n, share }))));
  for (let run = 0; run < runs; run += 1) {
    const { truth, n, share } = cells[run % cells.length] as (typeof cells)[number];
    const taste = tasteOf((task) => truth.net[task] ?? 0, share, random);
    const { overall, tasks: found } = await extendedTwice({ tasks, n }, taste);
    count(tally, { overall, tasks: found }, truth.wrong);
  }
  return tally;
}

async function extendedTwice(plan: PlayPlan, taste: Taste): Promise<Report['pairs'][number]> {
  using dir = tempDir();
  const run = await playRun(dir.path, plan);
  await run.sit('ann', taste);
  let report = await run.report();
  for (let batch = 0; batch < 2; batch += 1) {
    await run.more(15);
    await run.sit('ann', taste);
    report = await run.report();
  }
  return pairOf(report);
}

/** The overall line where tasks differ: how often it is wrong about the traffic. */
export async function trafficRuns(runs: number, seed: number): Promise<{ keep: number; good: number }> {
  using _disk = fastDisk(seed);
  const random = seeded(seed);
  const wrong = { keep: 0, good: 0 };
  for (let run = 0; run < runs; run += 1) {
    for (const [of, { tasks, net }] of [
      ['keep', mostlyOneTask.better],
      ['good', mostlyOneTask.atMargin],
    ] as const) {
      const n = [24, 36, 60][run % 3] as number;
      const taste = tasteOf(
        (task) => net[task as keyof typeof net],
        [0, 0.2, 0.5][Math.floor(run / 3) % 3] as number,
        random,
      );
      const { overall } = await extendedTwice({ tasks, n }, taste);
      wrong[of] += Number((of === 'keep' ? overall.keepAt : overall.goodAt) !== null);
    }
  }
  return { keep: wrong.keep / runs, good: wrong.good / runs };
}

/** Two raters of opposite taste, packets merged in either order: runs whose reports differ, and wrong verdicts. */
export async function oppositeRaters(runs: number, seed: number): Promise<{ differ: number; tally: Tally }> {
  using _disk = fastDisk(seed);
  const random = seeded(seed);
  const tally = new Tally();
  let differ = 0;
  for (let run = 0; run < runs; run += 1) {
    using dir = tempDir();
    const [first, second] = [dir.at('first'), dir.at('second')];
    mkdirSync(first);
    const played = await playRun(first, { tasks: third, n: 24, raters: 2 });
    const taste = tasteOf((_task, rater) => (rater === 'ann' ? -0.5 : 0.5), 0.2, random);
    const files = await played.votePackets(['ann', 'bob'], taste);
    cpSync(first, second, { recursive: true, preserveTimestamps: true });
    await played.merge([files.ann, files.bob] as string[]);
    const other = played.at(second);
    await other.merge([files.bob, files.ann].map((file) => String(file).replace(first, second)));
    const [one, two] = [await played.report(), await other.report()];
    if (decided(one) !== decided(two)) differ += 1;
    count(tally, pairOf(one), ['keep', 'better']);
  }
  return { differ, tally };
}

function pairOf({ pairs }: Report): Report['pairs'][number] {
  const [pair] = pairs;
  if (!pair) throw new Error('the report has no verdicts: is it sealed?');
  return pair;
}

const decided = ({ pairs }: Report): string => JSON.stringify(pairs);
