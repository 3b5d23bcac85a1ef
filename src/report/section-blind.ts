/** Was it blind? What was measured about raters, in words first. Sealed, there is nothing to say yet. */
import type { Report } from './model.ts';
import { count, index2, outOf, per100, per100Interval, percent, plural } from './numbers.ts';
import type { BlindPart, IndexPart } from './report-parts.ts';
import { type Block, left, right, type Section } from './sections.ts';
import { oneLine } from './visible-text.ts';

export function blindSection(report: Report): Section {
  return { id: 'blind', title: 'Was it blind?', blocks: report.sealed ? [] : blindBlocks(report) };
}

function blindBlocks({ blind, pairs, ballots, unblindedEarly }: Report): Block[] {
  if (pairs.length === 0) return [];
  const recognised = ballots.flatMap((ballot) => ballot.votes).filter((vote) => vote.recognised !== null);
  const right = recognised.filter((vote) => vote.recognised?.right).length;
  const flagged = `Raters marked ${plural(recognised.length, 'ballot')} as recognised${recognised.length > 0 ? `, ${count(right)} of them rightly` : ''}; recognised ballots count like all others.`;
  const early = unblindedEarly
    ? `Unblinded early, at ${unblindedEarly.voted} of ${unblindedEarly.planned} votes.`
    : 'Nobody unblinded it before scoring ended.';
  if (blind === null)
    return [{ kind: 'list', items: ['Recognition was not measured: nobody was asked to guess.', flagged, early] }];
  return [
    { kind: 'lead', text: wordOf(blind.adjusted) },
    {
      kind: 'list',
      items: [
        ...indexWords(blind),
        flagged,
        ...unrecognisedWords(blind),
        early,
        ...habitWords(blind),
        ...maskWords(blind),
      ],
    },
    ...raterTable(blind),
  ];
}

function wordOf(adjusted: BlindPart['adjusted']): string {
  if (adjusted === null) return 'Recognition was not measured: nobody was asked to guess.';
  if (adjusted.word === 'recognised') return 'Raters recognised the models: do not call this result blind.';
  return adjusted.word === 'no-sign'
    ? 'No sign of recognition.'
    : 'Not enough guesses to tell whether raters recognised the models.';
}

const indexText = ({ n, index, interval }: IndexPart): string =>
  `${index2(index)}, 95 % interval ${index2(interval.lower)} to ${index2(interval.upper)}, ${plural(n, 'guess', 'guesses')}`;

function indexWords({ adjusted, bang }: BlindPart): string[] {
  return [
    ...(adjusted ? [`Index of recognition beyond the votes (0 none, 1 all): ${indexText(adjusted)}.`] : []),
    ...(bang
      ? [
          `All guesses without regard to votes (Bang): ${indexText(bang)}; it also rises when raters take the better answer for the closed one.`,
        ]
      : []),
  ];
}

const unrecognisedWords = ({ unrecognised }: BlindPart): string[] =>
  unrecognised === null
    ? []
    : [
        `Without recognised prompts: net preference ${per100(unrecognised.net)} per 100, 95 % interval ${per100Interval(unrecognised.interval)}, ${plural(unrecognised.units, 'prompt')}.`,
      ];

function habitWords({ agreement, length, consistency }: BlindPart): string[] {
  return [
    ...(length
      ? [
          `The longer answer won ${outOf(length.longerWins, length.decisive)} decisive votes (95 % interval ${percent(length.interval.lower)} to ${percent(length.interval.upper)})${length.warn ? ': raters may have rewarded length' : ''}.`,
        ]
      : []),
    agreement
      ? `Agreement on ${plural(agreement.prompts, 'shared prompt')}: AC1 ${index2(agreement.ac1)}${agreement.kappa === null ? '' : `, Cohen's kappa ${index2(agreement.kappa)}`}.`
      : 'Agreement between raters was not measured: no prompt was shared.',
    ...(consistency.length === 0 ? ['Consistency was not measured: it needs 40 ballots of one rater.'] : []),
  ];
}

const maskWords = ({ masks }: BlindPart): string[] =>
  masks.length === 0
    ? []
    : [
        `Masked before anyone read them: ${masks.map(({ arm, count: places }) => `${plural(places, 'place')} in ${oneLine(arm, 60)}`).join(', ')}.`,
      ];

function raterTable({ position, consistency }: BlindPart): Block[] {
  if (position.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Habits by rater; sides are balanced, so a habit blurs the result but does not tilt it',
      columns: [left('rater'), right('left won'), right('p'), right('repeats reversed'), left('notice')],
      rows: position.map((one) => {
        const repeats = consistency.find((other) => other.rater === one.rater);
        const notes = [...(one.warn ? ['favours one side'] : []), ...(repeats?.warn ? ['often reverses'] : [])];
        return [
          oneLine(one.rater, 60),
          outOf(one.left, one.decisive),
          one.p < 0.001 ? '< 0.001' : one.p.toFixed(3),
          repeats ? outOf(repeats.reversed, repeats.repeats) : 'not measured',
          notes.join(', ') || 'none',
        ];
      }),
    },
  ];
}
