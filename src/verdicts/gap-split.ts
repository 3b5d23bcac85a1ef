/** Where the gap comes from, when a control arm (the same open model at full precision) ran along. */
import type { RunRecord } from '../records/run-record.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import type { PairVerdicts } from './verdict-shapes.ts';

export interface GapPart {
  /** Net preference of the first over the second, -1..1. */
  net: EstimateInterval | null;
  units: number;
}

export interface GapSplit {
  open: string;
  control: string;
  closed: string;
  /** Open against control: what quantization and serving cost. */
  quantization: GapPart;
  /** Control against closed: what is left between the models themselves. */
  model: GapPart;
  /** Open against closed: the whole gap. The two parts need not add up to it, preferences do not. */
  whole: GapPart;
}

/** One split per open arm whose three pairs were all voted on (`--pairs all`); none without a control arm. */
export function gapSplits(run: RunRecord, verdicts: readonly PairVerdicts[]): GapSplit[] {
  const named = (role: string): string[] => run.arms.filter((arm) => arm.role === role).map(({ name }) => name);
  return named('open').flatMap((open) =>
    named('control').flatMap((control) =>
      named('closed').flatMap((closed): GapSplit[] => {
        const quantization = partOf(verdicts, open, control);
        const model = partOf(verdicts, control, closed);
        const whole = partOf(verdicts, open, closed);
        return quantization && model && whole ? [{ open, control, closed, quantization, model, whole }] : [];
      }),
    ),
  );
}

/** The pair in either direction, read as `first` over `second`. */
function partOf(verdicts: readonly PairVerdicts[], first: string, second: string): GapPart | null {
  for (const { pair, overall } of verdicts) {
    const straight = pair.a === first && pair.b === second;
    if (!straight && !(pair.a === second && pair.b === first)) continue;
    const { net, interval, units } = overall;
    if (net === null || interval === null) return { net: null, units };
    const turned = { estimate: -net, lower: -interval.upper, upper: -interval.lower };
    return { net: straight ? { estimate: net, ...interval } : turned, units };
  }
  return null;
}
