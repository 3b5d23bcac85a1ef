/** A run in memory with votes and ledger, built vote by vote: what evidence and verdicts are made from. */
import type { BallotId, PromptId } from '../../src/records/ids.ts';
import type { Difficulty, PromptRecord } from '../../src/records/prompt-record.ts';
import type { RunEvent } from '../../src/records/run-events.ts';
import { type PairRecord, type RunRecord, schemaVersion } from '../../src/records/run-record.ts';
import type { ChainedLine, Choice, Side, VoteLine } from '../../src/records/vote-lines.ts';
import { hashing } from '../../src/store/hashing.ts';
import type { EvidenceInput } from '../../src/verdicts/evidence.ts';
import type { DealtBallot } from '../../src/voting/ballots.ts';

const at = '2026-11-21T09:30:00.000Z';
export const openVsClosed: PairRecord = { a: 'open', b: 'closed', decides: true };

export interface PlannedPrompt {
  task?: string;
  difficulty?: Difficulty;
  weight?: number;
  flags?: PromptRecord['flags'];
}

export interface VotedRunOptions {
  prompts: PlannedPrompt[];
  /** How many of them are to be voted on; the rest is reserve. */
  planned?: number;
  raters?: number;
  endpoint?: 'preference' | 'retry';
  hard?: number | null;
  margin?: number;
  pairs?: PairRecord[];
  traffic?: Record<string, { traffic: number; hardTraffic?: number; hardPlan?: number }>;
}

export interface Cast {
  /** win: open better, loss: closed better. */
  vote: 'win' | 'tie' | 'loss' | 'both-bad' | 'skip';
  rater?: string;
  redo?: ('a' | 'b')[];
  pair?: string;
  copy?: number;
  aSide?: Side;
  /** Leave the vote out of the ledger: its undo window is still open. */
  unentered?: boolean;
  ms?: number | null;
  recognised?: VoteLine['recognised'];
}

export const promptIdOf = (index: number): PromptId => `p_${index.toString(16).padStart(16, '0')}`;

export function votedRun(options: VotedRunOptions) {
  const prompts = options.prompts.map(promptRecord);
  const run = runRecord(options, prompts);
  const votes = new Map<string, ChainedLine[]>();
  const ballots = new Map<BallotId, DealtBallot>();
  const events: RunEvent[] = [];
  const input: EvidenceInput = {
    run,
    prompts,
    votes,
    events,
    ballots,
    // Any fixed keyed order will do here: the reference cases hold the real one.
    draw: (words) => hashing.sha256(JSON.stringify(words)),
  };
  const chainOf = (rater: string): ChainedLine[] => {
    const chain = votes.get(rater) ?? [];
    votes.set(rater, chain);
    return chain;
  };
  /** Deals the prompt to the rater and votes; returns the line's n. */
  const cast = (index: number, { rater = 'maria', pair = 'open:closed', copy = 1, ...vote }: Cast): number => {
    const id: BallotId = `b_${[rater, pair, copy, index].join('-')}`;
    const aSide = vote.aSide ?? ((index + copy) % 2 === 0 ? 'left' : 'right');
    ballots.set(id, { id, prompt: promptIdOf(index), pair, rater, copy, aSide });
    const chain = chainOf(rater);
    const n = chain.length + 1;
    const other: Side = aSide === 'left' ? 'right' : 'left';
    const sides = { a: aSide, b: other };
    const choices: Record<Cast['vote'], Choice> = {
      win: aSide,
      loss: other,
      tie: 'tie',
      'both-bad': 'both-bad',
      skip: 'skip',
    };
    const retry = vote.vote === 'both-bad' ? (['left', 'right'] as Side[]) : (vote.redo ?? []).map((arm) => sides[arm]);
    const line: VoteLine = {
      n,
      ballot: id,
      choice: choices[vote.vote],
      retry,
      view: 'plain',
      ms: vote.ms === undefined ? 9000 : vote.ms,
      at,
      prev: '',
    };
    if (vote.recognised) line.recognised = vote.recognised;
    chain.push(line);
    if (!vote.unentered) events.push({ at, event: 'entered', rater, n, ballot: id, prompt: promptIdOf(index) });
    return n;
  };
  const undo = (rater: string, undone: number): void => {
    const chain = chainOf(rater);
    chain.push({ n: chain.length + 1, undo: undone, at, prev: '' });
  };
  const guess = (rater: string, of: number, guessed: Side | 'unknown'): void => {
    const chain = chainOf(rater);
    chain.push({ n: chain.length + 1, guess: guessed, of, at, prev: '' });
  };
  const identical = (index: number, pair = 'open:closed'): void => {
    events.push({ at, event: 'entered-identical', prompt: promptIdOf(index), pair });
  };
  const finish = (rater = 'maria'): void => {
    events.push({ at, event: 'finished', rater, votes: chainOf(rater).length, lastHash: '' });
  };
  const claim = (rater: string, index: number): void => {
    events.push({ at, event: 'claimed', rater, prompt: promptIdOf(index) });
  };
  const open = (): void => {
    events.push({ at, event: 'opened', batch: events.filter(({ event }) => event === 'opened').length, units: 0 });
  };
  return { open, input, run, prompts, votes, ballots, events, cast, undo, guess, identical, finish, claim };
}

/** One letter per prompt in order: w win, t tie, l loss, b both bad, s skip. */
export function castAll(run: ReturnType<typeof votedRun>, letters: string, from = 0, pair = 'open:closed'): void {
  const votes = { w: 'win', t: 'tie', l: 'loss', b: 'both-bad', s: 'skip' } as const;
  for (const [offset, letter] of [...letters].entries()) {
    run.cast(from + offset, { vote: votes[letter as keyof typeof votes], pair });
  }
}

function promptRecord({ task = 'summarise', difficulty = 'easy', weight = 1, flags }: PlannedPrompt, index: number) {
  const record: PromptRecord = {
    id: promptIdOf(index),
    task,
    messages: [{ role: 'user', content: `prompt ${index}` }],
    difficulty,
    weight,
    source: { format: 'csv', file: 'tickets.csv', line: index + 2 },
  };
  if (flags) record.flags = flags;
  return record;
}

function runRecord(options: VotedRunOptions, prompts: PromptRecord[]): RunRecord {
  const planned = options.planned ?? prompts.length;
  const tasks = [...new Set(prompts.map(({ task }) => task))];
  const count = (task: string, from: number, to: number): number =>
    prompts.slice(from, to).filter((prompt) => prompt.task === task).length;
  const arm = (name: string, role: 'open' | 'closed' | 'control') => ({
    name,
    role,
    spec: `column:${name}`,
    provider: 'column',
    model: name,
    identity: name.padEnd(64, '0'),
    host: null,
    leavesMachine: false,
  });
  return {
    schema: schemaVersion,
    gapcheck: '0.1.0',
    id: 'r_0000000000000001',
    createdAt: at,
    arms: [arm('closed', 'closed'), arm('open', 'open'), arm('control', 'control')],
    pairs: options.pairs ?? [openVsClosed],
    settings: {
      n: planned,
      raters: options.raters ?? 1,
      checkN: planned,
      trials: 1,
      retries: 2,
      retryMode: 'same',
      seed: 1,
      maxTokens: 1000,
      temperature: 0,
      endpoint: options.endpoint ?? 'preference',
      hard: options.hard ?? null,
      redact: true,
      maxSteps: 10,
    },
    margin: options.margin ?? 0.3,
    alpha: 0.05,
    plannedBallots: planned * (options.raters ?? 1),
    tasks: tasks.map((task) => ({
      task,
      planned: count(task, 0, planned),
      reserve: count(task, planned, prompts.length),
      traffic: options.traffic?.[task]?.traffic ?? 1 / tasks.length,
      hardTraffic: options.traffic?.[task]?.hardTraffic ?? 0,
      hardPlan: options.traffic?.[task]?.hardPlan ?? 0,
    })),
    leftOut: [],
    redacted: {},
    sources: [],
    promptsHash: '0'.repeat(64),
    keyCommitment: '0'.repeat(64),
    dealVersion: 1,
  };
}
