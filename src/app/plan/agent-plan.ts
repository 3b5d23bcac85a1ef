/** Whole agents on every side, or on none: how they are run, and what the plan says of it. */
import { resolve } from 'node:path';
import type { Arm } from '../../arms/arm.ts';
import { userError } from '../../errors.ts';
import type { AgentSettings } from '../../records/agent-record.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../../records/run-record.ts';
import { fixtureOf } from '../../runs/agents/agent-job.ts';
import { fixtureHash } from '../../runs/agents/fixture-hash.ts';
import { assertFixture } from '../../runs/agents/fresh-copy.ts';
import type { ArmEstimate } from '../../runs/token-estimate.ts';
import { durationWords } from '../../text/duration.ts';
import { dollars, plural } from '../../text/numbers.ts';
import type { AgentOptions, RunOptions } from '../verb-options.ts';

const usualTimeMs = 3_600_000;
const usualIdleMs = 600_000;

const flags = {
  folder: '--folder',
  copy: '--copy',
  endCheck: '--end-check',
  time: '--time',
  idle: '--idle',
  cost: '--cost',
  keep: '--keep',
} as const satisfies Record<keyof AgentOptions, string>;

/**
 * The settings of a run of agents; undefined for a run of models. Throws (exit 2) when one side is an agent and another
 * is not, when an option of agents has no agent, and when a folder cannot be copied.
 */
export async function agentSettingsOf(
  arms: readonly Arm[],
  prompts: readonly PromptRecord[],
  options: AgentOptions & Pick<RunOptions, 'reuse' | 'results'>,
  cwd: string,
): Promise<AgentSettings | undefined> {
  const agents = arms.filter(({ job }) => job);
  if (agents.length === 0) return refuseFlags(options);
  const other = arms.find(({ job }) => !job);
  if (other) throw mixed(other, agents[0]);
  if (options.reuse)
    throw userError(
      'reuse-agents',
      '--reuse takes over single answers: what an agent did in a folder is not taken over.',
      'leave out --reuse; --resume goes on with a run that was cut off',
    );
  if (options.endCheck?.trim() === '')
    throw userError(
      'no-end-check',
      '--end-check is empty: it would call every job done.',
      "give it a command, such as --end-check 'npm test', or leave it out",
    );
  const copy = options.copy ?? 'files';
  const given = { cwd, ...(options.folder !== undefined && { folder: options.folder }) };
  return {
    ...given,
    copy,
    ...(options.endCheck !== undefined && { endCheck: options.endCheck }),
    timeMs: options.time ?? usualTimeMs,
    idleMs: options.idle ?? usualIdleMs,
    ...(options.cost !== undefined && { costUsd: options.cost }),
    fixtures: await fixturesOf(prompts, given, copy, resolve(cwd, options.results ?? 'results')),
    ...(options.keep && { keep: true as const }),
  };
}

function refuseFlags(options: AgentOptions): undefined {
  const name = (Object.keys(flags) as (keyof AgentOptions)[]).find((one) => options[one] !== undefined);
  if (name === undefined) return undefined;
  throw userError(
    'no-agent',
    `${flags[name]} is for whole agents, and no side is one.`,
    'name them with agent:./script, or leave the option out',
  );
}

const mixed = ({ config: other }: Arm, agent: Arm | undefined) =>
  userError(
    'mixed-sides',
    `${agent?.config.spec} is a whole agent and ${other.spec} is not: a diff beside a text shows at a glance which side is which.`,
    'compare an agent with an agent: put the model of the other side behind one, such as agent:./opencode.sh',
  );

async function fixturesOf(
  prompts: readonly PromptRecord[],
  given: Pick<AgentSettings, 'cwd' | 'folder'>,
  copy: AgentSettings['copy'],
  results: string,
): Promise<AgentSettings['fixtures']> {
  refuseMissingFolders(prompts, given);
  const fixtures: AgentSettings['fixtures'] = {};
  for (const prompt of prompts) {
    const source = fixtureOf(prompt, given);
    const typed = prompt.folder ?? given.folder;
    if (source === undefined || typed === undefined || fixtures[typed] !== undefined) continue;
    await assertFixture(source, copy, results);
    fixtures[typed] = await fixtureHash(source, results);
  }
  return fixtures;
}

/** An empty folder beside others that are not is a forgotten cell: every trial of that job would end wrong. */
function refuseMissingFolders(prompts: readonly PromptRecord[], { folder }: Pick<AgentSettings, 'folder'>): void {
  const without = prompts.filter((prompt) => prompt.folder === undefined);
  if (folder !== undefined || without.length === 0 || without.length === prompts.length) return;
  const lines = without.slice(0, 5).map(({ source }) => `${source.file}:${source.line}`);
  const more = without.length > lines.length ? ` and ${without.length - lines.length} more` : '';
  throw userError(
    'no-job-folder',
    `${plural(without.length, 'job')} of ${prompts.length} ${without.length === 1 ? 'names' : 'name'} no folder, and others do: ${lines.join(', ')}${more}.`,
    'fill in the column folder there, or name a folder for these jobs with --folder',
  );
}

/** What an agent costs is not known before; at most what a trial may. */
export const agentEstimate = (arm: ArmRecord, jobs: number, { trials, agent }: RunSettings): ArmEstimate => ({
  arm: arm.name,
  calls: jobs * trials,
  tokensIn: 0,
  tokensOutMost: 0,
  ...(agent?.costUsd !== undefined && { usdMost: agent.costUsd * jobs * trials }),
});

/** Beside the arm's name: what is started, and what it may cost. */
export function agentSends({ calls, usdMost }: ArmEstimate): string {
  const most =
    usdMost === undefined ? 'with no limit on what they cost (--cost sets one)' : `at most about ${dollars(usdMost)}`;
  return `: ${plural(calls, 'trial')} of a program on this machine, ${most}`;
}

/** Rows of the plan: what each trial gets, when it is ended, and what decides. */
export function agentRows({ agent, trials, checks }: RunSettings): (readonly [string, string])[] {
  if (!agent) return [];
  const folders = Object.keys(agent.fixtures);
  return [
    ['trials', `${trials} of each job and side; each gets ${copyWords(folders)}`],
    ...(folders.length > 0 ? [['', linkWords] as const] : []),
    ['', limitWords(agent)],
    [
      'done',
      agent.endCheck !== undefined
        ? `when "${agent.endCheck}" ends with 0 in the copy`
        : 'is the word of the agent alone, and not measured. --end-check COMMAND measures it',
    ],
    ...(checks ? [['', 'The checks in the config judge single answers, not agents.'] as const] : []),
    ['', sandboxWords],
  ];
}

function copyWords(folders: readonly string[]): string {
  if (folders.length === 0) return 'an empty folder';
  if (folders.length === 1) return `a fresh copy of ${folders[0]}`;
  return `a fresh copy of its job's folder (${folders.length} folders)`;
}

function limitWords({ timeMs, idleMs, costUsd }: AgentSettings): string {
  const [time, silence] = [durationWords(timeMs), `after ${durationWords(idleMs)} of silence`];
  if (costUsd === undefined) return `A trial is ended after ${time} or ${silence}.`;
  return `A trial is ended after ${time}, ${silence}, or beyond ${dollars(costUsd)}.`;
}

const linkWords =
  'Links within the folder lead into the copy. Where a link leads to a file outside, the copy holds that file.';

export const sandboxWords =
  'A copy of a folder is no sandbox: these programs run with your rights, on your files and your network.';
