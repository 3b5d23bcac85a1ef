/** The parts of the report's schema about ballots and raters. */

import type { CarriedVotes } from '../voting/carried-votes.ts';
import type { BallotTexts, BallotVote, ReportBallot } from './ballot-list.ts';
import type { BlindReport, IndexPart } from './report-parts.ts';
import {
  amount,
  type Known,
  list,
  net,
  number,
  oneOf,
  orNull,
  ref,
  shape,
  share,
  text,
  truth,
  whole,
} from './schema-words.ts';

const index = { n: whole, index: number, interval: ref('interval') };
export const blind = shape<BlindReport>({
  pair: text,
  adjusted: orNull(
    shape<Known<BlindReport['adjusted']>>({ ...index, word: oneOf('recognised', 'no-sign', 'not-enough') }),
  ),
  bang: orNull(shape<IndexPart>(index)),
  position: list(
    shape<BlindReport['position'][number]>({ rater: text, left: whole, decisive: whole, p: share, warn: truth }),
  ),
  consistency: list(
    shape<BlindReport['consistency'][number]>({
      rater: text,
      repeats: whole,
      reversed: whole,
      interval: ref('interval'),
      warn: truth,
    }),
  ),
  agreement: orNull(
    shape<Known<BlindReport['agreement']>>({ prompts: whole, ac1: orNull(number), kappa: orNull(number) }),
  ),
  length: orNull(
    shape<Known<BlindReport['length']>>({
      longerWins: whole,
      decisive: whole,
      interval: ref('interval'),
      p: share,
      oddsRatio: orNull(amount),
      warn: truth,
      similar: shape<Known<BlindReport['length']>['similar']>({
        units: whole,
        net: orNull(net),
        interval: orNull(ref('interval')),
      }),
    }),
  ),
  unrecognised: orNull(
    shape<Known<BlindReport['unrecognised']>>({ units: whole, net: orNull(net), interval: orNull(ref('interval')) }),
  ),
  masks: list(
    shape<BlindReport['masks'][number]>({
      arm: text,
      count: whole,
      left: whole,
      names: list(text),
      prompts: list(text),
    }),
  ),
});

const sides = shape<Record<'open' | 'closed', boolean>>({ open: truth, closed: truth });
export const ballot = shape<ReportBallot>({
  n: whole,
  pair: text,
  prompt: text,
  sourceId: orNull(text),
  task: text,
  difficulty: oneOf('easy', 'hard'),
  identical: truth,
  noAnswer: truth,
  refused: sides,
  score: net,
  votes: list(
    shape<BallotVote>({
      rater: text,
      outcome: oneOf('open', 'both-fine', 'both-bad', 'closed'),
      redo: sides,
      shownLeft: oneOf('open', 'closed'),
      seconds: orNull(amount),
      note: orNull(text),
      recognised: orNull(shape<Known<BallotVote['recognised']>>({ cause: text, right: truth })),
    }),
  ),
  texts: orNull(shape<BallotTexts>({ prompt: text, rules: orNull(text), open: orNull(text), closed: orNull(text) })),
});

export const carried = orNull(
  shape<CarriedVotes>({
    from: text,
    raters: list(shape<CarriedVotes['raters'][number]>({ rater: text, votes: whole })),
    afterOpen: whole,
  }),
);
