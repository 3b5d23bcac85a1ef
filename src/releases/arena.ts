/**
 * The arena battle format: one line per vote, `model_a` against `model_b`, and who won. Fields of our own stand behind
 * it (retry, ms, note), so that votes go out and come back whole; readers of the format skip them.
 */
import { userError } from '../errors.ts';
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord, PairRecord } from '../records/run-record.ts';
import type { Choice, Side } from '../records/vote-lines.ts';
import type { EvidenceUnit, UnblindedVote } from '../verdicts/verdict-shapes.ts';

export type Winner = 'model_a' | 'model_b' | 'tie' | 'tie (bothbad)';

export interface Battle {
  question_id: string;
  model_a: string;
  model_b: string;
  winner: Winner;
  judge: string;
  task?: string;
  /** Sides that would have to be redone. */
  retry?: ('model_a' | 'model_b')[];
  /** Milliseconds on screen. */
  ms?: number;
  note?: string;
  /** Nobody was asked: equal records, or (`no_answer`) nothing to read on either side. */
  identical?: true;
  no_answer?: true;
}

type Arm = Pick<ArmRecord, 'name' | 'model' | 'spec'>;

/** Model ids, or the arms' names where two arms have one model. */
const nameOf = (arms: readonly Arm[], name: string): string => {
  const arm = arms.find((one) => one.name === name);
  const twice = arms.filter(({ model }) => model === arm?.model).length > 1;
  return arm === undefined || twice ? name : arm.model;
};

/** In order of evidence; `model_a` is what stood on the left. */
export function battlesOf(arms: readonly Arm[], pair: PairRecord, units: readonly EvidenceUnit[]): Battle[] {
  const [a, b] = [nameOf(arms, pair.a), nameOf(arms, pair.b)];
  return units.flatMap((unit): Battle[] => {
    const base = { question_id: unit.prompt, task: unit.task };
    if (unit.identical || unit.noAnswer) {
      const why = { identical: true as const, ...(unit.noAnswer && { no_answer: true as const }) };
      return [{ ...base, model_a: a, model_b: b, winner: 'tie' as const, judge: 'nobody', ...why }];
    }
    return unit.votes.map((vote) => ({ ...base, ...battle(vote, a, b) }));
  });
}

function battle({ aSide, outcome, redo, rater, ms, note }: UnblindedVote, a: string, b: string) {
  const aIsLeft = aSide === 'left';
  const [ofA, ofB] = aIsLeft ? (['model_a', 'model_b'] as const) : (['model_b', 'model_a'] as const);
  const winners: Record<UnblindedVote['outcome'], Winner> = {
    a: ofA,
    b: ofB,
    'both-fine': 'tie',
    'both-bad': 'tie (bothbad)',
  };
  return {
    model_a: aIsLeft ? a : b,
    model_b: aIsLeft ? b : a,
    winner: winners[outcome],
    judge: rater,
    retry: [...(redo.a ? [ofA] : []), ...(redo.b ? [ofB] : [])],
    ...(ms !== null && { ms }),
    ...(note !== undefined && { note }),
  };
}

export const battleLines = (battles: readonly Battle[]): string =>
  battles.map((one) => `${JSON.stringify(one)}\n`).join('');

const winners: Record<string, Winner> = {
  model_a: 'model_a',
  model_b: 'model_b',
  tie: 'tie',
  'tie (bothbad)': 'tie (bothbad)',
  'tie(bothbad)': 'tie (bothbad)',
  both_bad: 'tie (bothbad)',
};

/** JSON lines or one JSON array. Throws (exit 2) with the line of what is no battle. */
export function parseBattles(text: string, file: string): Battle[] {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const rows: unknown[] = trimmed.startsWith('[')
    ? (parse(trimmed, file, 1) as unknown[])
    : trimmed.split('\n').map((line, at) => parse(line, file, at + 1));
  return rows.map((row, at) => asBattle(row, `${file}:${at + 1}`));
}

/** One line of a file of JSON lines. */
export const parseBattle = (text: string, file: string, line: number): Battle =>
  asBattle(parse(text, file, line), `${file}:${line}`);

function parse(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw userError('bad-battle', `${file}:${line}: this is not JSON.`, 'it takes JSON lines or one JSON array', error);
  }
}

function asBattle(row: unknown, where: string): Battle {
  const value = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
  const missing = ['question_id', 'model_a', 'model_b', 'winner'].find(
    (field) => !['string', 'number'].includes(typeof value[field]),
  );
  if (missing !== undefined)
    throw userError(
      'bad-battle',
      `${where}: there is no ${missing}.`,
      'each battle needs question_id, model_a, model_b, winner',
    );
  const winner = winners[String(value.winner)];
  if (!winner)
    throw userError(
      'bad-battle',
      `${where}: "${String(value.winner)}" is no winner.`,
      'it is model_a, model_b, tie or tie (bothbad)',
    );
  const judge = typeof value.judge === 'string' || typeof value.judge === 'number' ? String(value.judge) : 'arena';
  return {
    question_id: String(value.question_id),
    model_a: String(value.model_a),
    model_b: String(value.model_b),
    winner,
    judge,
    ...(Array.isArray(value.retry) && { retry: value.retry.filter((one) => one === 'model_a' || one === 'model_b') }),
    ...(typeof value.ms === 'number' && { ms: value.ms }),
    ...(typeof value.note === 'string' && { note: value.note }),
    ...(value.identical === true && { identical: true as const }),
    ...(value.no_answer === true && { no_answer: true as const }),
  };
}

export interface PlacedBattle {
  battle: Battle;
  prompt: PromptId;
  pair: PairRecord;
  /** `model_a` is arm `a` of the pair. */
  straight: boolean;
}

/** The run's prompt and pair that a battle is about; undefined for a stranger's. */
export function placeBattle(
  battle: Battle,
  arms: readonly Arm[],
  pairs: readonly PairRecord[],
  prompts: readonly Pick<PromptRecord, 'id' | 'source_id'>[],
): PlacedBattle | undefined {
  const { question_id: question, model_a, model_b } = battle;
  const prompt = prompts.find(({ id, source_id }) => id === question || source_id === question);
  const is = (name: string, model: string): boolean => {
    const arm = arms.find((one) => one.name === name);
    return arm !== undefined && [nameOf(arms, name), arm.name, arm.spec].includes(model);
  };
  const fits = (a: string, b: string) => pairs.find((pair) => is(pair.a, a) && is(pair.b, b));
  const straight = fits(model_a, model_b);
  const pair = straight ?? fits(model_b, model_a);
  return prompt && pair && { battle, prompt: prompt.id, pair, straight: straight !== undefined };
}

/** As the rater would have voted on this run's ballot, whose sides may be the other way round. */
export function voteOf({ battle, straight }: PlacedBattle, aSide: Side): { choice: Choice; retry: Side[] } {
  const other: Side = aSide === 'left' ? 'right' : 'left';
  const sideOf = (model: 'model_a' | 'model_b'): Side => ((model === 'model_a') === straight ? aSide : other);
  const { winner, retry } = battle;
  if (winner === 'tie (bothbad)') return { choice: 'both-bad', retry: ['left', 'right'] };
  const redo = (['left', 'right'] as const).filter((side) => retry?.some((model) => sideOf(model) === side));
  return { choice: winner === 'tie' ? 'tie' : sideOf(winner), retry: [...redo] };
}
