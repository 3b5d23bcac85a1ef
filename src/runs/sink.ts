/** Where steps go. The run folder's writer fits; so does an array in tests. */
import type { StepRecord } from '../records/attempt-record.ts';

export interface AttemptSink {
  /** The line survives a kill when this resolves. A rejection stops the run. */
  append(arm: string, step: StepRecord): Promise<void>;
}
