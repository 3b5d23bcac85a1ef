/** What the machine measured on every prompt answered, voted on or not: retries by cause, latency, cost. */

import { count, listed, outOf, per100, per100Interval, plural, unknown } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import { type Block, left, right, type Section } from './blocks.ts';
import type { Report } from './model.ts';
import { isMeasured, latencyBlocks, nothingMeasured, rowsOf } from './section-latency.ts';

export function machineSections(report: Report): Section[] {
  return [
    {
      id: 'retries',
      title: isMeasured(report) ? 'Retries and silent failures' : 'Retries, latency and cost',
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
    ({ trials, usable, firstFailed, causes }) => usable === trials && !firstFailed?.x && causes.length === 0,
  );
  if (smooth) return [{ kind: 'text', text: `All ${plural(trials, 'answer')} are usable; none is missing.` }];
  return [usabilityTable(report)];
}

/** Answers that came with the prompts were never called for. */
function replayBlocks({ arms }: Report): Block[] {
  const there = arms.filter(({ figures }) => figures.answerRetries === null).map(armTitle);
  if (there.length === 0) return [];
  return [
    {
      kind: 'text',
      text: `The answers of ${listed(there)} were in your file, so gapcheck could not count repeats.`,
    },
  ];
}

function usabilityTable(report: Report): Block {
  return {
    kind: 'table',
    caption: 'How answers ended',
    columns: [
      left('task'),
      left('model'),
      right('asked'),
      right('usable'),
      right('first answer failed a check'),
      right('answer retries'),
      right('unusable at the end'),
      right('of these silent'),
      right('missing'),
      right('transport retries'),
    ],
    rows: rowsOf(report).map(({ task, arm, figures }) => [
      task,
      arm,
      count(figures.trials),
      count(figures.usable),
      figures.firstFailed ? outOf(figures.firstFailed.x, figures.firstFailed.n) : 'not measured',
      figures.answerRetries === null ? 'not measured' : count(figures.answerRetries),
      count(figures.unusable),
      count(figures.silentFailures),
      count(figures.missing),
      count(figures.transportRetries),
    ]),
  };
}

function causeBlocks(report: Report): Block[] {
  const keys = new Map<string, { kind: string; cause: string }>();
  for (const arm of report.arms)
    for (const cause of arm.figures.causes) keys.set(`${cause.kind} ${cause.cause}`, cause);
  const called = report.arms.some(({ figures }) => figures.answerRetries !== null && figures.trials > 0);
  if (keys.size === 0) {
    return called ? [{ kind: 'text', text: 'No retries: every first answer was taken as it came.' }] : [];
  }
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause);
  return [
    {
      kind: 'table',
      caption: 'Retries by cause',
      columns: [left('cause'), left('kind'), ...report.arms.map((arm) => right(armTitle(arm)))],
      rows: sorted.map((key) => [
        oneLine(key.cause, 60),
        key.kind === 'answer' ? 'answer failed a check' : 'transport, not the model',
        ...report.arms.map((arm) => count(countOf(arm, key))),
      ]),
    },
    {
      kind: 'text',
      text: '"Silent" means failed without an error: the call itself worked, and the answer failed a check.',
    },
  ];
}

const countOf = (arm: ArmReport, key: { kind: string; cause: string }): number =>
  arm.figures.causes.find((one) => one.kind === key.kind && one.cause === key.cause)?.count ?? 0;

function strataBlocks(report: Report): Block[] {
  const none = report.strata.filter((stratum) => stratum.prompts === 0).map((stratum) => stratum.words);
  const some = report.strata.filter((stratum) => stratum.prompts > 0);
  const name = (arm: string): string => {
    const found = report.arms.find((one) => one.name === arm);
    return found ? armTitle(found) : oneLine(arm, 60);
  };
  const rows = some.flatMap((stratum) =>
    stratum.arms.map((arm) => [
      stratum.words,
      count(stratum.prompts),
      name(arm.arm),
      outOf(arm.usable, arm.trials),
      count(arm.refused),
      stratum.votes
        ? `${count(stratum.votes.open)} · ${count(stratum.votes.tie)} · ${count(stratum.votes.closed)}`
        : unknown,
    ]),
  );
  const columns = [
    left('prompts'),
    right('how many'),
    left('model'),
    right('usable'),
    right('refused'),
    right('votes open · tie · closed'),
  ];
  return [
    ...(rows.length > 0 ? [{ kind: 'table' as const, caption: 'Long, with tools, refused', columns, rows }] : []),
    ...(none.length > 0
      ? [
          {
            kind: 'text' as const,
            text: `Not tested: ${none.join('; ')}. Your log has none.`,
          },
        ]
      : []),
  ];
}

/** Open against control is quantization and serving; control against closed is the models themselves. */
function gapBlocks({ gap, arms }: Report): Block[] {
  if (gap.length === 0) return [];
  const model = (name: string): string => oneLine(arms.find((arm) => arm.name === name)?.model ?? name, 60);
  return [
    {
      kind: 'table',
      caption: 'Where the gap comes from (net preference per 100 prompts; the parts need not add up)',
      columns: [left('compared'), left('shows'), right('voted'), right('net preference'), right('95 % interval')],
      rows: gap.flatMap(({ open, control, closed, quantization, model: models, whole }) =>
        (
          [
            [`${model(open)} against ${model(control)}`, 'quantization and serving', quantization],
            [`${model(control)} against ${model(closed)}`, 'the models themselves', models],
            [`${model(open)} against ${model(closed)}`, 'the whole gap', whole],
          ] as const
        ).map(([compared, shows, part]) => [
          compared,
          shows,
          count(part.units),
          per100(part.net?.estimate ?? null),
          per100Interval(part.net),
        ]),
      ),
    },
  ];
}

function armBlocks(report: Report): Block[] {
  const or = (value: string | number | null): string =>
    value === null ? 'not stated' : typeof value === 'number' ? count(value) : oneLine(value, 80);
  const table: Block = {
    kind: 'table',
    caption: 'The models as described and as observed',
    columns: [
      left('role'),
      left('model'),
      left('model the provider named'),
      left('where'),
      left('parameters'),
      left('quantization'),
      right('context asked'),
      right('context served'),
      left('thinking'),
    ],
    rows: report.arms.map((arm) => [
      arm.role,
      oneLine(`${arm.provider}:${arm.model}`, 80),
      or(arm.observedModel),
      arm.host === null ? 'nothing was called' : oneLine(arm.host, 60),
      or(arm.parameterSize),
      or(arm.quantization),
      or(arm.contextAsked),
      or(arm.contextServed),
      arm.think === null ? 'not set' : String(arm.think),
    ]),
  };
  return [
    ...report.arms.flatMap((arm): Block[] =>
      [arm.quantizationWords, arm.speedWords].flatMap((text) => (text ? [{ kind: 'text' as const, text }] : [])),
    ),
    table,
    ...gapBlocks(report),
  ];
}
