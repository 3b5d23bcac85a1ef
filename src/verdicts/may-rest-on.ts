/**
 * May anything act on this result? Asked by routes, gates, the lock and whatever else acts; the report says the same
 * words and shows the votes all the same.
 */
import { type QualityByPair, restsOnHaste } from './haste.ts';

export interface RestFacts {
  quality?: QualityByPair | undefined;
  raters: readonly { rater: string; votes: number; chainOk?: boolean }[];
  /** Opened before every rater had finished. */
  unblindedEarly: boolean;
}

export type MayRest = { ok: true } | { ok: false; cause: 'haste' | 'recognised' | 'seal'; why: string };

export function mayRestOn({ quality = {}, raters, unblindedEarly }: RestFacts): MayRest {
  const changed = raters.filter(({ chainOk }) => chainOk === false).map(({ rater }) => rater);
  if (changed.length > 0)
    return { ok: false, cause: 'seal', why: `The vote file of ${changed.join(', ')} was changed after voting.` };
  if (unblindedEarly)
    return { ok: false, cause: 'seal', why: 'The run was unblinded before every rater had finished.' };
  const words = Object.values(quality).map(({ recognition }) => recognition?.adjusted.word);
  if (words.includes('recognised'))
    return {
      ok: false,
      cause: 'recognised',
      why: 'Raters could tell which answer came from the closed model more often than their votes explain.',
    };
  if (restsOnHaste({ quality, raters })) return { ok: false, cause: 'haste', why: tooFastWords };
  return { ok: true };
}

const tooFastWords = 'Half of the votes or more were too fast for two answers to have been read.';
