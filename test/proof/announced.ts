/** Do announced chances come true? Truths, sessions and the votes after them, drawn with a fixed seed. */
import { fromScores } from '../../src/stats/e-process.ts';
import { nearestVerdict } from '../../src/stats/remaining-votes.ts';
import { answerChance } from '../../src/verdicts/answer-chance.ts';
import { decide } from '../../src/verdicts/rule.ts';
import type { ScopeVerdict } from '../../src/verdicts/verdict-shapes.ts';
import { draw, seeded, type Truth } from '../helpers/vote-paths.ts';

const margin = 0.3;
const strata = [{ share: 1, planned: 1, lost: { skipped: 0, openUnasked: 0, closedUnasked: 0 } }];
const planned = [8, 10, 12, 16, 20, 24, 36];

/** Gamma(1/2) is half the square of a normal: three of them over their sum are a Dirichlet(.5) draw. */
function randomTruth(random: () => number): Truth {
  const [win, tie, loss] = [0, 1, 2].map(() => -Math.log(1 - random()) * Math.cos(2 * Math.PI * random()) ** 2) as [
    number,
    number,
    number,
  ];
  const total = win + tie + loss;
  return { win: win / total, tie: tie / total, loss: loss / total };
}

const units = (scores: readonly number[]) => scores.map((score) => ({ stratum: 0, score }));
const verdictOf = (batches: readonly (readonly number[])[]) =>
  decide({ strata, batches: batches.map(units) }, margin).verdict;

/** As `more` announces it: for about as many votes as the report asks for. */
function announcement(scores: readonly number[]): { chance: number; votes: number } | null {
  const wins = scores.filter((score) => score > 0).length;
  const losses = scores.filter((score) => score < 0).length;
  const needed = nearestVerdict(fromScores(scores), margin)?.votes ?? null;
  if (needed === null || needed > 60) return null;
  const votes = Math.ceil(Math.max(1, needed));
  const counts = {
    a: wins,
    b: losses,
    bothFine: scores.length - wins - losses,
    bothBad: 0,
    identical: 0,
    noAnswer: 0,
  };
  const scope = { verdict: 'undecided', units: scores.length, counts } as ScopeVerdict;
  const chance = answerChance(scope, { margin, alpha: 0.05 }, votes);
  return chance === null ? null : { chance, votes };
}

export interface Announced {
  announced: number;
  cameTrue: number;
  /** Mean of what was announced. */
  meanSaid: number;
}

/** `wanted` announcements whose chance lies in [from, to), and how many of them came true. */
export function announcedBetween(from: number, to: number, wanted: number, seed: number): Announced {
  const random = seeded(seed);
  let [announced, cameTrue, saidSum] = [0, 0, 0];
  while (announced < wanted) {
    const truth = randomTruth(random);
    const n = planned[Math.floor(random() * planned.length)] ?? 8;
    const votes = (count: number): number[] => Array.from({ length: count }, () => draw(random, truth));
    const first = votes(n);
    if (verdictOf([first]) !== 'undecided') continue;
    const said = announcement(first);
    if (said === null || said.chance < from || said.chance >= to) continue;
    announced += 1;
    saidSum += said.chance;
    cameTrue += Number(verdictOf([first, votes(said.votes)]) !== 'undecided');
  }
  return { announced, cameTrue, meanSaid: saidSum / announced };
}
