/**
 * JSON Schema (draft 2020-12 and 7) of the JSON report. Every property is always there, null where nothing is known:
 * readers need no "is it absent?". A change that breaks a reader raises `reportSchemaVersion`.
 */

import type { JsonObject } from '../records/plain-json.ts';
import { reportSchemaVersion } from './model.ts';
import { arm, figures } from './schema-arm.ts';
import { money } from './schema-money.ts';
import {
  amount,
  estimate,
  interval,
  list,
  net,
  number,
  oneOf,
  orNull,
  ref,
  shape,
  share,
  shareOf,
  spread,
  text,
  truth,
  whole,
} from './schema-words.ts';

const scope = shape(
  {
    challenger: text,
    task: orNull(text),
    difficulty: oneOf('easy', 'hard'),
    planned: whole,
    units: whole,
    read: whole,
    plannedRead: whole,
    skipped: whole,
    unasked: shape({ a: whole, b: whole }),
    toGo: whole,
    counts: shape({ a: amount, bothFine: amount, bothBad: amount, b: amount, identical: whole, noAnswer: whole }),
    net: orNull(net),
    winRate: orNull(share),
    interval: orNull(ref('interval')),
    redo: shape({ a: amount, b: amount, asked: whole, difference: orNull(net), interval: orNull(ref('interval')) }),
    verdict: oneOf('open-better', 'open-good-enough', 'keep-closed', 'undecided'),
    leaning: oneOf('leans-open', 'leans-closed', 'none'),
    logEGood: number,
    logEKeep: number,
    logEBetter: number,
    goodAt: orNull(whole),
    keepAt: orNull(whole),
    betterAt: orNull(whole),
    withdrawn: orNull(oneOf('open-better', 'open-good-enough', 'keep-closed')),
    firm: orNull(truth),
    withinMargin: truth,
    neither: truth,
    remaining: orNull(whole),
    extended: truth,
    answer: oneOf('YES', 'NO', 'NOT YET', 'YOUR CALL', 'NEITHER'),
    retries: orNull(shape({ pairs: whole, onlyA: whole, onlyB: whole, difference: net, interval: ref('interval') })),
    words: text,
  },
  ['difficulty'],
);

const pair = shape({
  name: text,
  open: text,
  closed: text,
  decides: truth,
  who: orNull(text),
  question: text,
  reply: text,
  overall: ref('scope'),
  tasks: list(ref('scope')),
  rows: list(ref('scope')),
  raters: list(shape({ rater: text, votes: whole, net, interval: ref('interval') })),
  ratersDiffer: orNull(truth),
});

const index = { n: whole, index: number, interval: ref('interval') };
const blind = shape({
  pair: text,
  adjusted: orNull(shape({ ...index, word: oneOf('recognised', 'no-sign', 'not-enough') })),
  bang: orNull(shape(index)),
  position: list(shape({ rater: text, left: whole, decisive: whole, p: share, warn: truth })),
  consistency: list(shape({ rater: text, repeats: whole, reversed: whole, interval: ref('interval'), warn: truth })),
  agreement: orNull(shape({ prompts: whole, ac1: orNull(number), kappa: orNull(number) })),
  length: orNull(
    shape({
      longerWins: whole,
      decisive: whole,
      interval: ref('interval'),
      p: share,
      oddsRatio: orNull(amount),
      warn: truth,
      similar: shape({ units: whole, net: orNull(net), interval: orNull(ref('interval')) }),
    }),
  ),
  unrecognised: orNull(shape({ units: whole, net: orNull(net), interval: orNull(ref('interval')) })),
  masks: list(shape({ arm: text, count: whole, left: whole, names: list(text), prompts: list(text) })),
});

const sides = shape({ open: truth, closed: truth });
const ballot = shape({
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
    shape({
      rater: text,
      outcome: oneOf('open', 'both-fine', 'both-bad', 'closed'),
      redo: sides,
      shownLeft: oneOf('open', 'closed'),
      seconds: orNull(amount),
      note: orNull(text),
      recognised: orNull(shape({ cause: text, right: truth })),
    }),
  ),
  texts: orNull(shape({ prompt: text, rules: orNull(text), open: orNull(text), closed: orNull(text) })),
});

const ranking = shape({
  prompts: whole,
  regularised: truth,
  arms: list(
    shape({
      arm: text,
      strength: orNull(number),
      versusFirst: orNull(ref('estimate')),
      wins: orNull(share),
      winsInterval: orNull(ref('interval')),
    }),
  ),
});
const gapPart = shape({ net: orNull(ref('estimate')), units: whole });

export const reportSchema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `urn:gapcheck:report:${reportSchemaVersion}`,
  title: 'gapcheck report',
  definitions: { interval, estimate, shareOf, spread, figures, scope },
  ...shape({
    schema: { const: reportSchemaVersion },
    kind: { const: 'gapcheck-report' },
    generatedAt: text,
    gapcheck: text,
    run: shape({
      id: text,
      createdAt: text,
      prompts: whole,
      toVote: whole,
      plannedBallots: whole,
      margin: share,
      alpha: share,
      endpoint: oneOf('preference', 'retry'),
      promptsHash: text,
      keyCommitment: text,
      sources: list(shape({ file: text, sha256: text, records: whole })),
      traffic: list(shape({ task: text, share })),
      leftOut: list(shape({ task: text, prompts: whole })),
      logged: orNull(shape({ records: whole, different: whole })),
      demo: truth,
    }),
    sealed: orNull(shape({ reason: text })),
    unblindedEarly: orNull(shape({ voted: whole, planned: whole })),
    votedAfterOpen: whole,
    notBlind: list(shape({ pair: text, votes: whole, of: whole, raters: list(shape({ rater: text, votes: whole })) })),
    pairs: list(pair),
    next: shape({ command: orNull(text), words: text, chance: orNull(share) }),
    terms: list(text),
    notices: list(text),
    checked: shape({ answers: whole, failed: whole }),
    arms: list(arm),
    tasks: list(shape({ task: text, planned: whole, reserve: whole, traffic: share, arms: list(ref('figures')) })),
    strata: list(
      shape({
        name: oneOf('long-context', 'many-turns', 'tools', 'refused'),
        words: text,
        prompts: whole,
        arms: list(shape({ arm: text, trials: whole, usable: whole, refused: whole })),
        votes: orNull(shape({ open: amount, tie: amount, closed: amount })),
      }),
    ),
    checkedVotes: list(
      shape({
        pair: text,
        arm: text,
        side: oneOf('open', 'closed'),
        failed: whole,
        lost: whole,
        tied: whole,
        won: whole,
      }),
    ),
    refusals: list(
      shape({
        pair: text,
        task: text,
        wanted: orNull(oneOf('expected', 'forbidden')),
        prompts: whole,
        neither: whole,
        onlyOpen: whole,
        onlyClosed: whole,
        both: whole,
        partial: shape({ open: whole, closed: whole }),
        readOnlyOpen: list(text),
        readOnlyClosed: list(text),
      }),
    ),
    money: orNull(money),
    licences: list(shape({ arm: text, licence: orNull(text), catch: orNull(text), binds: orNull(truth) })),
    routes: list(
      shape({
        pair: text,
        task: text,
        route: oneOf('open', 'open-first', 'closed', 'closed-until-decided'),
        words: text,
        compared: text,
        savingPerMonthUsd: orNull(number),
        savingInterval: orNull(ref('interval')),
      }),
    ),
    ranking: orNull(ranking),
    bestOf: orNull(shape({ pair: text, open: text, of: whole, prompts: whole, words: text })),
    gap: list(
      shape({ open: text, control: text, closed: text, quantization: gapPart, model: gapPart, whole: gapPart }),
    ),
    blind: list(blind),
    command: orNull(text),
    raters: list(shape({ rater: text, votes: whole, skipped: whole, lastHash: text, finished: truth, chainOk: truth })),
    texts: shape({ held: oneOf('all', 'prompts', 'none'), words: text }),
    ballots: list(ballot),
  }),
};
