/**
 * votes/<rater>.jsonl: a header, then chained lines. Each line holds the SHA-256 of the line before, so a patched
 * or missing line shows; the last line's hash is the file's fingerprint.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exitCodes, GapcheckError, userError } from '../errors.ts';
import { isObject } from '../records/plain-json.ts';
import { type RunRecord, schemaVersion } from '../records/run-record.ts';
import { refuseNewer } from '../records/schema-number.ts';
import {
  type ChainedLine,
  chainLine,
  isHeader,
  lackingField,
  lackingInHeader,
  lineChecker,
  oddInHeader,
  oddInLine,
  type RunSeal,
  type UnchainedLine,
  type VotesHeader,
  votesHeader,
} from '../records/vote-lines.ts';
import { hashing } from './hashing.ts';
import { eachLine, firstObject, openAppender, type ReadLine } from './jsonl.ts';
import type { RunPaths } from './layout.ts';
import { makeFolder } from './make-folder.ts';

export interface VotesFile {
  header: VotesHeader;
  lines: ChainedLine[];
  /** SHA-256, hex, of the last line. */
  lastHash: string;
  /** The same of every line: `hashes[n]` of line `n`, the header's first. */
  hashes: string[];
  warnings: string[];
}

export interface VotesWriter {
  file: VotesFile;
  /** On the disk (fsync) when it returns. Numbers and chains the line. */
  append(line: UnchainedLine): ChainedLine;
  close(): void;
}

/** Null when there is no such file. Throws (exit 5) on a broken chain or a malformed line, (exit 2) on a newer schema or a missing field. */
export function readVotesFile(path: string): VotesFile | null {
  const warnings: string[] = [];
  const lines: ChainedLine[] = [];
  const hashes: string[] = [];
  const problemOf = lineChecker();
  let header: VotesHeader | undefined;
  for (const line of votesLines(path, warnings)) {
    const before = hashes.at(-1);
    if (header === undefined || before === undefined) {
      header = headerOf(path, line.value);
      hashes.push(hashing.sha256(line.text));
      continue;
    }
    refuseLacking(path, line.line, lackingField(line.value));
    refuseOdd(path, line.line, oddInLine(line.value));
    hashes.push(follow(path, line, before));
    const problem = problemOf(line.value);
    if (problem !== undefined) throw brokenLine(path, line.line, `${problem}, so it was written by hand.`);
    lines.push(line.value as ChainedLine);
  }
  return header === undefined ? null : { header, lines, lastHash: hashes.at(-1) ?? '', hashes, warnings };
}

/** Who voted on what, without the votes; null when there is no such file. Throws as `readVotesFile` does. */
export function readVotesHeader(path: string): VotesHeader | null {
  for (const { value } of votesLines(path, [])) return headerOf(path, value);
  return null;
}

function headerOf(path: string, header: unknown): VotesHeader {
  if (isObject(header) && header.kind === 'votes' && typeof header.schema === 'number')
    refuseNewer(path, header.schema);
  refuseLacking(path, 1, lackingInHeader(header));
  refuseOdd(path, 1, oddInHeader(header));
  if (!isHeader(header)) throw notVotes(path);
  return header;
}

/** Exit 2: a line that lacks a field was cut or rebuilt by a program, which is no sign of a changed vote. */
function refuseLacking(path: string, line: number, field: string | undefined): void {
  if (field !== undefined)
    throw userError(
      'damaged-votes',
      `${path}:${line}: "${field}" is missing.`,
      'ask the rater for the file as gapcheck score or the page wrote it',
    );
}

/** Exit 2: a field that holds what no session could have written. */
function refuseOdd(path: string, line: number, place: string | undefined): void {
  if (place !== undefined)
    throw userError(
      'damaged-votes',
      `${path}:${line}: "${place}" is not what a session writes there.`,
      'ask the rater for the file as gapcheck score or the page wrote it',
    );
}

/** Exit 2: only votes that were cast on a packet carry its token. */
export function refuseWithoutToken(path: string): void {
  const header = firstObject(path);
  const isOurs = isObject(header) && header.kind === 'votes' && header.schema === schemaVersion;
  if (isOurs) refuseLacking(path, 1, 'token' in header ? undefined : 'token');
}

const notVotes = (path: string): GapcheckError =>
  userError('not-votes', `${path}:1: this is not a votes file of gapcheck.`);

/** A first line that is no JSON is the mark of another kind of file, not of a damaged one. */
function* votesLines(path: string, warnings: string[]): Generator<ReadLine> {
  try {
    yield* eachLine(path, warnings);
  } catch (error) {
    if (error instanceof GapcheckError && error.message.startsWith(`${path}:1:`)) throw notVotes(path);
    throw error;
  }
}

function follow(path: string, { line, text, value }: ReadLine, previous: string): string {
  if (isObject(value) && value.prev === previous) return hashing.sha256(text);
  throw brokenLine(
    path,
    line,
    '"prev" does not match the line before, so a vote was changed, added or removed by hand.',
  );
}

/** Exit 5, with file and line. */
const brokenLine = (path: string, line: number, message: string): GapcheckError =>
  new GapcheckError('chain-broken', `${basename(dirname(path))}/${basename(path)}:${line}: ${message}`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put the file back from a copy, or leave this rater out',
  });

/** Opens a rater's file, or starts it. Hold the rater's lock. */
export function openVotesFile(
  path: string,
  run: RunSeal,
  rater: string,
  view: VotesHeader['view'],
  at: string,
): VotesWriter {
  makeFolder(dirname(path));
  const existing = readVotesFile(path);
  const appender = openAppender(path);
  if (!existing) appender.append(votesHeader(run, rater, view, at), { durable: true });
  const file = existing ?? readVotesFile(path);
  if (!file) throw new Error(`${path} vanished while it was opened`);
  checkBelongs(path, file.header, run);
  return {
    file,
    close: appender.close,
    append(line) {
      const chained = chainLine(file.lines, file.lastHash, line);
      const text = appender.append(chained, { durable: true });
      file.lines.push(chained);
      file.lastHash = hashing.sha256(text);
      file.hashes.push(file.lastHash);
      return chained;
    },
  };
}

/** Throws (exit 5) when votes were cast on another run or another deal. */
export function checkBelongs(path: string, header: VotesHeader, run: RunSeal): void {
  const problem =
    header.run !== run.id
      ? 'belongs to another run'
      : header.keyCommitment !== run.keyCommitment
        ? 'was cast on another deal'
        : run.token !== undefined && header.token !== run.token
          ? 'was cast on another packet'
          : '';
  if (problem === '') return;
  throw new GapcheckError('wrong-run', `${path} ${problem} than this one.`, {
    exitCode: exitCodes.sealBroken,
    hint:
      header.run === run.id && run.token !== undefined
        ? 'move that file away: this packet starts a new one'
        : 'check which run folder the votes came from',
  });
}

/** Every rater's file of a run, checked, in order of name. */
export function readAllVotes({ votesFolder }: RunPaths, run: RunRecord): VotesFile[] {
  if (!existsSync(votesFolder)) return [];
  const names = readdirSync(votesFolder).filter((name) => name.endsWith('.jsonl'));
  const files: VotesFile[] = [];
  for (const name of names.sort()) {
    const path = join(votesFolder, name);
    const file = readVotesFile(path);
    if (!file) continue;
    checkBelongs(path, file.header, run);
    files.push(file);
  }
  return files;
}
