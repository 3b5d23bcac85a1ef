/** What changed since the lock file: arms as served, newer models at the provider, prices, licences, prompt files. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type ExitCode, exitCodes } from '../../errors.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import type { ArmChange } from '../../releases/arm-changes.ts';
import type { LockedArm, LockFile } from '../../releases/lock-file.ts';
import { type ListedModel, newerModels } from '../../releases/newer-models.ts';
import { isReplay } from '../../runs/trial.ts';
import { hashing } from '../../store/hashing.ts';
import { printableLine } from '../../text/printable.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { type ServedArm, servedArms } from '../plan/served-arms.ts';
import type { OutdatedOptions } from '../verb-options.ts';
import { lockPath, readLock } from './lock.ts';

interface ArmNews {
  arm: string;
  spec: string;
  /** What answers now; null when nobody can say. */
  served: string | null;
  state: 'as locked' | 'changed' | 'unknown' | 'in the file';
  why?: string;
  changes: ArmChange[];
  newer: ListedModel[];
}

/** Exit 1 when anything changed or a newer model of the same family is there; unknown arms are said, and no change. */
export async function outdated(options: OutdatedOptions, context: Context): Promise<ExitCode> {
  const config = await loadConfig(options.config, context);
  const lock = readLock(lockPath(options, context));
  const served = await servedArms(lock, lock.arms.map(asRecord), config, context);
  const arms = await Promise.all(served.map((arm) => newsOf(arm, lock)));
  const prompts = changedSources(lock, context);
  const changed = prompts.length > 0 || arms.some(({ changes, newer }) => changes.length + newer.length > 0);
  if (options.json) context.data(JSON.stringify({ run: lock.run.id, changed, arms, prompts }, null, 2));
  else for (const line of lines(lock, arms, prompts, config, changed)) context.out(printableLine(line));
  return changed ? exitCodes.gateFailed : exitCodes.done;
}

/** Enough of a record to make the arm again where the config does not name it. */
const asRecord = ({ name, role, spec, provider, model, identity, host }: LockedArm): ArmRecord => ({
  name,
  role,
  spec,
  provider,
  model,
  identity,
  host,
  leavesMachine: false,
});

const lookMs = 20_000;

async function newsOf({ name, arm, record, why, changes }: ServedArm, lock: LockFile): Promise<ArmNews> {
  const { spec } = arm.config;
  const base = { arm: name, spec, changes, newer: [] as ListedModel[] };
  if (record === null) return { ...base, served: null, state: 'unknown', ...(why !== undefined && { why }) };
  if (isReplay(record)) return { ...base, served: record.model, state: 'in the file' };
  const listed = (await arm.listDated?.(AbortSignal.timeout(lookMs)).catch(() => [])) ?? [];
  const mark = record.digest ?? record.identity;
  return {
    ...base,
    served: `${record.model} (${mark.replace('sha256:', '').slice(0, 12)})`,
    state: changes.length > 0 ? 'changed' : 'as locked',
    newer: newerModels(record.model, listed, lock.run.createdAt),
  };
}

/** Prompt files that are here and are not what was frozen; one that is elsewhere says nothing. */
function changedSources({ prompts }: LockFile, { cwd }: Context): string[] {
  return prompts.sources
    .filter(({ file, sha256 }) => {
      const path = resolve(cwd, file);
      return existsSync(path) && hashing.sha256(readFileSync(path)) !== sha256;
    })
    .map(({ file }) => file);
}

function lines(
  lock: LockFile,
  arms: readonly ArmNews[],
  prompts: readonly string[],
  config: Config,
  changed: boolean,
): string[] {
  const width = Math.max(...arms.map(({ arm }) => arm.length));
  const rows = arms.flatMap(({ arm, spec, served, state, why, changes, newer }) => [
    `${arm.padEnd(width)}  ${spec}  ${served === null ? `unknown: ${why ?? 'offline'}` : `${state}, served now: ${served}`}`,
    ...changes.map(({ field, locked, now }) => `${' '.repeat(width)}    ${field}: ${locked} → ${now}`),
    ...newerLine(newer, width),
  ]);
  const other = prompts.map(
    (file) => `${basename(file)} is not the file that was locked; gapcheck run --lock freezes it anew.`,
  );
  const silent = arms.some(({ state }) => state === 'as locked')
    ? [
        'A provider can change a model behind its name without a word: only asking again shows that (gapcheck ci --again).',
      ]
    : [];
  const next = changed
    ? `Next: gapcheck ci${config.file === undefined ? '' : '   (a newer model is a line in the config)'}`
    : 'Nothing changed.';
  return [`Locked: run ${lock.run.id} of ${lock.run.createdAt.slice(0, 10)}`, ...rows, ...other, ...silent, next];
}

const mostNewer = 5;

function newerLine(newer: readonly ListedModel[], width: number): string[] {
  if (newer.length === 0) return [];
  const names = newer
    .slice(0, mostNewer)
    .map(({ name, at }) => (at === undefined ? name : `${name} (${at.slice(0, 10)})`));
  const more = newer.length > mostNewer ? `, and ${newer.length - mostNewer} more` : '';
  return [`${' '.repeat(width)}    newer in the same family: ${names.join(', ')}${more}`];
}
