/** What changed since the lock file: arms as served, newer models at the provider, prices, licences, prompt files. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { providerOf } from '../../arms/registry.ts';
import { parseSpec } from '../../arms/spec.ts';
import { noListing } from '../../arms/wire/listed.ts';
import { type ExitCode, exitCodes } from '../../errors.ts';
import { type ArmRecord, type Price, reachOf } from '../../records/run-record.ts';
import type { ArmChange } from '../../releases/arm-changes.ts';
import type { LockedArm, LockFile } from '../../releases/lock-file.ts';
import { type ListedModel, newerModels } from '../../releases/newer-models.ts';
import { isDue, type Retirement, retirementOf, retirementWords } from '../../releases/retirement.ts';
import { isReplay } from '../../runs/trial.ts';
import { hashing } from '../../store/hashing.ts';
import { printableLine } from '../../text/printable.ts';
import { typedCommand } from '../../text/shell.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { type ServedArm, servedArms } from '../plan/served-arms.ts';
import type { OutdatedOptions } from '../verb-options.ts';
import { readLock } from './lock.ts';
import { lockPath } from './lock-path.ts';
import { newBill } from './new-bill.ts';
import { usualWithin } from './usual-within.ts';

interface ArmNews {
  arm: string;
  spec: string;
  /** What answers now; null when nobody can say. */
  served: string | null;
  state: 'as locked' | 'changed' | 'unknown' | 'no digest' | 'in the file' | 'ended';
  why?: string;
  changes: ArmChange[];
  newer: ListedModel[];
  /** When its provider ends it, where anybody says so. */
  ends: Retirement | null;
}

/** Exit 1 when anything changed or a newer model of the same family is there; 4 when an arm could not be looked at. */
export async function outdated(options: OutdatedOptions, context: Context): Promise<ExitCode> {
  const config = await loadConfig(options.config, context);
  const lock = readLock(lockPath(options, context));
  const served = await servedArms(lock, lock.arms.map(asRecord), config, context);
  const within = options.within ?? usualWithin;
  const today = context.now().toISOString().slice(0, 10);
  const arms = await Promise.all(served.map((arm) => newsOf(arm, lock, today, within)));
  const prompts = changedSources(lock, context);
  const changed =
    prompts.length > 0 ||
    arms.some(({ changes, newer, ends }) => changes.length + newer.length > 0 || isDue(ends ?? undefined));
  if (options.json) context.data(JSON.stringify({ run: lock.run.id, changed, arms, prompts }, null, 2));
  else {
    const bill = newBill(lock.run.id, newPrices(served), config, context);
    for (const line of lines(lock, arms, prompts, config, { changed, bill })) context.out(printableLine(line));
  }
  if (changed) return exitCodes.gateFailed;
  return arms.some(notSeen) ? exitCodes.cannotDecide : exitCodes.done;
}

/** A new release would not be seen: that is no "as locked". A key that may not list models is a note. */
const notSeen = ({ state, why }: ArmNews): boolean =>
  state === 'no digest' || (state === 'unknown' && why !== noListing);

/** Of hosted arms whose price is another one than when they were locked. */
const newPrices = (served: readonly ServedArm[]): Map<string, Price> =>
  new Map(
    served.flatMap(({ name, record, changes }) =>
      record?.price && changes.some(({ field }) => field === 'price per million')
        ? [[name, record.price] as const]
        : [],
    ),
  );

/** Enough of a record to make the arm again where the config does not name it. */
const asRecord = (arm: LockedArm): ArmRecord => ({ name: arm.name, ...reachOf(arm), leavesMachine: false });

const lookMs = 20_000;

async function newsOf(
  { name, arm, record, why, gone, changes }: ServedArm,
  lock: LockFile,
  today: string,
  within: number,
): Promise<ArmNews> {
  const { spec } = arm.config;
  const locked = lock.arms.find((one) => one.name === name);
  const base = { arm: name, spec, changes, newer: [] as ListedModel[], ends: null as Retirement | null };
  if (gone) return { ...base, served: null, state: 'ended', ends: endedNow(locked, today), ...(why && { why }) };
  if (record === null) return { ...base, served: null, state: 'unknown', ...(why !== undefined && { why }) };
  if (record.notes?.includes(noListing)) return { ...base, served: null, state: 'unknown', why: noListing };
  if (isReplay(record)) return { ...base, served: record.model, state: 'in the file' };
  const listed = (await arm.listDated?.(AbortSignal.timeout(lookMs)).catch(() => [])) ?? [];
  const isListed = listed.some(({ name: one }) => one === record.model);
  if (locked?.listed && listed.length > 0 && !isListed)
    return {
      ...base,
      served: null,
      state: 'ended',
      ends: endedNow(locked, today),
      why: 'the provider lists it no more',
    };
  const mark = record.digest ?? record.identity;
  return {
    ...base,
    served: `${record.model} (${mark.replace('sha256:', '').slice(0, 12)})`,
    state: changes.length > 0 ? 'changed' : isBlind(record) ? 'no digest' : 'as locked',
    ends: retirementOf(record.ends, today, within) ?? null,
    newer: newerModels(record.model, listed, lock.run.createdAt),
  };
}

/** Gone already: on the day that was said, or on one that nobody said. */
const endedNow = (locked: LockedArm | undefined, today: string): Retirement => {
  const { on = today, replacement = null } = locked?.ends ?? {};
  return {
    state: 'ended',
    on,
    days: locked?.ends ? (retirementOf(locked.ends, today, 0)?.days ?? null) : null,
    replacement,
  };
};

/** A server of one's own that tells no digest: a new release under the same name looks the same. */
const isBlind = ({ provider, digest }: ArmRecord): boolean =>
  providerOf(provider)?.licence === 'server' && digest === undefined;

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
  { changed, bill }: { changed: boolean; bill: readonly string[] },
): string[] {
  const width = Math.max(...arms.map(({ arm }) => arm.length));
  const rows = arms.flatMap(({ arm, spec, served, state, why, changes, newer, ends }) => [
    `${arm.padEnd(width)}  ${spec}  ${stateWords({ served, state, why })}`,
    ...endLines({ arm, spec, ends }, width, lock),
    ...changes.map(({ field, locked, now }) => `${' '.repeat(width)}    ${field}: ${locked} → ${now}`),
    ...newerLine(newer, width),
  ]);
  const other = prompts.map(
    (file) => `${basename(file)} is not the file that was locked. To lock this one: gapcheck run --lock`,
  );
  const silent = arms.some(({ state }) => state === 'as locked')
    ? ['A provider can change a model without renaming it. Only asking again finds that: gapcheck ci --again']
    : [];
  const next = changed
    ? `Next: gapcheck ci${config.file === undefined ? '' : '   (a newer model is a line in the config)'}`
    : nothingChanged(arms.filter(notSeen).map(({ arm }) => arm));
  return [
    `Locked: run ${lock.run.id} of ${lock.run.createdAt.slice(0, 10)}`,
    ...rows,
    ...bill,
    ...other,
    ...silent,
    next,
  ];
}

const nothingChanged = (unseen: readonly string[]): string =>
  unseen.length === 0
    ? 'Nothing changed.'
    : `Nothing changed that can be seen. Not known: ${unseen.join(', ')}. To find out why: gapcheck doctor`;

function stateWords({
  served,
  state,
  why,
}: {
  served: string | null;
  state: ArmNews['state'];
  why?: string | undefined;
}) {
  if (state === 'ended') return `ended: ${why ?? 'the provider has it no more'}`;
  if (state === 'no digest')
    return `unknown: no digest, so a new release under this name will not be seen; served now: ${served}`;
  return served === null ? `unknown: ${why ?? 'offline'}` : `${state}, served now: ${served}`;
}

/** The date, and where it is near a command that finds out what to move to. */
function endLines(
  { arm, spec, ends }: Pick<ArmNews, 'arm' | 'spec' | 'ends'>,
  width: number,
  lock: LockFile,
): string[] {
  if (ends === null) return [];
  const { provider, model } = parseSpec(spec);
  const page = providerOf(provider)?.endsPage;
  const source = page === undefined ? '' : `   (${page})`;
  const pad = ' '.repeat(width + 4);
  const words = `${pad}${retirementWords(model, ends)}${source}`;
  if (!isDue(ends)) return [words];
  const open = lock.arms.find(({ role, spec: other }) => role === 'open' && other !== spec);
  const flag = lock.arms.find(({ name }) => name === arm)?.role === 'open' ? '--open' : '--successor';
  const next = [
    ...(ends.replacement === null ? [] : [flag, `${provider}:${ends.replacement}`]),
    ...(open && (flag === '--successor' || ends.replacement === null) ? ['--open', open.spec] : []),
  ];
  if (next.length === 0) return [words];
  const file = lock.prompts.sources[0]?.file ?? 'prompts.jsonl';
  return [words, `${pad}${typedCommand(['gapcheck', 'run', file, '--closed', 'logged', ...next])}`];
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
