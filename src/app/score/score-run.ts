/** The blind session on a run folder or a packet: plan on the normal screen, ballots on the alternate one. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isFinished } from '../../blind/packet-port.ts';
import {
  areWord,
  finalVotes,
  fingerprintWords,
  sameAnswers,
  votesText,
  yourVotes,
} from '../../blind/session/closing-words.ts';
import type { SessionEnd } from '../../blind/session/engine.ts';
import { minutesLeft } from '../../blind/session/pace.ts';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { readEvents } from '../../store/events-file.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { openVotesFile, readAllVotes, type VotesWriter } from '../../store/votes-file.ts';
import { plural } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { everythingSettled } from '../../voting/seal-reasons.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { runWord } from '../short-path.ts';
import type { ScoreOptions } from '../verb-options.ts';
import { converse, refuseUnblinded, requireTerminal, sessionExit, sessionOpens } from './converse.ts';
import { openBallots } from './open-ballots.ts';
import { scorePacket } from './packet-session.ts';
import { placeholderNote, raterName } from './rater-name.ts';
import { createRunPort, type RunPort } from './run-port.ts';
import { openScoring, type Scoring } from './scoring.ts';
import { seenWarnings } from './seen-warnings.ts';
import { weekOwes } from './week-owes.ts';

export async function score(ref: string | undefined, options: ScoreOptions, context: Context): Promise<ExitCode> {
  const file = ref === undefined ? undefined : resolve(context.cwd, ref);
  if (file !== undefined && existsSync(file) && statSync(file).isFile()) return scorePacket(file, options, context);
  const results = resolve(context.cwd, options.results ?? 'results');
  const folder = findRun(results, ref !== undefined && file !== undefined && existsSync(file) ? file : ref);
  nameRun(folder, ref, context);
  return scoreRun(folder, options, context);
}

/** One rater's session on a run folder. Exit code 0 when saved or done, 130 when interrupted. */
export async function scoreRun(folder: string, options: ScoreOptions, context: Context): Promise<ExitCode> {
  const rater = raterName(options.rater, context);
  const stored = openSealedRun(folder);
  refuseUnblinded(stored);
  if (options.finish && !existsSync(stored.paths.votes(rater)))
    throw nothingToFinish(commandFor(folder, rater, options, context));
  if (!options.finish) requireTerminal(context, `gapcheck score ${runWord(context.cwd, folder)}`);
  const lock = takeLock(stored.paths.votesLock(rater), `${rater} is already scoring this run in another window`);
  try {
    // Every file's chain and commitment are checked before anything is added to this one.
    readAllVotes(stored.paths, stored.run);
    const writer = openWriter(stored, rater, context);
    try {
      return await openSession({ stored, rater, writer, options, context });
    } finally {
      writer.close();
    }
  } finally {
    lock.release();
  }
}

interface Opened {
  stored: StoredRun;
  rater: string;
  writer: VotesWriter;
  options: ScoreOptions;
  context: Context;
}

async function openSession({ stored, rater, writer, options, context }: Opened): Promise<ExitCode> {
  const scoring = openScoring(stored, rater, readEvents(stored.paths));
  const { reportBefore } = await import('../plan/voted-before.ts');
  const port = createRunPort(scoring, writer, context.now, {
    always: placeholderNote(rater),
    before: reportBefore(stored),
  });
  // An earlier session may have been killed between a vote and its entry in the ledger.
  await port.leave();
  const again = commandFor(stored.paths.folder, rater, options, context);
  if (isFinished(writer.file) && port.atMost() === 0 && hasFinished(stored, rater)) {
    const votes = votesOf(port);
    const whose = areWord(votes) === 'is' ? 'Its' : 'Their';
    context.out(
      `You have finished. ${yourVotes(port.votes(), port.skips())} final. ${whose} fingerprint is ${writer.file.lastHash}`,
    );
    const at = runWord(context.cwd, stored.paths.folder);
    // A report has nothing to say of skips alone, and sends here again.
    context.out(
      skippedAll(castVotes(writer.file.lines))
        ? `You skipped every ballot. Next: gapcheck score ${at} --rater NAME   (somebody else who can judge these)`
        : `Next: gapcheck report ${at}`,
    );
    return exitCodes.done;
  }
  const leaving = { rater, port, again, context, stored, scoring };
  if (options.finish) return finishNow(leaving);
  if (port.atMost() === 0 && !isLastQuestion(leaving)) return nothingNow(leaving);
  const open = openBallots(scoring, castVotes(writer.file.lines), readEvents(stored.paths));
  const known = seenWarnings(scoring, open, context);
  for (const warning of [...stored.warnings, ...writer.file.warnings, ...unanswered(scoring, context), ...known])
    context.err(warning);
  for (const line of planText(stored, rater, port, isFinished(writer.file))) context.out(line);
  for (const line of readByNobody(open.filter((dealt) => scoring.settledAs(dealt) !== undefined).length))
    context.out(line);
  const end = await converse(rater, port, options, context);
  if (end !== 'done') await port.leave();
  // Who stopped at the warning was told to leave these to somebody else.
  return farewell(end, known.length > 0 && port.votes() === 0 ? { ...leaving, again: forOthers(leaving) } : leaving);
}

const forOthers = ({ stored, context }: Leaving): string =>
  `gapcheck score ${runWord(context.cwd, stored.paths.folder)} --rater NAME   (somebody who has not seen these answers)`;

/** "All 24 ballots are voted.", and what they are where some were skipped. */
function allDone(ballots: number, skips: number): string {
  const all = ballots === 1 ? 'The one ballot is' : `All ${ballots} ballots are`;
  return skips === 0 ? `${all} voted.` : `${all} done: ${votesText(ballots, skips)}.`;
}

const skippedAll = (cast: readonly { choice: string }[]): boolean =>
  cast.length > 0 && cast.every(({ choice }) => choice === 'skip');

function openWriter({ paths, run }: StoredRun, rater: string, context: Context): VotesWriter {
  try {
    const writer = openVotesFile(paths.votes(rater), run, rater, 'plain', context.now().toISOString());
    if (writer.file.header.rater === rater) return writer;
    writer.close();
    throw userError(
      'rater-taken',
      `${paths.votes(rater)} belongs to "${writer.file.header.rater}".`,
      'gapcheck score --rater NAME, with another name',
    );
  } catch (error) {
    throw cannotWrite(paths.votesFolder, error);
  }
}

const isFinish = (event: RunEvent, rater: string): boolean => event.event === 'finished' && event.rater === rater;
const hasFinished = ({ paths }: StoredRun, rater: string): boolean =>
  readEvents(paths).some((event) => isFinish(event, rater));

function planText({ run }: StoredRun, rater: string, port: RunPort, isFinal: boolean): string[] {
  const atMost = port.toRead();
  const voted = port.votes();
  const minutes = minutesLeft({ progress: { number: voted + 1, atMost, voted }, paceMs: port.pace?.() ?? [] });
  const soFar = voted > 0 ? `${votesOf(port)} so far, ` : '';
  return [
    atMost > 0
      ? `${sessionOpens(rater, voted)}: ${soFar}at most ${plural(atMost, 'ballot')} left, about ${plural(minutes, 'minute')}.`
      : `${allDone(voted, port.skips())} ${isFinal ? 'One optional question is left.' : `${voted === 1 ? 'It is' : 'They are'} not final yet.`}`,
    `The left/right order is fixed. Its fingerprint is ${run.keyCommitment.slice(0, 12)}.`,
  ];
}

/** Why fewer ballots come than the plan has. */
const readByNobody = (settled: number): string[] =>
  settled === 0
    ? []
    : [
        `${plural(settled, 'prompt')} of yours ${settled === 1 ? 'needs' : 'need'} no vote: both answers are the same, or there is none.`,
      ];

export function unanswered(scoring: Scoring, { cwd }: Pick<Context, 'cwd'>): string[] {
  const { dealt, answered, stored, isLost } = scoring;
  const all = new Set(dealt.map(({ prompt }) => prompt));
  const missing = dealt.filter((ballot) => !answered(ballot));
  const owed = new Set(missing.filter((ballot) => !isLost(ballot)).map(({ prompt }) => prompt));
  const lost = new Set(missing.map(({ prompt }) => prompt).filter((prompt) => !owed.has(prompt)));
  const [prompts, at] = [plural(all.size, 'prompt'), runWord(cwd, stored.paths.folder)];
  return [
    ...(lost.size > 0
      ? [`${lost.size} of the ${prompts} ${lost.size === 1 ? 'gets' : 'get'} no ballot: a model could not be asked.`]
      : []),
    ...(owed.size > 0
      ? [
          `${owed.size} of the ${prompts} have no answer yet and are left out. To ask again: gapcheck run --resume ${at}`,
        ]
      : []),
  ];
}

const votesOf = (port: Pick<RunPort, 'votes' | 'skips'>): string => votesText(port.votes(), port.skips());

/** What goes on where this one stopped. */
function commandFor(folder: string, rater: string, options: ScoreOptions, { cwd }: Context): string {
  const who = options.rater === undefined ? '' : ` --rater ${shellWord(rater)}`;
  return `gapcheck score ${runWord(cwd, folder)}${who}${options.plain ? ' --plain' : ''}`;
}

interface Leaving {
  rater: string;
  port: RunPort;
  again: string;
  context: Context;
  stored: StoredRun;
  scoring: Scoring;
}

/** Nothing is left to read, and nothing will come: what is left is to make the votes final. */
const isLastQuestion = ({ port, scoring, stored }: Leaving): boolean =>
  port.votes() > 0 && !weekOwes(scoring, readEvents(stored.paths)).any;

/** Says what is still to come. Nothing is made final. */
async function nothingNow({ port, context, stored, scoring }: Leaving): Promise<ExitCode> {
  const events = readEvents(stored.paths);
  const at = runWord(context.cwd, stored.paths.folder);
  const { days, answers } = weekOwes(scoring, events);
  const kept = port.votes() > 0 ? ` ${yourVotes(port.votes(), port.skips())} saved and not final yet.` : '';
  if (answers > 0) {
    context.out(`There is nothing to vote on now: ${plural(answers, 'answer is', 'answers are')} missing.${kept}`);
    context.out(`Next: gapcheck run --resume ${at}   (the next start of the week also asks for them)`);
  } else if (days > 0) {
    context.out(
      `There is nothing to vote on now. The week brings more: ${plural(days, 'day is', 'days are')} still to come.${kept}`,
    );
  } else {
    for (const line of [
      ...unanswered(scoring, context),
      'There is nothing to vote on, so nothing was made final.',
      ...notAsked(stored),
    ])
      context.out(line);
    if (!everythingSettled({ ...stored, events })) return exitCodes.done;
    const { showReport } = await import('../result/show-report.ts');
    await showReport(stored.paths.folder, context);
  }
  return exitCodes.done;
}

async function farewell(end: SessionEnd, leaving: Leaving): Promise<ExitCode> {
  const { rater, port, again, context, stored } = leaving;
  const votes = votesOf(port);
  if (end === 'done') {
    const { fingerprint } = await port.close();
    context.out(finalVotes(rater, port.votes(), port.skips()));
    context.out(fingerprintWords(fingerprint, areWord(votes) === 'is' ? 1 : undefined));
    for (const line of [sameAnswers(port.identical()) ?? []].flat()) context.out(line);
    const { showReport } = await import('../result/show-report.ts');
    await showReport(stored.paths.folder, context);
    return exitCodes.done;
  }
  if (end === 'saved' && port.atMost() === 0 && !isLastQuestion(leaving)) return nothingNow(leaving);
  const text = `Saved: ${votes}.\nNext: ${again}`;
  if (end === 'saved') context.out(text);
  else context.err(text);
  return sessionExit[end];
}

/** Where a session ends before the number it began with: ballots that needed nobody. */
function notAsked({ paths }: StoredRun): string[] {
  const events = readEvents(paths);
  const same = events.filter(({ event }) => event === 'entered-identical').length;
  return [sameAnswers(same) ?? []].flat();
}

/** `--finish`: the votes as they are, never again to be changed. */
async function finishNow(leaving: Leaving): Promise<ExitCode> {
  const { port, again, context } = leaving;
  if (port.votes() === 0) throw nothingToFinish(again);
  refuseInWeek(leaving);
  if (context.interactive && !(await confirmFinish(port, context))) {
    context.out(`Not finished.\nNext: ${again}`);
    return exitCodes.done;
  }
  await port.append({ kind: 'finish' });
  return farewell('done', leaving);
}

/** Throws (exit 2): votes of a week become final together, once every day has closed and no answer is owed. */
function refuseInWeek({ scoring, stored, context }: Leaving): void {
  const { days, answers, any } = weekOwes(scoring, readEvents(stored.paths));
  if (!any) return;
  const at = runWord(context.cwd, stored.paths.folder);
  const what = days > 0 ? plural(days, 'day is', 'days are') : plural(answers, 'answer is', 'answers are');
  throw userError(
    'week-not-over',
    `The week is not complete: ${what} still to come. Your votes are saved, and none is final before that.`,
    `gapcheck report ${at} --unblind   (opens the result now, is recorded and ends the voting)`,
  );
}

const nothingToFinish = (again: string) => userError('no-votes', 'There are no votes to finish yet.', again);

async function confirmFinish(port: RunPort, { stdin, stdout }: Context): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({ input: stdin, output: stdout });
  const left = port.atMost();
  const message = `${votesOf(port)}${left > 0 ? `, at most ${left} not voted` : ''}. Finish? Your votes can then no longer change.`;
  const { finish } = await prompt([{ type: 'confirm', name: 'finish', message, default: false }]);
  return finish === true;
}
