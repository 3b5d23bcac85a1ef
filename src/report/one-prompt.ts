/** One prompt again: what was asked, what each model answered, how everybody voted on it and why, what checks said. */
import type { CheckResult } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { trialKey } from '../runs/trial.ts';
import { listed } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { oneLine } from '../text/shell.ts';
import { wrapLines } from '../text/wrap.ts';
import { askedOf, judgedAnswer, promptPlaces, type ReportBallot } from './ballot-list.ts';
import type { Report } from './model.ts';
import type { ReportInput } from './report-input.ts';
import { ballotOutcomes, voteWords } from './section-ballots.ts';
import { fileName } from './section-repeat.ts';

/** By its number in this run, its id or the start of that, or its id in the user's log. */
export function findPrompt({ prompts }: Pick<ReportInput, 'prompts'>, wanted: string): PromptRecord | undefined {
  const byId = new Map<string, PromptRecord>(prompts.map((prompt) => [prompt.id, prompt]));
  const begun = prompts.filter(({ id }) => wanted.startsWith('p_') && wanted.length > 4 && id.startsWith(wanted));
  return (
    (/^\d+$/.test(wanted) ? prompts[Number(wanted) - 1] : undefined) ??
    byId.get(wanted) ??
    prompts.find(({ source_id: id }) => id === wanted) ??
    (begun.length === 1 ? begun[0] : undefined)
  );
}

interface Shown {
  report: Report;
  input: ReportInput;
  /** Shows this prompt again. */
  command: string;
}

export function onePrompt(prompt: PromptRecord, shown: Shown, { columns }: { columns: number }): string {
  const { report } = shown;
  const ballots = report.ballots.filter((ballot) => ballot.prompt === prompt.id);
  const { asked, rules } = askedOf(prompt);
  const page = (text: string): string[] => paragraphs(text, columns);
  return [
    ...wrapLines(printable(headOf(prompt, shown, ballots)), Math.max(20, columns - 2), '  ').map((line) => ` ${line}`),
    '',
    ...(rules === '' ? [] : [' Rules', ...page(rules), '']),
    ' Prompt',
    ...page(asked),
    '',
    ...(report.texts.held === 'prompts' && !isHeldBack(prompt, report) ? [...page(stylesKnown), ''] : []),
    ...answersOf(prompt, shown).flatMap(({ title, text, checks }) => [` ${title}`, ...page(text), ...page(checks), '']),
    ' Votes',
    ...votesOf(prompt, shown, ballots).flatMap((line) => page(line)),
  ].join('\n');
}

/** Printable, each line of the text a paragraph of its own. */
const paragraphs = (text: string, columns: number): string[] =>
  printable(text)
    .split('\n')
    .flatMap((line) => wrapLines(line, Math.max(20, columns - 4)).map((piece) => `   ${piece}`.trimEnd()));

function headOf(
  { id, task, source_id: sourceId, source }: PromptRecord,
  { input }: Shown,
  ballots: readonly ReportBallot[],
): string {
  const number = `prompt ${promptPlaces(input.prompts).get(id)}${ballots.length === 0 ? ', no ballot was voted on' : ''}`;
  const own = sourceId === undefined ? '' : `, your id ${oneLine(sourceId, 60)}`;
  const place = source.line === undefined ? '' : `, ${oneLine(fileName(source.file), 60)} line ${source.line}`;
  return `${oneLine(task, 60)}, ${number} (${id}${own}${place})`;
}

function answersOf(
  prompt: PromptRecord,
  { report, input: { run, trials }, command }: Shown,
): { title: string; text: string; checks: string }[] {
  return run.arms.map((arm) => {
    const trial = trials[arm.name]?.get(trialKey(prompt.id, 1));
    const title = `Answer of ${oneLine(arm.model, 60)}${arm.model === arm.role ? '' : ` (${arm.role})`}`;
    if (isHeldBack(prompt, report))
      return { title, text: `(hidden: it can still be voted on. ${command} --texts shows it)`, checks: '' };
    const text = judgedAnswer(trial, { prompt, templateEnds: arm.templateEnds });
    return { title, text, checks: `Checks: ${checksWords(trial?.answer?.checks ?? [])}` };
  });
}

/** "passed refusal" would be read as a refusal. */
const passedWords: Readonly<Record<string, string>> = {
  refusal: 'no refusal',
  repetition: 'no repetition',
  truncated: 'not cut off',
  empty: 'not empty',
};

export function checksWords(checks: readonly CheckResult[]): string {
  if (checks.length === 0) return 'none ran.';
  // Not failed, where nobody said that it should answer; but nothing that a reader would call passed.
  const isRefusal = ({ pass, kind }: CheckResult): boolean => pass && kind === 'refusal';
  const passed = checks
    .filter((one) => one.pass && one.judged !== false && !isRefusal(one))
    .map(({ check }) => passedWords[check] ?? `passed ${check}`);
  const others = checks.filter(({ pass, judged }) => !pass || judged === false);
  return [
    ...(passed.length > 0 ? [`${listed(passed)}.`] : []),
    ...(checks.some(isRefusal) ? ['It refused: counted, not failed.'] : []),
    ...others.map(otherWords),
  ].join(' ');
}

/** "failed truncated: The answer was cut off …" would say it twice, and in a word of files. */
function otherWords({ check, pass, why }: CheckResult): string {
  if (!pass && check === 'truncated' && why !== undefined) return why;
  return `${pass ? 'not judged' : 'failed'} ${check}${why === undefined ? '' : `: ${why}`}`;
}

function votesOf({ id }: PromptRecord, { report, input }: Shown, ballots: readonly ReportBallot[]): string[] {
  const lines = ballots.flatMap((ballot) => {
    const pair = report.pairs.length > 1 ? `${ballot.pair}: ` : '';
    const said = ballot.votes.map((vote) => {
      const note = vote.note === null ? '' : `: "${oneLine(vote.note, 400)}"`;
      return `${pair}${voteWords(vote)}${note}`;
    });
    return said.length > 0 ? said : ballotOutcomes(ballot).map((words) => `${pair}${words}`);
  });
  const skips = (input.skips ?? [])
    .filter(({ prompt }) => prompt === id)
    .map(
      ({ rater, reason }) => `${oneLine(rater, 60)}: skipped${reason === null ? '' : ` ("${oneLine(reason, 200)}")`}`,
    );
  const all = [...lines, ...skips];
  return all.length > 0 ? all : ['none'];
}

/** While more votes are proposed, an answer that nobody has voted on stays unread: its vote would not be blind. */
const isHeldBack = ({ id }: PromptRecord, { texts, ballots }: Report): boolean =>
  texts.held !== 'all' && !ballots.some(({ prompt }) => prompt === id);

const stylesKnown =
  'Whoever reads these answers beside the names of the models knows how each one writes: later votes of the same person are less blind.';

/** What `--prompt` knows, for its refusal. */
export const knownPrompts = ({ prompts }: Pick<ReportInput, 'prompts'>): string =>
  prompts.length === 1 ? 'This run has one prompt, 1.' : `This run has prompts 1 to ${prompts.length}.`;
