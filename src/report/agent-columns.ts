/** How a whole agent's jobs ended: columns of the table, of the terminal and of CSV. */
import { agentEnds } from '../records/agent-record.ts';
import { count, dollars, outOf, percent, unknown } from '../text/numbers.ts';
import { type AgentFigures, marks, type Standing } from '../verdicts/survival.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Report } from './model.ts';
import { isOfAll, type ScopeRow } from './scope-columns.ts';
import { type Column, hidden, left, right, type Value, within } from './table-columns.ts';

/** An arm that is an agent. */
export interface AgentArm {
  arm: ArmReport;
  agent: AgentFigures;
}

export const agentArms = (arms: readonly ArmReport[]): AgentArm[] =>
  arms.flatMap((arm) => (arm.agent ? [{ arm, agent: arm.agent }] : []));

/** The k of the last pass^k: as many trials as each job had. */
export const mostTries = (shown: readonly AgentArm[]): number =>
  Math.max(0, ...shown.map(({ agent }) => agent.passHat.length));

const notMeasured = 'not measured';

/** Of an agent, or of an arm that has no figures. */
type Figures = AgentFigures | null;

const of =
  (value: (agent: AgentFigures) => Value) =>
  (agent: Figures): Value =>
    agent === null ? null : value(agent);

const shown =
  (words: (agent: AgentFigures) => string) =>
  (agent: Figures): string =>
    agent === null ? unknown : words(agent);

/** What the terminal has a row for. */
export const endColumns: readonly Column<Figures>[] = [
  right(
    'end state reached',
    shown(({ done, trials }) => (done === null ? notMeasured : outOf(done, trials))),
    { trials: of(({ trials }) => trials), done: of(({ done }) => done) },
  ),
  right(
    'lost',
    shown(({ lost, trials }) => outOf(lost, trials)),
    { lost: of(({ lost }) => lost) },
  ),
  right('a person was needed', shown(personCell), { person_needed: of(({ person }) => person.trials) }),
  right(
    'recovered',
    shown(({ recovered }) => (recovered === null ? notMeasured : outOf(recovered.done, recovered.of))),
    {
      recovered: of(({ recovered }) => recovered?.done ?? null),
      with_failed_step: of(({ recovered }) => recovered?.of ?? null),
    },
  ),
  right('cost per finished job', shown(costCell), { cost_per_finished_usd: of(({ costPerDone }) => costPerDone) }),
];

/** "6/24 (4 permission, 2 hang)". */
function personCell({ person, trials }: AgentFigures): string {
  const causes = person.causes.map(({ cause, count: times }) => `${count(times)} ${cause}`).join(', ');
  return `${outOf(person.trials, trials)}${causes === '' ? '' : ` (${causes})`}`;
}

function costCell({ costPerDone, checked, done, costUnknown }: AgentFigures): string {
  if (!checked) return notMeasured;
  if (done === 0) return 'none finished';
  if (costPerDone === null) return 'not known';
  return `${costUnknown > 0 ? 'at least ' : ''}${dollars(costPerDone)}`;
}

/** Numbers that other sentences and tables show. */
const otherColumns: readonly Column<Figures>[] = [
  hidden({ jobs: of(({ jobs }) => jobs) }),
  ...agentEnds.map((end) => hidden<Figures>({ [`ended_${end.replace('-', '_')}`]: of(({ ends }) => ends[end]) })),
  hidden({
    pass_hat_k: of(({ passHat }) => passHat.at(-1)?.k ?? null),
    pass_hat: of(({ passHat }) => passHat.at(-1)?.chance ?? null),
    interrupted: of(({ interrupted }) => interrupted),
    spend_usd: of(({ spend }) => spend),
    cost_not_known: of(({ costUnknown }) => costUnknown),
  }),
  ...(['minutes', 'steps'] as const).flatMap((key) =>
    marks[key].map((at, index) => momentColumn(`${at}_${key}`, key, index)),
  ),
];

function momentColumn(name: string, key: 'minutes' | 'steps', index: number): Column<Figures> {
  const standing = (field: keyof Standing) => of((agent) => agent[key][index]?.[field] ?? null);
  const point = (field: 'chance' | 'lower' | 'upper') =>
    of((agent) => agent.alone[key].marks[index]?.point?.[field] ?? null);
  return hidden({
    [`done_at_${name}`]: standing('done'),
    [`lost_at_${name}`]: standing('lost'),
    [`working_at_${name}`]: standing('working'),
    [`stopped_at_${name}`]: standing('stopped'),
    [`alone_for_${name}`]: point('chance'),
    [`alone_for_${name}_lower`]: point('lower'),
    [`alone_for_${name}_upper`]: point('upper'),
  });
}

const allColumns = [...endColumns, ...otherColumns];

/** One row of CSV per agent. */
export const agentCsvColumns: readonly Column<AgentArm>[] = [
  hidden({ arm: ({ arm }) => arm.name, role: ({ arm }) => arm.role, model: ({ arm }) => arm.model }),
  ...allColumns.map((column) => within<AgentArm, Figures>(column, ({ agent }) => agent)),
];

/** In the CSV of tasks: both agents in the row of all prompts. */
export const agentTaskColumns: readonly Column<ScopeRow>[] = (['open', 'closed'] as const).flatMap((side) =>
  allColumns.map((column) =>
    within<ScopeRow, Figures>(
      column,
      (row) => (isOfAll(row) ? (row.report.arms.find(({ name }) => name === row.pair?.[side])?.agent ?? null) : null),
      `${side}_agent_`,
    ),
  ),
);

export const hasAgents = ({ arms }: Pick<Report, 'arms'>): boolean => arms.some(({ agent }) => agent !== null);

/** The table: names, counts, what `endColumns` say, and pass^k of two and more trials. */
export function endTableColumns(all: readonly AgentArm[]): Column<AgentArm>[] {
  // pass^1 is the share of trials that ended done: it is in a column of its own.
  const tries = Array.from({ length: Math.max(0, mostTries(all) - 1) }, (_, at) => at + 2);
  return [
    left('model', ({ arm }) => armTitle(arm)),
    right('jobs', ({ agent }) => count(agent.jobs)),
    right('trials', ({ agent }) => count(agent.trials)),
    ...endColumns.map((column) => within<AgentArm, Figures>(column, ({ agent }) => agent)),
    ...tries.map((k) => right<AgentArm>(`pass^${k}`, ({ agent }) => percent(agent.passHat[k - 1]?.chance ?? null))),
  ];
}
