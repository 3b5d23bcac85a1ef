import { clamp, type EstimateInterval } from './interval.ts';
import { tango } from './tango.ts';

export interface ClusteredEstimate extends EstimateInterval {
  /** Wins, losses and size on the scale of the effective number of votes: what Tango was given. */
  wins: number;
  losses: number;
  nEff: number;
}

const tiny = 1e-15;

/**
 * Net preference where some prompts have several votes: prompts count alike, and the number of votes is cut to what
 * their likeness within a prompt leaves (design effect). With one vote per prompt it is Tango itself.
 * `votes`: per prompt its scores +1, 0, -1; empty prompts are ignored; none at all gives [-1, 1].
 */
export function clusteredTango(votes: readonly (readonly number[])[], conf = 0.95): ClusteredEstimate {
  const prompts = votes.filter((scores) => scores.length > 0);
  const groups = prompts.length;
  if (groups === 0) return { ...tango(0, 0, 0), wins: 0, losses: 0, nEff: 0 };
  const share = (outcome: number): number =>
    mean(prompts.map((scores) => scores.filter((score) => score === outcome).length / scores.length));
  const [won, lost] = [share(1), share(-1)];
  const nEff = effectiveVotes(prompts, won, lost);
  return { ...tango(nEff * won, nEff * lost, nEff, conf), wins: nEff * won, losses: nEff * lost, nEff };
}

function effectiveVotes(prompts: readonly (readonly number[])[], won: number, lost: number): number {
  const groups = prompts.length;
  const theta = won - lost;
  const single = won + lost - theta * theta;
  const spread = prompts.reduce((sum, scores) => sum + (mean(scores) - theta) ** 2, 0);
  const ofMean = groups > 1 ? spread / (groups - 1) / groups : 0;
  if (single <= tiny || ofMean <= tiny) return groups;
  const votes = prompts.reduce((sum, scores) => sum + scores.length, 0);
  return clamp(single / ofMean, groups, votes);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
