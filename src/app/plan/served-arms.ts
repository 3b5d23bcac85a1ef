/** The locked arms as they would be asked now: set up by the config where it names them, else as they were locked. */
import { type Arm, ArmError } from '../../arms/arm.ts';
import { createArm } from '../../arms/registry.ts';
import { GapcheckError } from '../../errors.ts';
import { whereOf } from '../../records/arm-where.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import { type ArmChange, armChanges } from '../../releases/arm-changes.ts';
import { type LockFile, lockedArm } from '../../releases/lock-file.ts';
import { armConfigOf } from '../../runs/identity.ts';
import { isReplay } from '../../runs/trial.ts';
import { hashing } from '../../store/hashing.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { configuredArms } from './choose-arms.ts';
import { describeArms } from './describe-arms.ts';

export interface ServedArm {
  name: string;
  arm: Arm;
  /** Null: nobody can say, `why` holds the reason. */
  record: ArmRecord | null;
  why?: string;
  /** The provider says that there is no such model any more. */
  gone?: true;
  changes: ArmChange[];
}

/** Metadata only. An arm that cannot be described is unknown, and no error here. */
export async function servedArms(
  lock: LockFile,
  baseline: readonly ArmRecord[],
  config: Config,
  context: Context,
): Promise<ServedArm[]> {
  const configured = configuredArms(config);
  return Promise.all(
    baseline.map(async (before): Promise<ServedArm> => {
      const named = configured.find(({ name }) => name === before.name);
      // Answers that were in the file cannot be asked again, whatever model the config names.
      const arm = createArm(named && !isReplay(before) ? named : armConfigOf(before), context.env);
      const base = { name: before.name, arm };
      try {
        const [record] = await describeArms([arm], config, context);
        const locked = lock.arms.find(({ name }) => name === before.name);
        if (!record || !locked) return { ...base, record: record ?? null, changes: [] };
        return { ...base, record, changes: armChanges(locked, lockedArm(record, [], hashing)) };
      } catch (error) {
        if (error instanceof GapcheckError && error.code === 'interrupted') throw error;
        if (!(error instanceof GapcheckError) && !(error instanceof ArmError)) throw error;
        const gone = isGone(error) && whereOf(before) === 'hosted';
        return { ...base, record: null, why: error.message, ...(gone && { gone }), changes: [] };
      }
    }),
  );
}

const isGone = (error: GapcheckError | ArmError): boolean =>
  error instanceof ArmError ? error.failure === 'model-missing' : error.code === 'arm-model-missing';
