/**
 * JSON Schema (draft 2020-12 and 7) of the JSON report. Every property is always there, null where nothing is known:
 * readers need no "is it absent?". A change that breaks a reader raises `reportSchemaVersion`.
 */

import type { Suggestion } from '../checks/suggest-checks.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { EvidencePoint } from '../verdicts/evidence-path.ts';
import type { GapPart, GapSplit } from '../verdicts/gap-split.ts';
import type { RetryDifference } from '../verdicts/retry-figures.ts';
import type { SkipsVoted } from '../voting/skips-voted.ts';
import type { CheckedAnswers, TaskReport } from './arm-report.ts';
import type { CheckedVotes } from './checked-votes.ts';
import type { HeldTexts } from './held-texts.ts';
import { type PairReport, type Report, reportSchemaVersion, type ScopeReport } from './model.ts';
import type { BestOfReport, RankedReport, RankingReport } from './ranking-report.ts';
import type { RefusalTable } from './refusals.ts';
import type { RaterInput } from './report-input.ts';
import type { LicencePart, RoutePart } from './report-parts.ts';
import { alone, arm, figures, standing } from './schema-arm.ts';
import { money } from './schema-money.ts';
import { ballot, blind, carried } from './schema-votes.ts';
import {
  amount,
  estimate,
  interval,
  type Known,
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
import type { StratumArm, StratumReport } from './strata.ts';
import type { DayReport, PairDays, WeekReport } from './week-report.ts';

type NotBlindPart = Report['notBlind'][number];

const scope = shape<ScopeReport>(
  {
    challenger: text,
    task: orNull(text),
    difficulty: oneOf('easy', 'hard'),
    planned: whole,
    units: whole,
    read: whole,
    plannedRead: whole,
    skipped: whole,
    unasked: shape<ScopeReport['unasked']>({ a: whole, b: whole }),
    toGo: whole,

    counts: shape<ScopeReport['counts']>({
      a: amount,
      bothFine: amount,
      bothBad: amount,
      b: amount,
      identical: whole,
      noAnswer: whole,
    }),
    net: orNull(net),
    winRate: orNull(share),
    interval: orNull(ref('interval')),
    redo: shape<ScopeReport['redo']>({
      a: amount,
      b: amount,
      asked: whole,
      difference: orNull(net),
      interval: orNull(ref('interval')),
    }),
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
    settlesAs: orNull(oneOf('open-good-enough', 'keep-closed')),
    extended: truth,
    evidence: list(shape<EvidencePoint>({ votes: whole, logEGood: number, logEKeep: number, logEBetter: number })),
    answer: oneOf('YES', 'NO', 'NOT YET', 'YOUR CALL', 'NEITHER'),
    retries: orNull(
      shape<RetryDifference>({ pairs: whole, onlyA: whole, onlyB: whole, difference: net, interval: ref('interval') }),
    ),
    words: text,
  },
  ['difficulty'],
);

const pair = shape<PairReport>({
  name: text,
  open: text,
  closed: text,
  decides: truth,
  who: orNull(text),
  lookAgain: orNull(text),
  question: text,
  reply: text,
  overall: ref('scope'),
  tasks: list(ref('scope')),
  rows: list(ref('scope')),
  raters: list(shape<PairReport['raters'][number]>({ rater: text, votes: whole, net, interval: ref('interval') })),
  ratersDiffer: orNull(truth),
});

const ranking = shape<RankingReport>({
  prompts: whole,
  regularised: truth,
  arms: list(
    shape<RankedReport>({
      arm: text,
      strength: orNull(number),
      versusFirst: orNull(ref('estimate')),
      wins: orNull(share),
      winsInterval: orNull(ref('interval')),
    }),
  ),
});
const week = shape<WeekReport>({
  from: text,
  to: text,
  tz: text,
  planned: whole,
  perDay: whole,
  days: list(
    shape<DayReport>({ day: text, records: whole, late: whole, different: whole, toRead: whole, silent: truth }),
  ),
  pairs: list(
    shape<PairDays>({
      pair: text,
      days: list(shape<PairDays['days'][number]>({ day: text, votes: whole, net: orNull(net) })),
      drift: oneOf('drift', 'uneven', 'none', 'too-few'),
      p: share,
      words: text,
    }),
  ),
  words: list(text),
});
const gapPart = shape<GapPart>({ net: orNull(ref('estimate')), units: whole });

export const reportSchema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `urn:gapcheck:report:${reportSchemaVersion}`,
  title: 'gapcheck report',
  definitions: { interval, estimate, shareOf, spread, figures, scope, alone, standing },
  ...shape<Report>({
    schema: { const: reportSchemaVersion },
    kind: { const: 'gapcheck-report' },
    generatedAt: text,
    gapcheck: text,
    run: shape<Report['run']>({
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
      sources: list(shape<Report['run']['sources'][number]>({ file: text, sha256: text, records: whole })),
      traffic: list(shape<Report['run']['traffic'][number]>({ task: text, share })),
      leftOut: list(shape<Report['run']['leftOut'][number]>({ task: text, prompts: whole })),
      logged: orNull(
        shape<Known<Report['run']['logged']>>({ records: whole, different: whole, otherAnswers: whole, failed: whole }),
      ),
      demo: truth,
      hasTimes: truth,
    }),
    sealed: orNull(shape<Known<Report['sealed']>>({ reason: text })),
    unblindedEarly: orNull(shape<Known<Report['unblindedEarly']>>({ voted: whole, planned: whole })),
    votedAfterOpen: whole,
    carried,
    notBlind: list(
      shape<NotBlindPart>({
        pair: text,
        votes: whole,
        of: whole,
        raters: list(shape<NotBlindPart['raters'][number]>({ rater: text, votes: whole })),
      }),
    ),
    pairs: list(pair),
    week: orNull(week),
    next: shape<Report['next']>({ command: orNull(text), first: orNull(text), words: text, chance: orNull(share) }),
    terms: list(text),
    notices: list(text),
    voids: list(text),
    unchecked: list(shape<Suggestion>({ task: text, asks: text, check: text })),
    checked: shape<CheckedAnswers>({ answers: whole, failed: whole }),
    arms: list(arm),
    tasks: list(
      shape<TaskReport>({ task: text, planned: whole, reserve: whole, traffic: share, arms: list(ref('figures')) }),
    ),
    strata: list(
      shape<StratumReport>({
        name: oneOf('long-context', 'many-turns', 'tools', 'refused'),
        words: text,
        prompts: whole,
        arms: list(shape<StratumArm>({ arm: text, trials: whole, usable: whole, refused: whole })),
        votes: orNull(shape<Known<StratumReport['votes']>>({ open: amount, tie: amount, closed: amount })),
      }),
    ),
    checkedVotes: list(
      shape<CheckedVotes>({
        pair: text,
        arm: text,
        side: oneOf('open', 'closed'),
        failed: whole,
        checks: list(text),
        prompts: list(whole),
        lost: whole,
        tied: whole,
        won: whole,
      }),
    ),
    refusals: list(
      shape<RefusalTable>({
        pair: text,
        task: text,
        wanted: orNull(oneOf('expected', 'forbidden')),
        prompts: whole,
        neither: whole,
        onlyOpen: whole,
        onlyClosed: whole,
        both: whole,
        partial: shape<RefusalTable['partial']>({ open: whole, closed: whole }),
        withheld: shape<RefusalTable['withheld']>({ open: whole, closed: whole }),
        readOnlyOpen: list(text),
        readOnlyClosed: list(text),
        readPartial: list(text),
      }),
    ),
    money: orNull(money),
    licences: list(shape<LicencePart>({ arm: text, licence: orNull(text), catch: orNull(text), binds: orNull(truth) })),
    routes: list(
      shape<RoutePart>({
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
    bestOf: orNull(shape<BestOfReport>({ pair: text, open: text, of: whole, prompts: whole, words: text })),
    gap: list(
      shape<GapSplit>({
        open: text,
        control: text,
        closed: text,
        quantization: gapPart,
        model: gapPart,
        whole: gapPart,
      }),
    ),
    blind: list(blind),
    command: orNull(text),
    raters: list(
      shape<RaterInput>(
        {
          rater: text,
          votes: whole,
          skipped: whole,
          lastHash: text,
          finished: truth,
          chainOk: truth,
          leftOut: shape<NonNullable<RaterInput['leftOut']>>({ names: list(text), prompts: whole, unread: whole }),
          skipsVoted: shape<SkipsVoted>({ skips: whole, by: list(text) }),
          gaveNoGuess: truth,
        },
        ['leftOut', 'skipsVoted', 'gaveNoGuess'],
      ),
    ),
    texts: shape<HeldTexts>({ held: oneOf('all', 'prompts', 'none'), words: text, command: orNull(text) }),
    ballots: list(ballot),
  }),
};
