import type { ArmRecord } from '../../records/run-record.ts';
import type { ArmEstimate } from '../../runs/estimate.ts';
import type { Context } from '../context.ts';
import type { RunOptions } from '../verb-options.ts';

/**
 * What leaves the machine is announced first; in a terminal the user says yes. Without one, the plan on stdout is the
 * announcement, and `--dry-run` is the way to look before. Calls to this machine are not asked about.
 */
export async function confirmSending(
  estimates: readonly ArmEstimate[],
  arms: readonly ArmRecord[],
  options: RunOptions,
  context: Context,
): Promise<boolean> {
  const leaving = estimates.filter(
    ({ arm, calls }) => calls > 0 && arms.find(({ name }) => name === arm)?.leavesMachine,
  );
  if (leaving.length === 0 || options.yes || !context.interactive) return true;
  const { default: inquirer } = await import('inquirer');
  const { send } = await inquirer.prompt<{ send: boolean }>([
    { type: 'confirm', name: 'send', message: 'Send them?', default: true },
  ]);
  if (!send) context.out('Nothing was sent and nothing was written.');
  return send;
}
