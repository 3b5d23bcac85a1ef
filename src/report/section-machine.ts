/** What the machine measured on every prompt answered, voted on or not: retries by cause, latency, cost. */

import { count, listed, outOf, per100, per100Interval, plural, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { CauseCount } from './arm-figures.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import { untestedLines } from './caveats.ts';
import { denominatorWords } from './denominators.ts';
import type { Report } from './model.ts';
import { specWords } from './model-names.ts';
import { hasNoText, noTextWords } from './no-text.ts';
import { figureTable, isMeasured, latencyBlocks, nothingMeasured } from './section-latency.ts';
import { left, right, table } from './table-columns.ts';

export function machineSections(report: Report): Section[] {
  return [
    {
      id: 'retries',
      title: isMeasured(report) ? 'Retries and failures without an error' : 'Retries, latency and cost',
      blocks: [
        { kind: 'chart', chart: 'retries' },
        ...(report.sealed
          ? sealedBlocks(report)
          : [...usabilityBlocks(report), ...causeBlocks(report), ...replayBlocks(report)]),
        ...(isMeasured(report) ? [] : [{ kind: 'text' as const, text: nothingMeasured }]),
      ],
    },
    { id: 'latency', title: 'Latency and cost', blocks: latencyBlocks(report) },
    { id: 'strata', title: 'Where closed models are said to lead', blocks: strataBlocks(report) },
    { id: 'quantization', title: 'What was compared with what', blocks: armBlocks(report) },
  ];
}

/** One number for all models together. */
export const checkedWords = ({ checked: { answers, failed } }: Pick<Report, 'checked'>): string =>
  `${count(failed)} of ${plural(answers, 'answer')} failed a check. The report names the models when everyone has finished.`;

const sealedBlocks = (report: Report): Block[] =>
  report.checked.answers === 0 ? [] : [{ kind: 'text', text: checkedWords(report) }];

/** A sentence where every answer is usable as it came; else the table. */
function usabilityBlocks(report: Report): Block[] {
  const figures = report.arms.map((arm) => arm.figures);
  const trials = figures.reduce((sum, { trials }) => sum + trials, 0);
  if (trials === 0) return [{ kind: 'text', text: 'No model has been asked yet.' }];
  const smooth = figures.every(
    ({ trials, usable, withheld, firstFailed, causes }) =>
      usable === trials && withheld === 0 && !firstFailed?.x && causes.length === 0,
  );
  if (smooth) return [{ kind: 'text', text: `All ${plural(trials, 'answer')} are there, and none failed a check.` }];
  const silent = figures.some(({ silentFailures }) => silentFailures !== null && silentFailures > 0);
  const words = [...(silent ? [silentWords] : []), ...noTextWords(report), ...denominatorWords(report)];
  return [usabilityTable(report), ...words.map((text): Block => ({ kind: 'text', text }))];
}

/** Answers that came with the prompts were never called for. */
function replayBlocks({ arms }: Report): Block[] {
  const there = arms.filter(({ figures }) => figures.answerRetries === null).map(armTitle);
  if (there.length === 0) return [];
  return [
    {
      kind: 'text',
      text: `The answers of ${listed(there)} were in your file, so gapcheck called no model and had nothing to retry.`,
    },
  ];
}

const silentWords = '"Without an error": the call itself worked, and the answer failed a check.';

const usabilityTable = (report: Report): Block =>
  figureTable(report, 'How answers ended', [
    'asked',
    'usable',
    'firstFailed',
    'answerRetries',
    'unusable',
    'silent',
    ...(hasNoText(report) ? (['empty', 'withheld'] as const) : []),
    'missing',
    'transportRetries',
  ]);

type Cause = Pick<CauseCount, 'kind' | 'cause'>;

function causeBlocks(report: Report): Block[] {
  const keys = new Map<string, Cause>();
  for (const arm of report.arms)
    for (const cause of arm.figures.causes) keys.set(`${cause.kind} ${cause.cause}`, cause);
  const called = report.arms.some(({ figures }) => figures.answerRetries !== null && figures.trials > 0);
  if (keys.size === 0) {
    return called ? [{ kind: 'text', text: 'No retries: every first answer was taken as it came.' }] : [];
  }
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause);
  return [
    table('Retries by cause', sorted, [
      left('cause', ({ cause }) => oneLine(cause, 60)),
      left('kind', ({ kind }) => (kind === 'answer' ? 'answer failed a check' : 'transport, not the model')),
      ...report.arms.map((arm) => right<Cause>(armTitle(arm), (cause) => count(countOf(arm, cause)))),
    ]),
  ];
}

const countOf = (arm: ArmReport, key: Cause): number =>
  arm.figures.causes.find((one) => one.kind === key.kind && one.cause === key.cause)?.count ?? 0;

function strataBlocks(report: Report): Block[] {
  const some = report.strata.filter((stratum) => stratum.prompts > 0);
  const name = (arm: string): string => {
    const found = report.arms.find((one) => one.name === arm);
    return found ? armTitle(found) : oneLine(arm, 60);
  };
  const rows = some.flatMap((stratum) => stratum.arms.map((arm) => ({ stratum, arm })));
  return [
    table('Long, with tools, refused', rows, [
      left('prompts', ({ stratum }) => stratum.words),
      right('how many', ({ stratum }) => count(stratum.prompts)),
      left('model', ({ arm }) => name(arm.arm)),
      right('passed its checks', ({ arm }) => outOf(arm.usable, arm.trials)),
      right('refused', ({ arm }) => count(arm.refused)),
      right('votes open · tie · closed', ({ stratum: { votes } }) =>
        votes ? [votes.open, votes.tie, votes.closed].map((figure) => count(figure)).join(' · ') : unknown,
      ),
    ]),
    ...untestedLines(report).map((text): Block => ({ kind: 'text', text })),
  ];
}

/** Open against control is quantization and serving; control against closed is the models themselves. */
function gapBlocks({ gap, arms }: Report): Block[] {
  if (gap.length === 0) return [];
  const model = (name: string): string => oneLine(arms.find((arm) => arm.name === name)?.model ?? name, 60);
  const rows = gap.flatMap(({ open, control, closed, quantization, model: models, whole }) => [
    { compared: [open, control], shows: 'quantization and serving', part: quantization },
    { compared: [control, closed], shows: 'the models themselves', part: models },
    { compared: [open, closed], shows: 'the whole gap', part: whole },
  ]);
  return [
    table('Where the gap comes from (lead per 100 prompts; the parts need not add up)', rows, [
      left('compared', ({ compared }) => compared.map(model).join(' against ')),
      left('shows', ({ shows }) => shows),
      right('voted', ({ part }) => count(part.units)),
      right('lead', ({ part }) => per100(part.net?.estimate ?? null)),
      right('95 % interval', ({ part }) => per100Interval(part.net)),
    ]),
  ];
}

function armBlocks(report: Report): Block[] {
  const or = (value: string | number | null): string =>
    value === null ? 'not stated' : typeof value === 'number' ? count(value) : oneLine(value, 80);
  const models = table<ArmReport>('The models as described and as observed', report.arms, [
    left('role', ({ role }) => role),
    left('model', (arm) => oneLine(specWords(arm), 80)),
    left('model the provider named', ({ observedModel }) => or(observedModel)),
    left('where', ({ host }) => (host === null ? 'nothing was called' : oneLine(host, 60))),
    left('parameters', ({ parameterSize }) => or(parameterSize)),
    left('quantization', ({ quantization }) => or(quantization)),
    right('context asked', ({ contextAsked }) => or(contextAsked)),
    right('context served', ({ contextServed }) => or(contextServed)),
    left('thinking', ({ think }) => (think === null ? 'not set' : String(think))),
  ]);
  return [
    ...report.arms.flatMap((arm): Block[] =>
      [arm.quantizationWords, arm.speedWords].flatMap((text) => (text ? [{ kind: 'text' as const, text }] : [])),
    ),
    models,
    ...gapBlocks(report),
  ];
}
