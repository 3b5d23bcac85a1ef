/**
 * Whole runs through the command lines of this process: `run`, sessions or packets, `more`, `report`. What raters think of
 * a prompt is known, and only the texts on the ballot tell them which answer is whose.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
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

export interface PlayPlan {
  /** Prompts of each task in the file: their shares are the traffic. */
  tasks: Record<string, number>;
  /** Ballots each rater reads. */
  n: number;
  raters?: number;
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
  sit(rater: string, taste: Taste): Promise<void>;
  /** Packets for these raters, voted on elsewhere; the votes files by rater. */
  votePackets(raters: readonly string[], taste: Taste): Promise<Record<string, string>>;
  merge(files: readonly string[]): Promise<void>;
  more(count: number, task?: string): Promise<void>;
  report(): Promise<Report>;
  verb(...args: string[]): Promise<Finished>;
}

const openWords = 'Beta says so';
const closedWords = 'Alpha says so';
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
  return playedAt(cwd);
}

function playedAt(cwd: string): PlayedRun {
  const folder = findRun(join(cwd, 'results'), undefined);
  const verb = (...args: string[]): Promise<Finished> => worked(args, cwd);
  return {
    folder,
    verb,
    at: playedAt,
    sit: (rater, taste) => sit(folder, rater, taste),
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
    more: async (count, task) => {
      await verb('more', String(count), ...(task === undefined ? [] : ['--task', task]), '--no-score');
    },
    report: async () => JSON.parse((await verb('report', '--json')).out) as Report,
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

function choiceOf({ task, prompt, left }: Ballot, taste: Taste, rater: string): Choice {
  const text = String(prompt.messages.at(-1)?.content);
  const opinion = taste({ task, text }, rater);
  if (opinion === 'tie' || opinion === 'both-bad' || opinion === 'skip') return opinion;
  const openIsLeft = left.kind === 'text' && left.text.startsWith(openWords);
  return (opinion === 'open') === openIsLeft ? 'left' : 'right';
}

/** Through the port that the session writes through: a vote is on the disk before the next ballot is chosen. */
async function sit(folder: string, rater: string, taste: Taste): Promise<void> {
  const stored = openRun(folder);
  const { paths, run } = stored;
  let clock = started;
  const now = (): Date => {
    clock += 20_000;
    return new Date(clock);
  };
  const writer = openVotesFile(paths.votes(rater), run, rater, 'plain', now().toISOString());
  const port = createRunPort(openScoring(stored, rater, readEvents(paths)), writer, now);
  for (let next = await port.next(); 'ballot' in next; next = await port.next()) {
    const { ballot } = next;
    const vote = {
      ballot: ballot.id,
      choice: choiceOf(ballot, taste, rater),
      retry: [],
      view: 'plain' as const,
      ms: 19_000,
    };
    await port.append({ kind: 'vote', vote });
  }
  await port.append({ kind: 'finish' });
  await port.close();
  writer.close();
}
