/** What a reader must know before believing the answer, and what its words mean. */

import { challengerWord } from '../records/challenger.ts';
import type { PromptId } from '../records/ids.ts';
import { pairName } from '../records/run-record.ts';
import { endNotes } from '../runs/end-notes.ts';
import { reasonWords } from '../runs/missing.ts';
import { trialKey } from '../runs/trial.ts';
import type { AdjustedBlinding } from '../stats/adjusted-blinding-index.ts';
import { fakeValuesLine } from '../text/fake-values.ts';
import { guessedNotice } from '../text/guessed-tasks.ts';
import { capital, count, duration, index2, listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { tooFastMs } from '../text/too-fast.ts';
import { hastyRaters } from '../verdicts/haste.ts';
import type { LengthHabit } from '../verdicts/length-habit.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { ArmReport } from './arm-report.ts';
import { carriedNotices } from './carried-words.ts';
import { conflictWords } from './conflict-words.ts';
import { recognisedWords } from './five-answers.ts';
import { sameLengthAdvice, similarLengthWords } from './length-words.ts';
import { oneAnswerNotices } from './one-answer.ts';
import { raterNotices, skipNotices } from './rater-notices.ts';
import type { ReportInput, RunBefore } from './report-input.ts';
import { templateFaults } from './template-faults.ts';
import {
  hintWords,
  isMostlySame,
  manyTasksWords,
  marginWords,
  overallFacts,
  overallWords,
  sameWords,
} from './verdict-words.ts';

export function terms({ run, pairs, isDefaultMargin = false }: ReportInput): string[] {
  const { margin, alpha, settings, arms } = run;
  const named = [...new Set(arms.filter(({ role }) => role === 'open').map(challengerWord))];
  const challenger = named.length === 1 ? named[0] : undefined;
  const words = marginWords({
    margin,
    alpha,
    endpoint: settings.endpoint,
    isDefault: isDefaultMargin,
    ...(challenger && { challenger }),
  });
  const scopes = pairs === 'sealed' ? [] : pairs.flatMap(({ overall, tasks }) => [overall, ...tasks]);
  const readTo = (task: string): number =>
    Math.max(0, ...scopes.filter((scope) => scope.task === task).map(({ read }) => read));
  const many = manyTasksWords(
    run.tasks.filter(({ planned }) => planned > 0).map(({ task, planned }) => ({ planned, read: readTo(task) })),
    margin,
  );
  const hinted = scopes.filter(({ leaning, withdrawn }) => leaning !== 'none' && withdrawn === null);
  const readOnce = hinted.every(({ read, plannedRead }) => read === plannedRead);
  const hints = hinted.length > 0 ? [hintWords(margin, readOnce)] : [];
  return [words.margin, words.risk, ...(many ? [many] : []), ...hints];
}

/** What voids the result, most weighty first. */
export function voidNotices(input: ReportInput, pairs: readonly PairVerdicts[]): string[] {
  const recognised = Object.values(input.quality ?? {}).some((one) => one.recognition?.adjusted.word === 'recognised');
  const broken = input.raters.filter((rater) => !rater.chainOk).map((rater) => oneLine(rater.rater, 40));
  const early = input.seal.unblindedEarly;
  return [
    ...(broken.length > 0
      ? [`The vote file of ${broken.join(', ')} was changed after voting: its chain of hashes is broken.`]
      : []),
    ...(recognised && pairs.length > 0 ? [recognisedWords] : []),
    ...(early
      ? [`Unblinded early, at ${early.voted} of ${early.planned} votes: a person could know which side was which.`]
      : []),
    ...voidedWords(input),
    ...notBlindWords(input, decidingOf(pairs)),
    ...hasteNotices(input.quality),
  ];
}

const decidingOf = (pairs: readonly PairVerdicts[]): PairVerdicts[] => pairs.filter(({ pair }) => pair.decides);

/** What was found in this run, and changes how the answer reads. */
export function findings(input: ReportInput, pairs: readonly PairVerdicts[], arms: readonly ArmReport[]): string[] {
  const deciding = decidingOf(pairs);
  return [
    ...leftOutWords(input),
    ...fakeValuesLine(input.run.redacted, 'were'),
    ...guessedNotice(input.run.guessedTasks, tasksOf(input.run)),
    ...(pairs.length > 0 ? carriedNotices(input.carried, input.raters) : []),
    ...absentRaters(input, deciding),
    ...deciding.flatMap(sameAnswers),
    ...oneAnswerNotices(
      input,
      deciding.flatMap(({ pair }) => [pair.a, pair.b]),
    ),
    ...deciding.flatMap(raterNotices),
    ...deciding.flatMap(votesBehind),
    ...deciding.flatMap(({ pair }) => laterWords(input, input.quality?.[pairName(pair)]?.laterRecognition)),
    ...againWords(input.runOnThesePrompts ?? 1, input.runBefore),
    ...deciding.flatMap(({ pair }) => lengthNotice(input.quality?.[pairName(pair)]?.length)),
    ...deciding.flatMap((pair) =>
      [pair.overall, ...pair.tasks].flatMap((scope) => conflictWords(scope, input.run.settings.endpoint) ?? []),
    ),
    ...arms.flatMap(missingWords),
    ...endings(input),
    ...(pairs.length > 0 ? templateFaults(input) : []),
    ...deciding.flatMap((pair) => bothAnswered(input, pair)),
    ...skipNotices(input, deciding),
    ...(deciding.length > 1 && !input.bestOf
      ? [
          `${count(deciding.length)} open models were compared, and each verdict holds for its own pair only. To pick the best of them takes ${count(deciding.length)} times the evidence, which none has yet.`,
        ]
      : []),
  ];
}

const endings = ({ run, trials }: ReportInput): string[] =>
  run.arms.flatMap((arm) =>
    endNotes(arm, trials[arm.name]?.values() ?? [], run.settings).map((note) => oneLine(note, 400)),
  );

/** Tasks of the log, also those that were left out. */
const tasksOf = ({ tasks, leftOut }: ReportInput['run']): number =>
  tasks.filter(({ planned }) => planned > 0).length + leftOut.length;

/** Not failed checks: the model never ran on these prompts. */
const missingWords = ({ name, figures, missingBecause }: ArmReport): string[] =>
  missingBecause.map((reason) => `${name} has no answer to ${oneLine(reasonWords(reason, figures.trials), 400)}.`);

function bothAnswered({ run, prompts, trials, toVote }: ReportInput, { pair }: PairVerdicts): string[] {
  const planned = run.tasks.reduce((sum, task) => sum + task.planned, 0);
  const asked = toVote ?? prompts.slice(0, planned).map(({ id }) => id);
  const isMissing = (arm: string, id: PromptId): boolean => trials[arm]?.get(trialKey(id, 1))?.state === 'missing';
  const lost = asked.filter((id) => isMissing(pair.a, id) || isMissing(pair.b, id)).length;
  if (lost === 0) return [];
  return [
    `The verdict is over the ${asked.length - lost} of ${asked.length} prompts that both models have an answer to.`,
  ];
}

/** Also while the run is sealed: it says whose, and nothing of what they chose. */
const voidedWords = ({ voided = [] }: ReportInput): string[] =>
  voided.map(({ rater, votes, afterOpening }) => {
    const late = afterOpening
      ? ' That was after the result could be seen, so what counts now was not chosen blind.'
      : '';
    return `${plural(votes, 'vote')} of ${oneLine(rater, 40)} ${votes === 1 ? 'was' : 'were'} voided and ${votes === 1 ? 'counts' : 'count'} no more.${late}`;
  });

/** No skips: said before the first vote, from the prompts alone. */
const leftOutWords = ({ raters }: ReportInput): string[] =>
  raters.flatMap(({ rater, leftOut }) => {
    if (!leftOut || leftOut.prompts === 0) return [];
    const { names, prompts, unread } = leftOut;
    const left = `Before voting, ${oneLine(rater, 40)} left out ${listed(names.map((name) => oneLine(name, 40)))}: ${plural(prompts, 'prompt')}.`;
    if (unread === 0) return [left];
    const word = unread === 1 ? 'It counts' : 'They count';
    return [
      `${left} ${unread === prompts ? '' : `Nobody else read ${count(unread)} of them. `}${word} for neither model.`,
    ];
  });

const hasteNotices = (quality: ReportInput['quality']): string[] =>
  [...hastyRaters(quality)].map(
    ([rater, median]) =>
      `Half of ${oneLine(rater, 40)}'s votes took ${duration(median)} or less: too fast to have read two answers (the limit is ${duration(tooFastMs)}). Do not rest a decision on them.`,
  );

function absentRaters({ run, raters, seal }: ReportInput, deciding: readonly PairVerdicts[]): string[] {
  const planned = run.settings.raters;
  const voted = raters.filter(({ votes }) => votes > 0).length;
  const open = deciding.some(({ overall, tasks }) =>
    [overall, ...tasks].some(({ verdict }) => verdict === 'undecided'),
  );
  if (seal.sealed || voted === 0 || voted >= planned || !open) return [];
  return [`Planned for ${count(planned)} raters; ${count(voted)} voted so far.`];
}

/** Runs on the same prompts are not new evidence; each could have been the wrong one. */
function againWords(run: number, before: RunBefore | undefined): string[] {
  if (run < 2) return [];
  const since = before ? ` ${sinceWords(before)}` : '';
  return [
    `This is run ${count(run)} on these prompts with these models.${since} A wrong "within your margin" comes up at least once in up to ${Math.min(100, 5 * run)} of 100 such series.`,
  ];
}

function sinceWords({ run, differs, sameAnswers, recognised }: RunBefore): string {
  const told = recognised ? ', and in that run raters could tell which came from which model' : '';
  const same = sameAnswers ? ` The answers are the same${told}.` : '';
  return `What differs from ${oneLine(run, 80)}, the one before: ${listed([...differs, 'the left/right order'])}.${same}`;
}

/** Whoever has read a report knows how each model writes: what the questions after the votes say of those votes alone. */
function laterWords({ raters, votedAfterOpen = 0 }: ReportInput, found: AdjustedBlinding | undefined): string[] {
  if (found?.word !== 'recognised' || votedAfterOpen === 0) return [];
  const all = raters.reduce((sum, { votes }) => sum + votes, 0);
  return [
    `${count(votedAfterOpen)} of ${plural(all, 'vote')} came after the results were open. In these, raters could tell the models apart (recognition score ${index2(found.index)}, from ${plural(found.used, 'guess', 'guesses')}).`,
  ];
}

/** Several raters on one prompt, or several judges of imported votes: more votes than evidence. */
function votesBehind({ evidence }: PairVerdicts): string[] {
  const asked = evidence.filter(({ votes }) => votes.length > 0);
  const votes = asked.reduce((sum, unit) => sum + unit.votes.length, 0);
  if (votes === asked.length) return [];
  return [`${plural(votes, 'vote')} stand behind ${plural(asked.length, 'prompt')}: each prompt counts once.`];
}

/** Where the longer answer wins too often, what is left where length can hardly decide. */
function lengthNotice(length: LengthHabit | undefined): string[] {
  if (!length?.warn) return [];
  const { units, net } = length.similar;
  return [
    `The longer answer won ${count(length.longerWins)} of ${plural(length.decisive, 'decisive vote')} where lengths differ by more than 10 %: raters may have rewarded length. ${similarLengthWords({ units, net: net?.estimate ?? null, interval: net })} ${sameLengthAdvice}`,
  ];
}

const sameAnswers = ({ overall }: PairVerdicts): string[] => {
  const words = isMostlySame(overall) ? sameWords(overall) : null;
  return [
    ...allSame(overall),
    ...(words && overall.redo.asked > 0
      ? [
          `${capital(words)}. They count as "no difference": the verdict rests on raters for ${plural(overall.redo.asked, 'prompt')} only.`,
        ]
      : []),
  ];
};

const allSame = (overall: PairVerdicts['overall']): string[] =>
  overall.units > 0 &&
  overall.counts.identical + overall.counts.noAnswer === overall.units &&
  overall.counts.identical > 0
    ? ['Every pair of answers was the same, so nobody had to vote. Check that the two models really are different.']
    : [];

/** Of a run that is read once every planned prompt has a vote: what is left, and which verdicts wait for it. */
function withoutWords({ overall, tasks }: PairVerdicts): string {
  const { a, b, bothFine, bothBad, identical, noAnswer } = overall.counts;
  const neither = bothFine + bothBad + identical + noAnswer;
  const waiting = tasks.filter(({ toGo }) => toGo > 0).map(({ task }) => oneLine(task ?? 'all', 60));
  const scopes = tasks.length > 1 ? [...waiting, 'all prompts'] : waiting;
  return `Without them open is better in ${count(a)}, neither in ${count(neither)}, closed in ${count(b)}; ${plural(overall.toGo, 'planned prompt')} ${overall.toGo === 1 ? 'has' : 'have'} no vote then, which leaves ${listed(scopes)} undecided.`;
}

/** Beside the verdict: how many votes knew a side, whose they are, and what is left without them. */
function notBlindWords({ run, notBlind = {} }: ReportInput, deciding: readonly PairVerdicts[]): string[] {
  return deciding.flatMap(({ pair }) => {
    const found = notBlind[pairName(pair)];
    if (!found) return [];
    const { votes, of, raters, without } = found;
    const who = raters.map(({ rater }) => oneLine(rater, 40)).join(', ');
    const rest =
      without.overall.units > 0 && without.overall.toGo > 0
        ? withoutWords(without)
        : without.overall.units === 0
          ? 'Without them there is no vote.'
          : `Without them: ${overallWords(without.overall, without.tasks, overallFacts(run))}`;
    return [
      `Not blind: ${votes} of ${of} ballots (${who}), whose raters had read one of the two answers beside a model's name. ${rest}`,
    ];
  });
}
