/** Whole agents: how their jobs ended, how long they worked without a person, and what a finished job cost. */
import { count, dollars, listed, outOf, percent, percentInterval, plural, unknown } from '../text/numbers.ts';
import type { AgentFigures, Standing } from '../verdicts/survival.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import { type Block, left, right, type Section } from './blocks.ts';
import type { Report } from './model.ts';

export interface AgentArm {
  arm: ArmReport;
  agent: AgentFigures;
}

export const agentArms = (arms: readonly ArmReport[]): AgentArm[] =>
  arms.flatMap((arm) => (arm.agent ? [{ arm, agent: arm.agent }] : []));

export function agentSection(report: Report): Section {
  const shown = agentArms(report.arms);
  return {
    id: 'agents',
    title: 'Whole agents',
    blocks:
      shown.length === 0
        ? []
        : [
            endTable(shown),
            ...agentNotes(shown).map((text): Block => ({ kind: 'text', text })),
            ...standingTables(shown),
            { kind: 'chart', chart: 'alone-minutes' },
            { kind: 'chart', chart: 'alone-steps' },
            aloneTable(shown),
            { kind: 'text', text: aloneWords },
          ],
  };
}

const notMeasured = 'not measured';

/** What a column of the table and a row of the terminal say of one agent. */
export const agentColumns: readonly { title: string; cell(agent: AgentFigures): string }[] = [
  { title: 'end state reached', cell: ({ done, trials }) => (done === null ? notMeasured : outOf(done, trials)) },
  { title: 'lost', cell: ({ lost, trials }) => outOf(lost, trials) },
  { title: 'a person was needed', cell: personCell },
  {
    title: 'recovered',
    cell: ({ recovered }) => (recovered === null ? notMeasured : outOf(recovered.done, recovered.of)),
  },
  { title: 'cost per finished job', cell: costCell },
];

/** "6/24 (4 permission, 2 hang)". */
function personCell({ person, trials }: AgentFigures): string {
  const causes = person.causes.map(({ cause, count: times }) => `${count(times)} ${cause}`).join(', ');
  return `${outOf(person.trials, trials)}${causes === '' ? '' : ` (${causes})`}`;
}

function costCell({ costPerDone, checked, done, spend }: AgentFigures): string {
  if (!checked) return notMeasured;
  if (spend === null) return unknown;
  return done === 0 ? 'none finished' : dollars(costPerDone);
}

const mostTries = (shown: readonly AgentArm[]): number =>
  Math.max(0, ...shown.map(({ agent }) => agent.passHat.length));

/** pass^1 is the share of trials that ended done: it stands in the first column. */
const passColumns = (shown: readonly AgentArm[]): number[] =>
  Array.from({ length: Math.max(0, mostTries(shown) - 1) }, (_, at) => at + 2);

function endTable(shown: readonly AgentArm[]): Block {
  const tries = passColumns(shown);
  return {
    kind: 'table',
    caption: 'How the jobs ended',
    columns: [
      left('model'),
      right('jobs'),
      right('trials'),
      ...agentColumns.map(({ title }) => right(title)),
      ...tries.map((k) => right(`pass^${k}`)),
    ],
    rows: shown.map(({ arm, agent }) => [
      armTitle(arm),
      count(agent.jobs),
      count(agent.trials),
      ...agentColumns.map(({ cell }) => cell(agent)),
      ...tries.map((k) => percent(agent.passHat[k - 1]?.chance ?? null)),
    ]),
  };
}

/** The words of an end, as counts have them: "2 crashed". */
const endWords: Record<keyof AgentFigures['ends'], string> = {
  done: 'done',
  'wrong-end': 'ended in a wrong state or gave up',
  crash: 'crashed',
  hang: 'stood still',
  time: 'stopped by the time limit',
  cost: 'stopped by the cost limit',
  person: 'needed a person',
};

/** Sentences below the table: each agent's ends, what was not checked, and what is not known about money. */
export function agentNotes(shown: readonly AgentArm[]): string[] {
  const [first] = shown;
  return [
    ...shown.flatMap(({ arm, agent }) => [endsWords(arm, agent), ...moneyWords(arm, agent)]),
    ...(first && !first.agent.checked
      ? [
          'No command looked at the folders after the agents had ended. So nobody knows which jobs are really finished. --end-check adds such a command.',
        ]
      : []),
    ...(mostTries(shown) > 1
      ? ['pass^k is the chance that k trials of the same job all reach the end state, as a mean over the jobs.']
      : []),
  ];
}

function endsWords(arm: ArmReport, { ends, checked }: AgentFigures): string {
  const words = Object.entries(endWords).flatMap(([end, word]) => {
    const times = ends[end as keyof AgentFigures['ends']];
    const named = end === 'done' && !checked ? 'ended by themselves' : word;
    return times === 0 ? [] : [`${count(times)} ${named}`];
  });
  return `${armTitle(arm)}: ${words.length === 0 ? 'no trial has ended' : listed(words)}.`;
}

function moneyWords(arm: ArmReport, { interrupted, costUnknown, spend }: AgentFigures): string[] {
  const who = armTitle(arm);
  return [
    ...(interrupted > 0
      ? [`${who}: ${plural(interrupted, 'trial')} of it was interrupted and run again. What it had spent counts.`]
      : []),
    ...(spend === null ? [`${who}: ${plural(costUnknown, 'trial')} did not tell what it cost.`] : []),
  ];
}

/** Moments up to the first at which nobody works any more: what comes later is the same again. */
function shownMarks(shown: readonly AgentArm[], key: 'minutes' | 'steps'): number[] {
  const marks = shown[0]?.agent[key].map(({ at }) => at) ?? [];
  const last = marks.findIndex((_, index) => shown.every(({ agent }) => agent[key][index]?.working === 0));
  return last === -1 ? marks : marks.slice(0, last + 1);
}

/** "9 done, 0 lost, 15 working". */
export function standingWords({ done, lost, working, stopped }: Standing, checked: boolean): string {
  const parts = [
    `${count(done)} ${checked ? 'done' : 'ended'}`,
    `${count(lost)} lost`,
    ...(stopped > 0 ? [`${count(stopped)} stopped`] : []),
    ...(working > 0 ? [`${count(working)} working`] : []),
  ];
  return parts.join(', ');
}

const markTitles = {
  minutes: (at: number): string => `at ${at} min`,
  steps: (at: number): string => `at ${at} steps`,
};

const standingCaptions = {
  minutes: 'Trials done, lost and still working, by time',
  steps: 'Trials done, lost and still working, by steps',
};

const standingTables = (shown: readonly AgentArm[]): Block[] =>
  (['minutes', 'steps'] as const).map((key): Block => {
    const marks = shownMarks(shown, key);
    return {
      kind: 'table',
      caption: standingCaptions[key],
      columns: [left('model'), ...marks.map((at) => right(markTitles[key](at)))],
      rows: shown.map(({ arm, agent }) => [
        armTitle(arm),
        ...marks.map((_, index) => {
          const there = agent[key][index];
          return there ? standingWords(there, agent.checked) : unknown;
        }),
      ]),
    };
  });

/** One row of the terminal for each moment. */
export const standingRows = (shown: readonly AgentArm[]): [title: string, cells: string[]][] =>
  shownMarks(shown, 'minutes').map((at, index) => [
    markTitles.minutes(at),
    shown.map(({ agent }) => {
      const there = agent.minutes[index];
      return there ? standingWords(there, agent.checked) : unknown;
    }),
  ]);

const aloneWords =
  'Lost means that the agent ended in a wrong state, gave up, crashed, stood still or needed a person. A trial that was done, reached a limit or was interrupted was only watched until then. The limits hold in 95 of 100 such runs; they count jobs, because trials of one job are alike (Kaplan and Meier; one job left out at a time).';

function aloneTable(shown: readonly AgentArm[]): Block {
  const rows = shown.flatMap(({ arm, agent }) =>
    (['minutes', 'steps'] as const).flatMap((key) =>
      agent.alone[key].marks.map(({ at, point }) => [
        armTitle(arm),
        `${at} ${key}`,
        percent(point?.chance ?? null),
        point?.lower == null || point.upper == null
          ? unknown
          : percentInterval({ lower: point.lower, upper: point.upper }),
        point ? count(point.atRisk) : unknown,
      ]),
    ),
  );
  return {
    kind: 'table',
    caption: 'Chance to work on without getting lost',
    columns: [left('model'), left('for'), right('chance'), right('95 % limits'), right('trials still working')],
    rows: rows.filter(([, , chance]) => chance !== unknown),
  };
}
