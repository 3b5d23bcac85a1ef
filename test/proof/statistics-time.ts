/** CPU time of what a report computes from votes. */
import { stratifiedLogE } from '../../src/stats/stratified-evidence.ts';
import { decideRun } from '../../src/verdicts/decide.ts';
import type { EvidenceInput } from '../../src/verdicts/evidence.ts';
import { draw, seeded, truthOf } from '../helpers/vote-paths.ts';
import { votedRun } from '../helpers/voted-run.ts';

function cpuMs(work: () => void): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Of one call, over so many. */
export function strataMs(count: number, calls: number): number {
  const strata = Array.from({ length: count }, (_, at) => ({
    weight: 1 / (at + 1),
    planned: 8 + at,
    wins: 3 + (at % 4),
    ties: at % 3,
    losses: 2 + (at % 5),
  }));
  const all = (): void => {
    for (let call = 0; call < calls; call += 1) stratifiedLogE(strata, -0.3, 'gt');
  };
  all();
  return cpuMs(all) / calls;
}

/** Three tasks of equal traffic, planned votes and then later ones. */
export function randomEvidence(planned: number, later: number): EvidenceInput {
  const random = seeded(96);
  const prompts = Array.from({ length: planned + later }, (_, at) => ({ task: `task ${at % 3}` }));
  const run = votedRun({ prompts, planned });
  const votes = { 1: 'win', 0: 'tie', [-1]: 'loss' } as const;
  for (let at = 0; at < prompts.length; at += 1) {
    if (at === planned) run.open();
    run.cast(at, { vote: votes[draw(random, truthOf(-0.1, 0.2))] });
  }
  return run.input;
}

export function statisticsMs(input: EvidenceInput): number {
  decideRun(input);
  return cpuMs(() => void decideRun(input));
}
