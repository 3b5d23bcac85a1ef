/**
 * `gapcheck merge`: votes from a packet into the run. Run, commitment, chain and ballot ids are checked before a byte
 * is taken; a file that was merged before, or grew since, is taken once.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isFinished } from '../../blind/packet-port.ts';
import { votesText } from '../../blind/session/closing-words.ts';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { beginsWith, filePieces } from '../../store/file-lines.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { findRun, listRuns, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import {
  checkBelongs,
  readVotesFile,
  readVotesHeader,
  refuseWithoutToken,
  type VotesFile,
} from '../../store/votes-file.ts';
import { plural } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';
import { shellWord } from '../../text/shell.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { votesBefore } from '../../voting/early-votes.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { refuseOtherKinds } from '../not-votes.ts';
import { runWord } from '../short-path.ts';
import type { MergeOptions } from '../verb-options.ts';
import { refuseLateVotes, takenBackInTime } from './check-ledger.ts';
import { refuseUnblinded } from './converse.ts';
import { leftOutEvents } from './left-out-events.ts';
import { refuseOtherTokens } from './packet-token.ts';
import { raterName } from './rater-name.ts';
import { enteringEvents, type Untimed } from './run-port.ts';
import { openScoring, type Scoring } from './scoring.ts';

/** Exit 5 when a file is a stranger's or was changed by hand, 2 when it is of another run: then nothing of it is taken. */
export async function merge(args: string[], options: MergeOptions, context: Context): Promise<ExitCode> {
  const { ref, files } = splitArguments(args, context.cwd);
  for (const file of files) refuseOtherKinds(file, context.cwd);
  for (const file of files) refuseWithoutToken(file);
  if (options.fingerprint !== undefined) refuseOtherFingerprint(files, options.fingerprint);
  const results = resolve(context.cwd, options.results ?? 'results');
  const folder = ref === undefined ? runOf(files, results) : findRun(results, ref);
  // The votes themselves say which run they belong to.
  nameRun(folder, folder, context);
  const stored = openSealedRun(folder);
  refuseUnblinded(stored);
  for (const file of files) context.out(await mergeFile(file, stored, options, context));
  const report = `gapcheck report ${runWord(context.cwd, stored.paths.folder)}`;
  // A job made this run, and its gates wait for these votes.
  context.out(
    `Next: ${stored.run.baseline === undefined ? report : `gapcheck ci --verdict   (passes or fails; the result: ${report})`}`,
  );
  return exitCodes.done;
}

/** The run that the first file's header names, among those in `results`; the newest where none fits. */
function runOf([first = '']: readonly string[], results: string): string {
  const id = readVotesHeader(first)?.run;
  const fitting = listRuns(results).findLast((name) => runId(join(results, name)) === id);
  return fitting === undefined ? findRun(results, undefined) : join(results, fitting);
}

function runId(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { id?: string } | null)?.id;
  } catch {
    return undefined;
  }
}

/** The first word may be the run: it is when it is no file. */
function splitArguments(args: string[], cwd: string): { ref: string | undefined; files: string[] } {
  const isFile = (word: string): boolean => existsSync(resolve(cwd, word)) && statSync(resolve(cwd, word)).isFile();
  const [first = '', ...rest] = args;
  const named = !isFile(first) && rest.length > 0;
  const files = named ? rest : args;
  const missing = files.find((file) => !isFile(file));
  if (missing !== undefined)
    throw userError('no-file', `There is no file ${missing}.`, 'gapcheck merge [run] maria.votes.jsonl');
  const isPath = named && existsSync(resolve(cwd, first));
  return {
    ref: named ? (isPath ? resolve(cwd, first) : first) : undefined,
    files: files.map((file) => resolve(cwd, file)),
  };
}

async function mergeFile(
  path: string,
  stored: StoredRun,
  { skipVoided }: Pick<MergeOptions, 'skipVoided'>,
  context: Context,
): Promise<string> {
  const incoming = readVotesFile(path);
  if (!incoming) throw userError('empty-votes', `${path} is empty.`, 'ask for the file that gapcheck score wrote');
  refuseOtherRun(path, incoming.header.run, stored);
  checkBelongs(path, incoming.header, stored.run);
  const rater = raterName(incoming.header.rater, context);
  const lock = takeLock(stored.paths.votesLock(rater), `${rater} is scoring this run right now`);
  try {
    const events = readEvents(stored.paths);
    if (skipVoided && isVoided(incoming, events)) return `${rater}: these votes were voided, nothing was taken`;
    const scoring = openScoring(stored, rater, events);
    refuseStrangers(path, incoming, scoring);
    refuseOtherTokens(path, incoming.header, events);
    refuseVoided(path, incoming, events);
    refuseLateVotes(basename(path), incoming, events);
    refuseTakenBack(path, incoming, events);
    const isNew = takeBytes(path, stored.paths.votes(rater), rater);
    const entered = await enterVotes(scoring, incoming, context);
    sayEarlyVotes(path, incoming, stored, context);
    const news = isNew ? `${entered} new as evidence` : 'nothing new';
    const cast = castVotes(incoming.lines);
    const skips = cast.filter(({ choice }) => choice === 'skip').length;
    return `${rater}: ${votesText(cast.length, skips)}, ${news}, fingerprint ${incoming.lastHash}`;
  } finally {
    lock.release();
  }
}

/** The votes count: a wrong clock changes no choice. */
function sayEarlyVotes(path: string, { lines }: VotesFile, { run }: StoredRun, { err }: Context): void {
  const early = votesBefore(lines, run.createdAt);
  if (early === 0) return;
  const of = `${early} of ${plural(castVotes(lines).length, 'vote')} ${early === 1 ? 'is' : 'are'}`;
  err(
    `${basename(path)}: ${of} dated before this run was made. The clock of that machine is wrong, or somebody wrote the dates. The votes count; ask the rater about them.`,
  );
}

/** Exit 2: nothing is broken, the file is for another folder. */
function refuseOtherRun(path: string, id: string, { run, paths }: StoredRun): void {
  if (id === run.id) return;
  const file = shellWord(basename(path));
  throw userError(
    'other-run',
    `${basename(path)} belongs to another run than ${basename(paths.folder)}: its votes are on run ${printableLine(id).slice(0, 40)}.`,
    `gapcheck merge RUN ${file}, with the folder of that run, or gapcheck merge ${file} --results DIR, with the folder that holds it`,
  );
}

/** Every ballot must be one that this run's key deals to this rater, and be voted on once. */
function refuseStrangers(path: string, { lines }: VotesFile, { byId, rater }: Scoring): void {
  const stranger = lines.find((line) => 'ballot' in line && !byId.has(line.ballot));
  if (stranger)
    throw broken(`${basename(path)}: vote ${stranger.n} is on a ballot that this run never dealt to ${rater}.`);
  const seen = new Set<string>();
  for (const { ballot, n } of castVotes(lines)) {
    if (seen.has(ballot)) throw broken(`${basename(path)}: vote ${n} is on a ballot that has a vote already.`);
    seen.add(ballot);
  }
}

/** Exit 5 when the file is not the one whose fingerprint the rater saw; (exit 2) when it cannot be compared. */
function refuseOtherFingerprint(files: readonly string[], typed: string): void {
  const seen = typed.toLowerCase().replace(/[\s…]/g, '');
  const [file = '', ...others] = files;
  if (!/^[0-9a-f]{8,64}$/.test(seen) || others.length > 0)
    throw userError(
      'bad-fingerprint',
      others.length > 0
        ? 'A fingerprint is of one votes file.'
        : `"${printableLine(typed)}" is no fingerprint: 8 to 64 of the letters a to f and digits.`,
      `gapcheck merge ${shellWord(basename(file))} --fingerprint HASH, for each file`,
    );
  const found = readVotesFile(file)?.lastHash ?? '';
  if (!found.startsWith(seen))
    throw broken(`${basename(file)} has the fingerprint ${found}, not ${seen}: these are not the votes the rater saw.`);
}

/** What was voided does not come back, nor what goes on from it. */
function refuseVoided(path: string, votes: VotesFile, events: readonly RunEvent[]): void {
  const { header } = votes;
  if (isVoided(votes, events))
    throw userError(
      'voided',
      `${basename(path)}: these votes of ${header.rater} were voided.`,
      `gapcheck packet --rater ${shellWord(header.rater)} -o ${shellWord(`${header.rater}.html`)} gives the ballots out again`,
    );
}

const isVoided = ({ header, hashes }: VotesFile, events: readonly RunEvent[]): boolean =>
  events.some((event) => event.event === 'voided' && event.rater === header.rater && hashes.includes(event.lastHash));

/** A vote that is evidence stays: an undo that came back later would take it out of the result without a trace. */
function refuseTakenBack(path: string, file: VotesFile, events: readonly RunEvent[]): void {
  const { header, lines } = file;
  const entered = new Set(
    events.flatMap((event) => (event.event === 'entered' && event.rater === header.rater ? [event.n] : [])),
  );
  const undo = lines.find(
    (line) => 'undo' in line && entered.has(line.undo) && !takenBackInTime(file, line.undo, events),
  );
  if (undo) throw broken(`${basename(path)}:${undo.n + 1}: line ${undo.n} takes back a vote that is evidence already.`);
}

const broken = (message: string): GapcheckError =>
  new GapcheckError('stranger', message, {
    exitCode: exitCodes.sealBroken,
    hint: 'ask the rater for the file as gapcheck score wrote it',
  });

/** Takes a file that is new or has grown; one that is older is known. Throws when the two went different ways. */
function takeBytes(from: string, to: string, rater: string): boolean {
  const isKnown = existsSync(to) && statSync(to).size > 0;
  if (isKnown && beginsWith(to, from)) return false;
  if (isKnown && !beginsWith(from, to))
    throw new GapcheckError(
      'stranger',
      `${basename(from)}: ${rater} has other votes in this run already (${to}); the two cannot both stand.`,
      {
        exitCode: exitCodes.sealBroken,
        hint: `ask ${rater} which fingerprint they saw; gapcheck votes void --rater ${shellWord(rater)} takes out what is here`,
      },
    );
  try {
    writeWhole(to, filePieces(from));
  } catch (error) {
    throw cannotWrite(to, error);
  }
  return true;
}

/** Into the ledger, in the order of the file; how many votes became evidence just now. */
async function enterVotes(scoring: Scoring, { lines, lastHash }: VotesFile, { now }: Context): Promise<number> {
  const { stored, rater } = scoring;
  const votes = castVotes(lines);
  const added = await addEvents(stored.paths, now, (sofar): Untimed[] => {
    const leaving = leftOutEvents(scoring, { lines }, sofar);
    const entering = enteringEvents(scoring, votes, sofar, Number.POSITIVE_INFINITY);
    const last = sofar.findLast(
      (event): event is RunEvent & { event: 'merged' } => event.event === 'merged' && event.rater === rater,
    );
    if (leaving.length === 0 && entering.length === 0 && last?.lastHash === lastHash) return [];
    const closing: Untimed[] = [{ event: 'merged', rater, votes: votes.length, lastHash }];
    if (isFinished({ lines })) closing.push({ event: 'finished', rater, votes: votes.length, lastHash });
    return [...leaving, ...entering, ...closing];
  });
  return added.filter(({ event }) => event === 'entered').length;
}
