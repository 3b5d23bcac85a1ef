/** One run folder: made whole or not at all, found by name or by age, read with its seal checked. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { exitCodes, GapcheckError, userError } from '../errors.ts';
import { migrateRun } from '../records/migrate.ts';
import { isObject, type JsonObject } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { type KeyRecord, oddInRun, type RunRecord, schemaVersion } from '../records/run-record.ts';
import { damaged, oddRecord, refuseNewer } from '../records/schema-number.ts';
import { editedAnswers } from './answers-seal.ts';
import { syncFolder, writeWhole } from './atomic-write.ts';
import { cannotWrite } from './cannot-write.ts';
import { readEvents } from './events-file.ts';
import { farFromBytes } from './far-texts.ts';
import { hashFile } from './file-lines.ts';
import { hashing } from './hashing.ts';
import { type RunPaths, runFolderName, runPaths } from './layout.ts';
import { makeFolder, makePrivateFolder } from './make-folder.ts';
import { changedPrompts, frozenPrompts, promptsPieces } from './prompts-file.ts';
import { finishVoiding } from './set-aside.ts';

export interface StoredRun {
  paths: RunPaths;
  run: RunRecord;
  prompts: PromptRecord[];
  warnings: string[];
}

/** 32 random bytes and their commitment: made together so that none is written without the other. */
export function drawSeal(): { seed: Uint8Array; keyCommitment: string; runId: string } {
  const seed = randomBytes(32);
  return { seed, keyCommitment: hashing.sha256(seed), runId: `r_${randomBytes(8).toString('hex')}` };
}

/**
 * Writes a new run under `results`. The folder is made under a temporary name and renamed when it is whole, so a
 * crash leaves nothing that looks like a run. A name already taken gets `-2`, `-3`, ...
 */
export function createRun(
  results: string,
  name: string,
  { run, prompts, seed }: { run: RunRecord; prompts: readonly PromptRecord[]; seed: Uint8Array },
): RunPaths {
  const folder = runFolderName(new Date(run.createdAt), name);
  const draft = join(results, `.new-${randomBytes(6).toString('hex')}`);
  try {
    makePrivateFolder(draft);
    const paths = runPaths(draft);
    makeFolder(paths.attemptsFolder);
    makeFolder(paths.votesFolder);
    const key: KeyRecord = { schema: schemaVersion, run: run.id, seed: Buffer.from(seed).toString('base64') };
    writeWhole(paths.key, `${JSON.stringify(key)}\n`);
    writeWhole(paths.prompts, promptsPieces(prompts));
    writeWhole(paths.run, `${JSON.stringify(run, null, 2)}\n`);
    return runPaths(settle(draft, results, folder));
  } catch (error) {
    if (existsSync(draft)) rmSync(draft, { recursive: true, force: true });
    throw cannotWrite(results, error);
  }
}

function settle(draft: string, results: string, folder: string): string {
  for (let copy = 1; ; copy += 1) {
    const final = join(results, copy === 1 ? folder : `${folder}-${copy}`);
    try {
      renameSync(draft, final);
      syncFolder(results);
      return final;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) || !existsSync(final)) throw error;
    }
  }
}

/** run.json alone: what was compared with what. */
export function readRun(folder: string): RunRecord {
  const path = runPaths(folder).run;
  const raw = readRecord(path, folder);
  refuseNewer(path, raw.schema);
  const run: unknown = migrateRun(raw);
  const odd = oddInRun(run);
  if (odd !== undefined) throw oddRecord(path, odd);
  return run as RunRecord;
}

/**
 * Reads a run and checks that its prompts are the frozen ones. The texts of a file above `farFrom` bytes stay in it
 * until they are used.
 */
export function openRun(folder: string, farFrom: number = farFromBytes): StoredRun {
  const paths = runPaths(folder);
  const run = readRun(folder);
  if (!existsSync(paths.prompts)) throw notARun(paths.prompts, folder);
  const warnings: string[] = [];
  const prompts = frozenPrompts(paths.prompts, { sha256: run.promptsHash, farFrom }, warnings);
  if (run.settings.watch) prompts.push(...watchedPrompts(paths, farFrom, warnings));
  return { paths, run, prompts, warnings };
}

/** What each closed day of a watched run brought, in the order of the ledger, which holds the hash of each file. */
function watchedPrompts(paths: RunPaths, farFrom: number, warnings: string[]): PromptRecord[] {
  return readEvents(paths).flatMap((event) => {
    if (event.event !== 'day') return [];
    const file = paths.day(event.day);
    if (!existsSync(file)) throw changedPrompts(file, 'is missing');
    return frozenPrompts(file, { sha256: event.sha256, farFrom }, warnings);
  });
}

/** A file of one JSON object. Throws (exit 5) when it holds anything else. */
function readRecord(path: string, folder: string): JsonObject {
  const text = readRequired(path, folder);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw damaged(path, error);
  }
  throw damaged(path);
}

/** SHA-256, hex, of run.json's bytes. */
export const runHash = ({ run }: RunPaths): string => hashFile(run).sha256;

/**
 * The same, and run.json is the one that the run started with, and no answer was edited since. Throws (exit 5) when
 * one was.
 */
export function openSealedRun(folder: string): StoredRun {
  const stored = openRun(folder);
  const hash = runHash(stored.paths);
  const events = readEvents(stored.paths);
  finishVoiding(stored.paths, events);
  const edited = events.some(
    (event) => event.event === 'started' && event.runHash !== undefined && event.runHash !== hash,
  );
  if (edited) throw unsealed('run-changed', `${stored.paths.run} was changed after the run started`);
  const answers = editedAnswers(stored.paths, events);
  if (answers !== undefined) throw unsealed('answers-changed', `${answers} was changed after the answers came in`);
  return stored;
}

const unsealed = (code: string, what: string): GapcheckError =>
  new GapcheckError(code, `${what}: its hash differs from events.jsonl.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put the file back from a copy, or start a new run',
  });

function readRequired(path: string, folder: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw notARun(path, folder, error);
  }
}

const notARun = (path: string, folder: string, cause?: unknown): GapcheckError =>
  userError(
    'not-a-run',
    `${folder} is not a run folder: ${basename(path)} is missing.`,
    'gapcheck run prompts.csv starts one',
    cause,
  );

/** The 32 secret bytes. Throws (exit 5) when they are not the ones that run.json commits to. */
export function readKey({ paths, run }: StoredRun): Uint8Array {
  const key = readRecord(paths.key, paths.folder);
  if (typeof key.seed !== 'string') throw damaged(paths.key);
  const seed = Buffer.from(key.seed, 'base64');
  if (hashing.sha256(seed) === run.keyCommitment) return seed;
  throw new GapcheckError(
    'seal-broken',
    `${paths.key} is not the key that run.json committed to before the first vote.`,
    {
      exitCode: exitCodes.sealBroken,
      hint: 'put the file back from a copy; without it the votes cannot be read',
    },
  );
}

/** `ref`: a path, a run id, a folder name, or a part of one that fits a single run; nothing means the newest. */
export function findRun(results: string, ref: string | undefined): string {
  if (ref !== undefined && existsSync(join(resolve(ref), 'run.json'))) return resolve(ref);
  const runs = listRuns(results);
  if (ref === undefined) {
    const newest = runs.at(-1);
    if (newest !== undefined) return join(results, newest);
    throw userError('no-runs', `There is no run in ${results} yet.`, 'gapcheck run prompts.csv, or gapcheck demo');
  }
  const byId = /^r_[0-9a-f]{16}$/.test(ref) ? runs.find((run) => idOf(join(results, run)) === ref) : undefined;
  if (byId !== undefined) return join(results, byId);
  const exact = runs.filter((run) => run === ref);
  const fitting = exact.length === 1 ? exact : runs.filter((run) => run.includes(ref));
  if (fitting.length === 1 && fitting[0] !== undefined) return join(results, fitting[0]);
  if (fitting.length === 0) throw userError('no-such-run', `There is no run "${ref}" in ${results}.`, listHint(runs));
  throw userError('many-runs', `"${ref}" fits ${fitting.length} runs.`, listHint(fitting));
}

/** What packets and the lock file call a run; undefined when run.json cannot be read. */
function idOf(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(runPaths(folder).run, 'utf8')) as RunRecord).id;
  } catch {
    return undefined;
  }
}

const listHint = (runs: string[]): string =>
  runs.length === 0 ? 'gapcheck run prompts.csv starts one' : `name one of: ${runs.slice(-5).reverse().join(', ')}`;

/** The name of the run with this id; undefined where no folder that can be read has it. */
export const findRunById = (results: string, id: string): string | undefined =>
  listRuns(results).find((name) => {
    try {
      return readRun(join(results, name)).id === id;
    } catch {
      return false;
    }
  });

/** Newest first: nobody asks about older ones, and each that is asked about is read. */
export const newestRuns = (results: string, most = 20): string[] => listRuns(results).reverse().slice(0, most);

/** Run folders, oldest first: their names begin with the time; the same minute goes by the time of making. */
export function listRuns(results: string): string[] {
  if (!existsSync(results)) return [];
  const runs = namesIn(results).filter((name) => !name.startsWith('.') && existsSync(join(results, name, 'run.json')));
  const made = new Map(runs.map((name) => [name, statSync(join(results, name, 'run.json')).mtimeMs]));
  const minute = (name: string): string => name.slice(0, 16);
  return runs.sort((a, b) =>
    minute(a) < minute(b) ? -1 : minute(a) > minute(b) ? 1 : (made.get(a) ?? 0) - (made.get(b) ?? 0),
  );
}

function namesIn(results: string): string[] {
  try {
    return readdirSync(results);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
    throw userError(
      'results-is-a-file',
      `${results} is a file, not a folder of runs.`,
      'name the folder with --results DIR',
      error,
    );
  }
}
