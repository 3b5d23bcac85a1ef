import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { PairRecord, RunRecord } from '../../src/records/run-record.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import { decideRun } from '../../src/verdicts/decide.ts';
import { bestOpenArm } from '../../src/verdicts/ranking.ts';
import { castAll, votedRun } from './voted-run.ts';

type Voted = Pick<ReturnType<typeof votedRun>, 'run' | 'prompts' | 'input'>;

/** The report's input over votes as they are really decided; arms answered nothing unless `steps` says so. */
export function votedInput({ run, prompts, input }: Voted, steps: Record<string, StepRecord[]> = {}): ReportInput {
  const lines = [...input.votes].map(([rater, all]) => ({ rater, all }));
  const skips = (all: (typeof lines)[number]['all']): number =>
    all.filter((line) => 'choice' in line && line.choice === 'skip').length;
  return {
    run,
    prompts,
    trials: Object.fromEntries(run.arms.map(({ name }) => [name, foldTrials(steps[name] ?? [], 2)])),
    pairs: decideRun(input),
    bestOf: bestOpenArm(input),
    raters: lines.map(({ rater, all }) => ({
      rater,
      votes: all.length - skips(all),
      skipped: skips(all),
      lastHash: 'f'.repeat(64),
      finished: true,
      chainOk: true,
    })),
    seal: { sealed: false, reason: 'everybody who voted has finished' },
    generatedAt: '2026-11-21T09:30:00.000Z',
  };
}

/** Letters per open arm against the closed one; `arms` names them. */
export function severalInput(
  votes: Record<string, string> = {
    first: 'wwwwwwwtwwwwtwww',
    second: 'wtlwtwlwtlwtlwlw',
    third: 'llwllltlllwlllll',
    fourth: 'ttttttttwltttttt',
  },
): ReportInput {
  const pairs = Object.keys(votes).map((a): PairRecord => ({ a, b: 'closed', decides: true }));
  const count = Math.max(...Object.values(votes).map((letters) => letters.length));
  const voted = votedRun({ prompts: Array.from({ length: count }, () => ({})), pairs });
  for (const pair of pairs) castAll(voted, votes[pair.a] ?? '', 0, `${pair.a}:${pair.b}`);
  const run = withArms(voted.run, Object.keys(votes));
  return votedInput({ ...voted, run, input: { ...voted.input, run } });
}

function withArms(run: RunRecord, open: readonly string[]): RunRecord {
  const closed = run.arms.filter(({ role }) => role === 'closed');
  const like = run.arms.filter(({ role }) => role === 'open');
  return { ...run, arms: [...closed, ...open.flatMap((name) => like.map((arm) => ({ ...arm, name, model: name })))] };
}
