/**
 * What a CI job says: as a pull-request comment and job summary, and as lines on the terminal. While ballots are out it
 * holds no tally and no answer, because raters read pull requests too.
 */
import { exitCodes } from '../errors.ts';
import { escapeMarkdown } from '../report/to-markdown.ts';
import { reasonWords } from '../runs/missing.ts';
import { dollars, duration, outOf, per100, per100Interval, plural, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmChange } from './arm-changes.ts';
import type { ArmComparison, PairedAmount, ScopeComparison } from './compare.ts';
import type { ArmMissing } from './coverage.ts';
import type { GateResult, GateState } from './gate-input.ts';

export interface CiPacket {
  rater: string;
  file: string;
  ballots: number;
}

export interface CiResult {
  /** Exit code of the job. */
  code: number;
  /** Ids of this run and of the locked one: what artifacts are named after. */
  run: string;
  baseline: string;
  arms: { arm: string; spec: string; changes: ArmChange[] }[];
  comparisons: ArmComparison[];
  gates: GateResult[];
  /** Prompts without an answer, by arm. */
  missing?: ArmMissing[];
  /** What is to be said of how answers ended. */
  notes?: string[];
  /** Votes taken over from the baseline, per run; ballots that still need one. */
  carried: number;
  /** Votes that count, those included; absent where no gate was judged. */
  votes?: number;
  needed: number;
  minutes: number;
  packets: CiPacket[];
  /** What to type when the votes are back. */
  next: string[];
}

/** Finds the comment of an earlier job again. */
export const commentMark = '<!-- gapcheck ci -->';

const headlines: Record<number, string> = {
  0: 'passed',
  1: 'failed',
  3: 'answers are missing',
  4: 'cannot decide yet',
  5: 'blinding or seal broken',
};

const words: Record<GateState, string> = {
  passed: 'passed',
  failed: '**failed**',
  undecided: 'not decided',
  inactive: '**inactive**',
  broken: '**broken**',
};

export const headline = ({ code }: Pick<CiResult, 'code'>): string => headlines[code] ?? 'not finished';

export function ciComment(result: CiResult): string {
  const lines = [
    commentMark,
    `### gapcheck: ${headline(result)}`,
    '',
    ...result.gates.map((gate) => `- ${words[gate.state]} (${gate.gate}): ${escapeMarkdown(gate.message)}`),
    '',
    ...changeLines(result),
    ...missingLines(result).map((line) => `- ${escapeMarkdown(line)}`),
    ...(missingLines(result).length > 0 ? [''] : []),
    ...peopleLines(result).map(escapeMarkdown),
    '',
    ...result.next.map((line) => `    ${oneLine(line, 2000)}`),
    '',
  ];
  const table = comparisonTable(result.comparisons);
  const isShort = lengthOf(lines) + lengthOf(table) <= mostCharacters;
  return `${bounded(isShort ? [...lines, ...table] : lines)
    .join('\n')
    .trimEnd()}\n`;
}

/** GitHub refuses a comment, and the summary of a check, above 65,536 characters. */
const mostCharacters = 60_000;

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);

function bounded(lines: readonly string[]): readonly string[] {
  let left = mostCharacters;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return end < 0 ? lines : [...lines.slice(0, end), '', 'This comment would be too long: the rest is in report.md.'];
}

/** The same for the terminal, without Markdown. */
export function ciLines(result: CiResult): string[] {
  return [
    ...result.gates.map(({ gate, state, message }) => `${state.padEnd(9)}  ${gate}: ${message}`),
    ...missingLines(result),
    ...peopleLines(result),
    `gapcheck ci: ${headline(result)}`,
    ...result.next.map((line, at) => `${at === 0 ? 'Next: ' : '      '}${line}`),
  ];
}

const missingLines = ({ missing = [], notes = [] }: CiResult): string[] => [
  ...missing.flatMap(({ arm, prompts, reasons }) =>
    reasons.length === 0
      ? [`${arm}: answers are missing.`]
      : reasons.map((reason) => `${arm} has no answer to ${reasonWords(reason, prompts)}`),
  ),
  ...notes,
];

function changeLines({ arms, comparisons }: CiResult): string[] {
  const lines = arms.flatMap(({ arm, spec, changes }) => {
    const answers = comparisons.find((one) => one.arm === arm);
    const changed = answers?.changed ?? null;
    const moved = answers && changed !== null ? `; ${outOf(changed, answers.prompts)} answers are other ones now` : '';
    if (changes.length === 0 && (changed ?? 0) === 0) return [];
    const what = changes.map(({ field, locked, now }) => `${field} ${locked} → ${now}`).join(', ');
    return [`- ${escapeMarkdown(`${arm} (${spec}): ${what || 'nothing it says of itself'}${moved}`)}`];
  });
  return lines.length === 0 ? ['Nothing changed since the lock.', ''] : ['Changed since the lock:', '', ...lines, ''];
}

function peopleLines({ code, carried, votes = 0, needed, minutes, packets, gates }: CiResult): string[] {
  if (code === exitCodes.armFailed) return ['No gate was judged.'];
  const reused =
    carried > 0 && votes > 0 ? ` ${carried} of ${plural(votes, 'vote')} ${votes === 1 ? 'is' : 'are'} re-used.` : '';
  const kept = `${plural(carried, 'vote')} of the baseline still ${carried === 1 ? 'holds' : 'hold'}.${reused}`;
  const isInactive = gates.some(({ state }) => state === 'inactive');
  if (needed === 0)
    return [`${kept} ${isInactive ? 'The votes that are missing are the locked run’s.' : 'Nobody has to vote.'}`];
  const files = packets.map(({ rater, file, ballots }) => `${file} (${plural(ballots, 'ballot')} for ${rater})`);
  const out = files.length === 0 ? 'they are out already' : files.join(', ');
  return [`${kept} ${plural(needed, 'ballot')} to vote on, about ${minutes} min: ${out}.`];
}

function comparisonTable(comparisons: readonly ArmComparison[]): string[] {
  const rows = comparisons.flatMap(({ arm, scopes }) => scopes.map((scope) => row(arm, scope)));
  if (rows.length === 0) return [];
  return [
    '<details>',
    '<summary>Measured by machine: now against the lock</summary>',
    '',
    'Means over the prompts that both runs answered, each counted alike; the report has medians, and all tasks by their shares of the traffic. Brackets hold 95 % intervals of the difference, now minus locked.',
    '',
    '| arm | task | first answers failed, per 100 | answers asked again | tool failures, per 100 | whole first answer, mean | cost per 1,000 |',
    '| :-- | :-- | --: | --: | --: | --: | --: |',
    ...rows,
    '',
    '</details>',
  ];
}

function row(arm: string, scope: ScopeComparison): string {
  const { firstFailed, answerRetries, toolFailures, latencyMs, costUsd, task } = scope;
  const cells = [
    arm,
    task ?? 'all prompts',
    firstFailed ? `${per100(firstFailed.difference)} [${per100Interval(firstFailed.interval)}]` : unknown,
    amountCell(answerRetries, (value) => signed(value, (size) => size.toFixed(2))),
    toolFailures
      ? `${outOf(toolFailures.locked, toolFailures.pairs)} → ${outOf(toolFailures.now, toolFailures.pairs)} [${per100Interval(toolFailures)}]`
      : unknown,
    amountCell(latencyMs, (ms) => signed(ms, duration)),
    amountCell(costUsd, (usd) => signed(usd * 1000, dollars)),
  ];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

const signed = (value: number, text: (size: number) => string): string =>
  `${value < 0 ? '−' : ''}${text(Math.abs(value))}`;

function amountCell(amount: PairedAmount | null, text: (value: number) => string): string {
  if (amount === null) return unknown;
  const { locked, now, difference } = amount;
  const limits = difference ? ` [${text(difference.lower)} to ${text(difference.upper)}]` : '';
  return `${text(locked)} → ${text(now)}${limits}`;
}
