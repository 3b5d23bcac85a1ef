/** Watches what model the provider says it used: aliases move, routers route. */
import { isOllama, ollamaFingerprint } from '../records/arm-where.ts';
import type { StepRecord } from '../records/attempt-record.ts';

export interface Observation {
  model?: string;
  fingerprint?: string;
  warning?: string;
}

/** Is `observed` the model that was asked for, or a dated snapshot of it? */
export type SameModel = (asked: string, observed: string) => boolean;

/**
 * Called with each step; answers with an observation for the first reply and for every later one from a model not
 * seen before, else undefined. `earlier` are the steps of processes before this one.
 */
export function createObserver(
  asked: string,
  sameModel: SameModel,
  earlier: readonly StepRecord[],
): (step: StepRecord) => Observation | undefined {
  const seen = new Set(earlier.map((step) => step.model).filter((model) => model !== undefined));
  let first = !earlier.some((step) => step.outcome === 'answered');
  return ({ outcome, model, fingerprint }) => {
    if (outcome !== 'answered' || !(first || (model !== undefined && !seen.has(model)))) return undefined;
    const isBehind = first && fingerprint === ollamaFingerprint ? isOllama(asked) : undefined;
    first = false;
    if (model === undefined)
      return fingerprint === undefined ? undefined : { fingerprint, ...(isBehind && { warning: isBehind }) };
    seen.add(model);
    const warning = sameModel(asked, model) ? isBehind : `asked for ${asked}, answered by ${model}`;
    return { model, ...(fingerprint !== undefined && { fingerprint }), ...(warning && { warning }) };
  };
}
