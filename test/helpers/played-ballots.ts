/** Which of the ballot cases come out wrong when they are played through the command line. */
import type { AnswerView, Ballot } from '../../src/blind/ballot.ts';
import { compactJson } from '../../src/text/json-lines.ts';
import { ballotCases, type ReasoningCase } from './ballot-cases.ts';
import { type CaseAnswer, type PlayedCases, playCases, type TwoAnswerCase } from './case-run.ts';
import { tempDir } from './temp-dir.ts';

export interface Misses {
  cases: number;
  misses: string[];
}

type Shown = 'text' | 'calls' | 'text+calls' | 'none' | 'missing';
interface HideCase extends TwoAnswerCase {
  kind: string;
  ballot: boolean;
  shown: { a: Shown; b: Shown };
}

async function played<T extends TwoAnswerCase>(
  cases: readonly T[],
  problem: (one: T, all: PlayedCases) => string | undefined,
): Promise<Misses> {
  using dir = tempDir();
  const all = await playCases(cases, dir.path);
  const misses = cases.flatMap((one) => {
    const wrong = problem(one, all);
    return wrong === undefined ? [] : [`${one.id}: ${wrong}`];
  });
  if (misses.length > 0) misses.push(all.run.err.slice(-2_000), all.packet.err.slice(-500));
  return { cases: cases.length, misses };
}

export const identicalMisses = (): Promise<Misses> =>
  played(ballotCases<TwoAnswerCase & { identical: boolean }>('identical'), (one, { ballotOf }) =>
    (ballotOf(one.id) === undefined) === one.identical ? undefined : `identical should be ${one.identical}`,
  );

/** Transport failures stop an arm or wait for long: each runs alone. */
export async function hideMisses(): Promise<Misses> {
  const cases = ballotCases<HideCase>('hide');
  const alone = cases.filter(({ kind }) => kind === 'transport');
  const together = await played(
    cases.filter((one) => !alone.includes(one)),
    hideProblem,
  );
  const misses = [...together.misses];
  for (const one of alone) misses.push(...(await played([one], hideProblem)).misses);
  return { cases: cases.length, misses };
}

function hideProblem(one: HideCase, { ballotOf }: PlayedCases): string | undefined {
  const ballot = ballotOf(one.id);
  if ((ballot !== undefined) !== one.ballot) return `ballot should be ${one.ballot}`;
  if (!ballot) return undefined;
  const sides = [ballot.left, ballot.right];
  const wanted = (['a', 'b'] as const).map((side) => [one.shown[side], one[side]] as const);
  const fits = (order: readonly AnswerView[]): boolean =>
    wanted.every(([shown, said], at) => isShown(order[at], shown, typeof said === 'string' ? { text: said } : said));
  return fits(sides) || fits(sides.toReversed()) ? undefined : `shows ${JSON.stringify(sides).slice(0, 300)}`;
}

/** Complete where the case itself names no model, else at least there. */
function isShown(
  view: AnswerView | undefined,
  shown: Shown,
  { text = '', refusal, toolCalls = [] }: CaseAnswer,
): boolean {
  if (!view) return false;
  if (shown === 'none') return view.kind === 'unusable';
  if (view.kind === 'unusable') return false;
  const said = (text.trim() === '' ? (refusal ?? '') : text).trim();
  const calls = (view.toolCalls ?? []).map(({ name, arguments: args }) => `${name} ${args}`);
  const wanted = toolCalls.map(({ name, arguments: args }) => `${name} ${compactJson(args)}`);
  if (shown.includes('calls') && calls.join('\n') !== wanted.join('\n')) return false;
  if (!shown.includes('text')) return true;
  return view.text.trim() === said || (/Claude|Qwen/.test(said) && view.text.trim() !== '');
}

const loose = (text: string): string => text.trim();

/** The record, and the shown text, of answers that came over HTTP or out of a log. */
export function reasoningMisses(): Promise<Misses> {
  const cases = ballotCases<ReasoningCase>('reasoning').filter(
    ({ templateEnds, source }) => templateEnds === undefined && source === undefined,
  );
  const asPair = cases.map((one) => ({ ...one, a: { text: one.wire }, b: { text: 'Something else entirely.' } }));
  return played(asPair, (one, { ballotOf, recordOf }) => {
    const record = recordOf(one.id, 'a')?.text;
    if (record !== one.record) return `record is ${JSON.stringify(record)}`;
    const ballot = ballotOf(one.id);
    return ballot ? shownProblem(one, ballot) : 'has no ballot';
  });
}

function shownProblem(one: ReasoningCase, { left, right }: Ballot): string | undefined {
  const isOther = (view: AnswerView): boolean => view.kind === 'text' && view.text === 'Something else entirely.';
  const view = isOther(left) ? right : left;
  const text = view.kind === 'text' ? loose(view.text) : '';
  const { shown, mustContain = [], mustNotContain = [] } = one;
  if (shown !== undefined && text !== loose(shown)) return `shows ${JSON.stringify(text)}`;
  if (mustContain.some((part) => !text.includes(part))) return `lacks a part: ${text}`;
  return mustNotContain.some((part) => text.includes(part)) ? `names: ${text}` : undefined;
}
