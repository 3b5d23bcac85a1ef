/** Was it blind? What was measured about raters, in words first. Sealed, there is nothing to say yet. */

import { recognisedAbove } from '../stats/adjusted-blinding-index.ts';
import { count, index2, listed, outOf, per100, per100Interval, percent, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Block, Section } from './blocks.ts';
import { carriedAfterOpen } from './carried-words.ts';
import { recognisedWords } from './five-answers.ts';
import { similarLengthWords } from './length-words.ts';
import type { Report } from './model.ts';
import { intervalTitle, raterColumns, raterRows } from './rater-columns.ts';
import type { BlindPart, BlindReport, IndexPart } from './report-parts.ts';
import { table } from './table-columns.ts';

export function blindSection(report: Report): Section {
  return { id: 'blind', title: 'Was it blind?', blocks: report.sealed ? [] : blindBlocks(report) };
}

function blindBlocks(report: Report): Block[] {
  if (report.pairs.length === 0) return [];
  const common = [...known(report), ...flagged(report), early(report), ...afterOpen(report)];
  if (report.blind.length === 0) return [{ kind: 'list', items: [notMeasuredWords(report), ...common] }];
  return report.blind.flatMap((blind, at): Block[] => [
    {
      kind: 'lead',
      text: `${report.blind.length > 1 ? `${oneLine(blind.pair, 80)}: ` : ''}${wordOf(blind.adjusted, report)}`,
    },
    {
      kind: 'list',
      items: [
        ...indexWords(blind),
        ...(at === 0 ? common : []),
        ...(markedVotes(report).length > 0 ? unrecognisedWords(blind, report) : []),
        ...habitWords(blind),
        ...maskWords(report, blind),
      ],
    },
    ...notMeasured(blind),
    ...raterTable(blind, report),
  ]);
}

/** What was masked and what is left, for the short form: nothing where no name stood in any answer. */
export function maskLines(report: Report): string[] {
  const [first] = report.blind;
  const told = first?.masks.some(({ count: masked, left: seen }) => masked + seen > 0) ?? false;
  return first && told && !report.sealed ? maskWords(report, first) : [];
}

/** For the short form: votes that were not blind, and missing or too few guesses. Marks of recognition stand where no guess was given. */
export function notBlindLines(report: Report): string[] {
  if (report.sealed || report.pairs.every(({ overall }) => overall.units === 0)) return [];
  const measured = report.blind.some(({ adjusted }) => adjusted !== null);
  const unclear = report.blind.filter(({ adjusted }) => adjusted?.word === 'not-enough' && adjusted.n > 0);
  return [
    ...(measured ? [] : [notMeasuredWords(report), ...flagged(report)]),
    ...unclear.slice(0, 1).map(({ adjusted }) => wordOf(adjusted, report)),
    ...afterOpen(report),
  ];
}

/** Who was asked is said where it is known: a page does not tell. */
function notMeasuredWords({ raters, carried }: Report): string {
  const asked = raters.filter(({ gaveNoGuess }) => gaveNoGuess).map(({ rater }) => oneLine(rater, 60));
  if (carried)
    return `Whether raters could tell the models apart was not measured on these votes together. What raters guessed in run ${oneLine(carried.from, 60)} is in the report of that run.`;
  if (asked.length === 0) return 'Whether raters could tell the models apart was not measured: no rater gave a guess.';
  const others = asked.length < raters.length ? ' No other rater gave one.' : '';
  return `Whether raters could tell the models apart was not measured: ${listed(asked)} ${asked.length === 1 ? 'was' : 'were'} asked afterwards and gave no guess.${others}`;
}

const markedVotes = ({ ballots }: Pick<Report, 'ballots'>) =>
  ballots.flatMap((ballot) => ballot.votes).flatMap((vote) => vote.recognised ?? []);

function flagged({ ballots }: Report): string[] {
  const marked = markedVotes({ ballots });
  if (marked.length === 0) return [];
  const rightly = marked.filter((one) => one.right).length;
  return [
    `While voting, raters marked ${plural(marked.length, 'ballot')} as recognised, ${count(rightly)} of them rightly. Such ballots count like all others.`,
  ];
}

/** Votes that count although their rater knew one of the two answers. */
const known = ({ notBlind }: Report): string[] =>
  notBlind.map(
    ({ votes, of, raters }) =>
      `Not blind: ${count(votes)} of ${plural(of, 'ballot')} (${listed(raters.map(({ rater }) => oneLine(rater, 40)))}), whose raters had read one of the two answers beside a model's name.`,
  );

const early = ({ unblindedEarly }: Report): string =>
  unblindedEarly
    ? `Unblinded early, at ${unblindedEarly.voted} of ${unblindedEarly.planned} votes.`
    : 'Nobody unblinded this run before scoring ended.';

const afterOpen = ({ votedAfterOpen, carried }: Report): string[] => [
  ...(votedAfterOpen === 0
    ? []
    : [
        `${plural(votedAfterOpen, 'vote')} came after the result had been open: whoever had read it knew how each model writes.`,
      ]),
  ...(carried ? carriedAfterOpen(carried) : []),
];

/** The words and their order are those of the index's definition; the last one is said whenever neither other holds. */
function wordOf(adjusted: BlindPart['adjusted'], report: Report): string {
  if (adjusted === null) return notMeasuredWords(report);
  if (adjusted.word === 'recognised') return recognisedWords;
  return adjusted.word === 'no-sign'
    ? 'No sign that raters could tell the models apart.'
    : 'Too few guesses to say whether raters could tell the models apart. That is usual after one short session.';
}

const indexText = ({ index, interval }: IndexPart): string =>
  `${index2(index)}, 95 % interval ${index2(interval.lower)} to ${index2(interval.upper)}`;

/** `all`: every guess that named a side. Equal votes are compared, with the closed model once on each side. */
function scoreWords(adjusted: IndexPart, all = adjusted.n): string {
  const rule = 'guess counts only where the same vote was cast with the closed model on the left and on the right';
  if (adjusted.n === 0)
    return `Recognition score: not measured. A ${rule}; none of ${plural(all, 'guess', 'guesses')} does.`;
  const from =
    adjusted.n < all
      ? `${count(adjusted.n)} of ${plural(all, 'guess', 'guesses')} (a ${rule})`
      : plural(adjusted.n, 'guess', 'guesses');
  return `Recognition score ${index2(adjusted.index)} (0 could not tell, 1 always could), 95 % interval ${index2(adjusted.interval.lower)} to ${index2(adjusted.interval.upper)}, from ${from}. It is a sign of recognition with a lower limit above ${index2(recognisedAbove)}, and above 0 also without tied votes.`;
}

function indexWords({ adjusted, bang }: BlindPart): string[] {
  return [
    ...(adjusted ? [scoreWords(adjusted, bang?.n)] : []),
    ...(bang
      ? [
          `The same score of all ${plural(bang.n, 'guess', 'guesses')}, whatever the vote (Bang's index): ${indexText(bang)}. It also rises when raters take the better answer for the closed one.`,
        ]
      : []),
  ];
}

function unrecognisedWords({ pair, unrecognised }: BlindReport, { raters, pairs }: Report): string[] {
  if (unrecognised === null) return [];
  const { net, interval, units } = unrecognised;
  const isWeighted = pairs.some(({ name, tasks }) => name === pair && tasks.length > 1);
  const lead = `lead ${per100(net)} per 100${isWeighted ? ' with each prompt counted once' : ''}, 95 % interval ${per100Interval(interval)}, ${plural(units, 'prompt')}.`;
  return [
    `Without prompts marked as recognised: ${lead}${raters.some(({ skipped }) => skipped > 0) ? skipsLeftOut : ''}`,
  ];
}

const skipsLeftOut = ' Here the interval leaves skips out, so it can be narrower than that of the verdict.';

function habitWords({ agreement, length }: BlindPart): string[] {
  return [
    ...(length
      ? [
          `The longer answer won ${outOf(length.longerWins, length.decisive)} decisive votes where lengths differ by more than 10 % (95 % interval ${percent(length.interval.lower)} to ${percent(length.interval.upper)})${length.warn ? ': raters may have rewarded length' : ''}. ${similarLengthWords(length.similar)}`,
        ]
      : []),
    ...(agreement
      ? [
          `Agreement on ${plural(agreement.prompts, 'shared prompt')}: AC1 ${index2(agreement.ac1)}${agreement.kappa === null ? '' : `, Cohen's kappa ${index2(agreement.kappa)}`}.`,
        ]
      : []),
  ];
}

/** In one line, behind what was found. */
function notMeasured({ agreement, consistency }: BlindPart): Block[] {
  const missing = [
    ...(agreement ? [] : ['do raters agree (no prompt was shared)']),
    ...(consistency.length > 0 ? [] : ['does a rater vote the same way twice (needs 40 ballots)']),
  ];
  return missing.length === 0 ? [] : [{ kind: 'text', text: `Not measured: ${missing.join('; ')}.` }];
}

function maskWords({ arms }: Report, { masks }: BlindPart): string[] {
  const all = masks.filter((mask) => mask.count > 0);
  const seen = masks.filter((mask) => mask.left > 0);
  const model = (name: string): string => oneLine(arms.find((arm) => arm.name === name)?.model ?? name, 60);
  return [
    all.length === 0
      ? 'No name had to be masked in any answer.'
      : `Masked before anyone read them: ${listed(all.map((mask) => `${plural(mask.count, 'place')} of ${model(mask.arm)}`))}.`,
    ...seen.map(
      ({ arm, left, names, prompts }) =>
        `Still on the screen in answers of ${model(arm)}: ${plural(left, 'name')} that ${left === 1 ? 'its prompt does' : 'their prompts do'} not hold (${listed(names.map((name) => oneLine(name, 40)))}), on ${plural(prompts.length, 'prompt')}: ${listedShortly(prompts)}.`,
    ),
    ...(seen.length === 0 ? ['No name of a model of this run or of its maker is left on the screen.'] : []),
  ];
}

/** The first few, and how many more. */
const listedShortly = (prompts: readonly string[]): string =>
  prompts.length <= 5 ? listed(prompts) : `${prompts.slice(0, 5).join(', ')} and ${prompts.length - 5} more`;

function raterTable({ pair: name, position }: BlindReport, report: Report): Block[] {
  const pair = report.pairs.find((one) => one.name === name);
  if (position.length === 0 || pair === undefined) return [];
  const rows = raterRows(report, pair);
  return [
    table(
      `Each rater alone: the lead of the open model per 100 prompts${pair.tasks.length > 1 ? ', each prompt counted once and no task by its share' : ''}, and does the rater prefer a side? Each model is on each side equally often, so this favours no model.`,
      rows,
      // One rater's votes are all votes: a second interval of the same would only raise the question why it differs.
      rows.length > 1 ? raterColumns : raterColumns.filter(({ title }) => title !== intervalTitle),
    ),
  ];
}
