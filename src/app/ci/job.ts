/** What a CI job works on: the lock, the run it came from, the gates. */

import type { GateSettings } from '../../releases/gate-input.ts';
import type { LockFile } from '../../releases/lock-file.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import type { Context } from '../context.ts';
import type { CiOptions } from '../verb-options.ts';

export interface Job {
  lock: LockFile;
  lockFile: string;
  baseline: StoredRun;
  gates: GateSettings;
  options: CiOptions;
  context: Context;
}
