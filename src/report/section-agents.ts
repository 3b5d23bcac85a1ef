/** Whole agents: how their jobs ended, how long they worked without a person, and what a finished job cost. */
import type { CurvePoint } from '../stats/kaplan-meier.ts';
import { count, listed, percent, percentInterval, plural, unknown } from '../text/numbers.ts';
import type { AgentFigures, Standing } from '../verdicts/survival.ts';
import { type AgentArm, agentArms, endTableColumns, mostTries } from './agent-columns.ts';
import { amountOf } from './agent-time.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { left, right, table } from './table-columns.ts';

export function agentSection(report: Report): Section {
  const shown = agentArms(report.arms);
  return {
    id: 'agents',
    title: 'Whole agents',
    blocks:
      shown.length === 0
        ? []
        : [
            table('How the jobs ended', shown, endTableColumns(shown)),
            ...agentNotes(shown).map((text): Block => ({ kind: 'text', text })),
            ...standingTables(shown),
            ...shown.map((one): Block => ({ kind: 'text', text: lostWords(one) })),
            { kind: 'chart', chart: 'alone-minutes' },
            { kind: 'chart', chart: 'alone-steps' },
            ...aloneTable(shown),
            { kind: 'text', text: aloneWords },
          ],
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

function moneyWords(arm: ArmReport, { trials, interrupted, costUnknown, spend }: AgentFigures): string[] {
  const all = trials + interrupted;
  const who = armTitle(arm);
  return [
    ...(interrupted > 0
      ? [
          `${who}: ${plural(interrupted, 'try was', 'tries were')} interrupted and not counted. What was spent on ${interrupted === 1 ? 'it' : 'them'} counts.`,
        ]
      : []),
    ...(costUnknown > 0 && spend === null ? [`${who}: what the trials cost is not known.`] : []),
    ...(costUnknown > 0 && spend !== null
      ? [`${who}: the cost of ${count(costUnknown)} of ${plural(all, 'try', 'tries')} is not known and not counted.`]
      : []),
  ];
}

/** Moments up to the first at which nobody works any more; none where that is the first: the ends say it all. */
function shownMarks(shown: readonly AgentArm[], key: 'minutes' | 'steps'): number[] {
  const marks = shown[0]?.agent[key].map(({ at }) => at) ?? [];
  const last = marks.findIndex((_, index) => shown.every(({ agent }) => agent[key][index]?.working === 0));
  if (last === 0) return [];
  return last === -1 ? marks : marks.slice(0, last + 1);
}

/** "9 done, 0 lost, 15 working". */
function standingWords({ done, lost, working, stopped }: Standing, checked: boolean): string {
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
  (['minutes', 'steps'] as const).flatMap((key) =>
    shownMarks(shown, key).length === 0
      ? []
      : table(standingCaptions[key], shown, [
          left('model', ({ arm }) => armTitle(arm)),
          ...shownMarks(shown, key).map((at, index) =>
            right<AgentArm>(markTitles[key](at), ({ agent }) => standingCell(agent, key, index)),
          ),
        ]),
  );

function standingCell(agent: AgentFigures, key: 'minutes' | 'steps', index: number): string {
  const there = agent[key][index];
  return there ? standingWords(there, agent.checked) : unknown;
}

/** One row of the terminal for each moment. */
export const standingRows = (shown: readonly AgentArm[]): [title: string, cells: string[]][] =>
  shownMarks(shown, 'minutes').map((at, index) => [
    markTitles.minutes(at),
    shown.map(({ agent }) => standingCell(agent, 'minutes', index)),
  ]);

const aloneWords =
  'Lost means that the agent ended in a wrong state, gave up, crashed, stood still or needed a person. A trial that was done, reached a limit or was interrupted was only watched until then: it is not among those still at work. So the curve is no share of all trials. Where fewer than 5 trials, or a quarter of them, are still at work, it is dotted. The limits hold in 95 of 100 such runs; they count jobs, because trials of one job are alike (Kaplan and Meier; one job left out at a time).';

interface Mark {
  arm: ArmReport;
  unit: 'minutes' | 'steps';
  at: number;
  point: CurvePoint;
}

/** Counts first: done ends the exposure, so a share of those at work says less, and of few of them little. */
function lostWords({ arm, agent }: AgentArm): string {
  const { few, until } = agent.alone.minutes;
  const counts = `${count(agent.lost)} of ${plural(agent.trials, 'trial')} ${agent.lost === 1 ? 'was' : 'were'} lost.`;
  const late =
    few === 0
      ? 'So few trials say little about those still at work.'
      : `After ${amountOf(few, 'minutes')} few trials were still at work: what comes later rests on them.`;
  return `${armTitle(arm)}: ${counts}${few < until ? ` ${late}` : ''}`;
}

function aloneTable(shown: readonly AgentArm[]): Block[] {
  const rows = shown.flatMap(({ arm, agent }) =>
    (['minutes', 'steps'] as const).flatMap((unit) =>
      agent.alone[unit].marks.flatMap(({ at, point }): Mark[] =>
        point && point.atRisk > 0 ? [{ arm, unit, at, point }] : [],
      ),
    ),
  );
  if (rows.length === 0) return [];
  const shownTable = table<Mark>('Of trials still at work, how many are not yet lost', rows, [
    left('model', ({ arm }) => armTitle(arm)),
    left('for', ({ at, unit }) => `${at} ${unit}`),
    right('not yet lost', ({ point }) => percent(point.chance)),
    right('95 % limits', ({ point: { lower, upper } }) =>
      lower === null || upper === null ? unknown : percentInterval({ lower, upper }),
    ),
    right('trials still working', ({ point }) => count(point.atRisk)),
  ]);
  return [shownTable];
}
