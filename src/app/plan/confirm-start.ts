/**
 * What leaves the machine is announced first. In a terminal the plan waits for a key where calls will be made; without
 * calls it stays above the first page of the session, which waits anyway. Without a terminal, or with `--yes`, nothing
 * waits: the plan on stdout is the announcement, and `--dry-run` is the way to look before.
 */
import { askKey } from '../ask-key.ts';
import type { Context } from '../context.ts';
import type { RunOptions } from '../verb-options.ts';
import type { PlannedRun } from './plan-run.ts';

/** What the user wants changed in the plan. */
export type PlanChange = Pick<RunOptions, 'tasks' | 'n'>;

/** Whether the plan waits for a key. */
export const asksFirst = (
  { estimates }: Pick<PlannedRun, 'estimates'>,
  options: Pick<RunOptions, 'yes'>,
  { interactive }: Pick<Context, 'interactive'>,
): boolean => interactive && options.yes !== true && estimates.some(({ calls }) => calls > 0);

export async function confirmStart(
  { estimates, frozen }: PlannedRun,
  options: RunOptions,
  context: Context,
  { warmed }: { warmed: boolean } = { warmed: false },
): Promise<'start' | 'quit' | PlanChange> {
  if (!asksFirst({ estimates }, options, context)) return 'start';
  const key = await askKey(
    '',
    [
      { key: 'enter', does: 'start' },
      { key: 't', does: 'choose tasks' },
      { key: 'n', does: 'change the number' },
      { key: 'q', does: 'quit' },
    ],
    context,
  );
  if (key === 'enter') return 'start';
  if (key === 't') return { tasks: await chooseTasks(frozen) };
  if (key === 'n') return { n: await chooseNumber(frozen.run.plannedBallots) };
  context.out(`${warmed ? 'None of your prompts was sent' : 'Nothing was sent'} and nothing was written.`);
  return 'quit';
}

async function chooseTasks({ run }: PlannedRun['frozen']): Promise<string[]> {
  const { default: inquirer } = await import('inquirer');
  const planned = run.tasks.filter((task) => task.planned > 0);
  const choices = [
    ...planned.map(({ task }) => ({ name: task, value: task, checked: true })),
    ...run.leftOut.map(({ task, prompts }) => ({ name: `${task} (${prompts})`, value: task, checked: false })),
  ];
  const { tasks } = await inquirer.prompt<{ tasks: string[] }>([
    {
      type: 'checkbox',
      name: 'tasks',
      message: 'Tasks to vote on (Enter keeps those that are marked):',
      choices,
      required: true,
    },
  ]);
  return tasks;
}

async function chooseNumber(planned: number): Promise<number | 'all'> {
  const { default: inquirer } = await import('inquirer');
  const { n } = await inquirer.prompt<{ n: string }>([
    {
      type: 'input',
      name: 'n',
      message: 'Prompts to vote on (a number, or all; Enter keeps the plan):',
      default: String(planned),
      validate: (text: string) => text === 'all' || /^[1-9]\d{0,5}$/.test(text) || 'Type a number from 1, or all.',
    },
  ]);
  return n === 'all' ? 'all' : Number(n);
}
