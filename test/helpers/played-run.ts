/**
 * Whole runs through the command lines of this process: `run`, sessions or packets, `more`, `report`. What raters think of
 * a prompt is known, and only the texts on the ballot tell them which answer is whose.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { Choice, Side } from '../../src/records/vote-lines.ts';
import type { Report } from '../../src/report/model.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { findRun, openRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import type { Finished } from './cli.ts';
import { runVerb } from './run-verb.ts';
import { votePacket } from './vote-packet.ts';

export type Opinion = 'open' | 'tie' | 'closed' | 'both-bad' | 'skip';
/** What a rater thinks of a prompt, asked once for each ballot. */
export type Taste = (prompt: { task: string; text: string }, rater: string) => Opinion;

/** What a rater knows beyond the texts: ballots marked as recognised, and guesses once all votes are locked. */
export interface Insight {
  /** Whether the mark names the right side; null: no mark. */
  marks(rater: string, text: string): boolean | null;
  /** The same of the guess; null: "I do not know"; undefined: not asked. */
  guesses(rater: string, text: string): boolean | null | undefined;
  /** Told of each guess as it was made. */
  told(guess: { vote: 'left' | 'tie' | 'right'; closed: Side; guess: Side | 'unknown' }): void;
}

export interface PlayPlan {
  /** Prompts of each task in the file: their shares are the traffic. */
  tasks: Record<string, number>;
  /** Ballots each rater reads. */
  n: number;
  raters?: number;
  /** The folder of its results; absent: `results`. */
  results?: string;
  /** Further words of `gapcheck run`. */
  words?: readonly string[];
  /** Where models are, when `words` name them. */
  env?: Record<string, string>;
  /** Prompts whose two answers are the same. */
  same?: (index: number) => boolean;
  /** Every third prompt is much longer, so that there are hard ones. */
  uneven?: boolean;
}

export interface PlayedRun {
  folder: string;
  /** The same run in a copy of its folder. */
  at(cwd: string): PlayedRun;
  /** A whole session of one rater on the run folder. */
  sit(rater: string, taste: Taste, insight?: Insight): Promise<void>;
  /** Packets for these raters, voted on elsewhere; the votes files by rater. */
  votePackets(raters: readonly string[], taste: Taste): Promise<Record<string, string>>;
  merge(files: readonly string[]): Promise<void>;
  /** Votes of judges elsewhere, on every planned prompt, imported from one file. */
  importJudges(judges: readonly string[], taste: Taste): Promise<void>;
  more(count: number, task?: string): Promise<void>;
  report(): Promise<Report>;
  verb(...args: string[]): Promise<Finished>;
}

export const openWords = 'Beta says so';
export const closedWords = 'Alpha says so';
const started = Date.parse('2026-11-21T10:00:00.000Z');

/** Freezes and answers a run in an empty folder. */
export async function playRun(cwd: string, plan: PlayPlan): Promise<PlayedRun> {
  writeFileSync(join(cwd, 'prompts.csv'), promptsOf(plan));
  const raters = plan.raters === undefined ? [] : ['--raters', String(plan.raters)];
  await worked(
    [
      'run',
      'prompts.csv',
      '--name',
      'played',
      '-n',
      String(plan.n),
      ...raters,
      '--no-score',
      '--yes',
      ...(plan.words ?? []),
    ],
    cwd,
    plan.env,
  );
  return playedAt(cwd, plan.results);
}

/** A run that is there, answered in any way: its closed answers begin as `closedWords`, the open ones as `openWords`. */
export function playedAt(cwd: string, results = 'results'): PlayedRun {
  const folder = findRun(join(cwd, results), undefined);
  const verb = (...args: string[]): Promise<Finished> => worked(args, cwd);
  return {
    folder,
    verb,
    at: (other) => playedAt(other, results),
    sit: (rater, taste, insight) => sit(folder, rater, taste, insight),
    votePackets: async (raters, taste) => {
      const files: Record<string, string> = {};
      for (const rater of raters) {
        await verb('packet', '--rater', rater, '-o', `${rater}.json`);
        files[rater] = await votePacket(join(cwd, `${rater}.json`), (ballot) => choiceOf(ballot, taste, rater));
      }
      return files;
    },
    merge: async (files) => {
      for (const file of files) await verb('merge', file);
    },
    importJudges: async (judges, taste) => {
      writeFileSync(join(cwd, 'battles.jsonl'), battlesOf(folder, judges, taste));
      await verb('votes', 'import', 'battles.jsonl');
    },
    more: async (count, task) => {
      await verb('more', String(count), ...(task === undefined ? [] : ['--task', task]), '--no-score');
    },
    report: async () => {
      // 5: raters recognised the models. The report says so, and everything else.
      const done = await runVerb(['report', '--json'], { cwd });
      if (done.out === '' || (done.code !== 0 && done.code !== 5))
        throw new Error(`gapcheck report ended with ${done.code}: ${done.err}`);
      return JSON.parse(done.out) as Report;
    },
  };
}

/** A command that ended well. */
async function worked(args: string[], cwd: string, env: Record<string, string> = {}): Promise<Finished> {
  const done = await runVerb(args, { cwd, env });
  if (done.code !== 0) throw new Error(`gapcheck ${args.join(' ')} ended with ${done.code}: ${done.err}${done.out}`);
  return done;
}

function promptsOf({ tasks, same = () => false, uneven = false }: PlayPlan): string {
  const rows = Object.entries(tasks).flatMap(([task, count]) =>
    Array.from({ length: count }, (_, at) => ({
      task,
      prompt: `${task} number ${at}${uneven && at % 3 === 0 ? ' and so on'.repeat(300) : ''}`,
    })),
  );
  const lines = rows.map(({ task, prompt }, index) => {
    const closed = `${closedWords} about ${prompt}`;
    return [task, prompt, closed, same(index) ? closed : `${openWords} about ${prompt}`].join(',');
  });
  return `${['task,prompt,answer:closed,answer:open', ...lines].join('\n')}\n`;
}

const textOf = ({ prompt }: Ballot): string => String(prompt.messages.at(-1)?.content);
const closedSideOf = ({ left }: Ballot): Side =>
  left.kind === 'text' && left.text.startsWith(openWords) ? 'right' : 'left';
const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

function choiceOf(ballot: Ballot, taste: Taste, rater: string): Choice {
  const opinion = taste({ task: ballot.task, text: textOf(ballot) }, rater);
  if (opinion === 'tie' || opinion === 'both-bad' || opinion === 'skip') return opinion;
  const closed = closedSideOf(ballot);
  return opinion === 'closed' ? closed : otherSide(closed);
}

/** One line for each judge and planned prompt with two answers to read; a skip is no battle. */
function battlesOf(folder: string, judges: readonly string[], taste: Taste): string {
  const { run, prompts } = openRun(folder);
  const planned = prompts.slice(0, run.plannedBallots);
  const winners = { open: 'model_a', closed: 'model_b', tie: 'tie', 'both-bad': 'tie (bothbad)' } as const;
  const lines = judges.flatMap((judge) =>
    planned.flatMap(({ id, task, messages }) => {
      const opinion = taste({ task, text: String(messages.at(-1)?.content) }, judge);
      if (opinion === 'skip') return [];
      return [JSON.stringify({ question_id: id, model_a: 'open', model_b: 'closed', winner: winners[opinion], judge })];
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** Through the port that the session writes through: a vote is on the disk before the next ballot is chosen. */
async function sit(folder: string, rater: string, taste: Taste, insight?: Insight): Promise<void> {
  const stored = openRun(folder);
  const { paths, run } = stored;
  let clock = started;
  const now = (): Date => {
    clock += 20_000;
    return new Date(clock);
  };
  const writer = openVotesFile(paths.votes(rater), run, rater, 'plain', now().toISOString());
  const port = createRunPort(openScoring(stored, rater, readEvents(paths)), writer, now);
  const asked = new Map<string, { of: number; vote: 'left' | 'tie' | 'right'; closed: Side; right: boolean | null }>();
  for (let next = await port.next(); 'ballot' in next; next = await port.next()) {
    const { ballot } = next;
    const [closed, text] = [closedSideOf(ballot), textOf(ballot)];
    const choice = choiceOf(ballot, taste, rater);
    const mark = insight?.marks(rater, text) ?? null;
    const recognised =
      mark === null ? {} : { recognised: { closed: mark ? closed : otherSide(closed), cause: 'style' } };
    const vote = { ballot: ballot.id, choice, retry: [], view: 'plain' as const, ms: 19_000, ...recognised };
    const { n } = await port.append({ kind: 'vote', vote });
    const right = insight?.guesses(rater, text);
    if (choice === 'skip' || right === undefined || asked.has(text)) continue;
    asked.set(text, { of: n, vote: choice === 'both-bad' ? 'tie' : choice, closed, right });
  }
  for (const { of, vote, closed, right } of asked.values()) {
    const guess = right === null ? 'unknown' : right ? closed : otherSide(closed);
    await port.append({ kind: 'guess', guess, of });
    insight?.told({ vote, closed, guess });
  }
  await port.append({ kind: 'finish' });
  await port.close();
  writer.close();
}
