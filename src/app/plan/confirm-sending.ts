import { mayPassOn } from '../../arms/wire/hosts.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import type { ArmEstimate } from '../../runs/estimate.ts';
import type { Context } from '../context.ts';
import type { RunOptions } from '../verb-options.ts';

/**
 * What leaves the machine is announced first; in a terminal the user says yes. Without one, the plan on stdout is the
 * announcement, and `--dry-run` is the way to look before. Calls to a model server on this machine are not asked about; a proxy
 * there may pass them on. What was typed before the question consents to nothing.
 */
export async function confirmSending(
  estimates: readonly ArmEstimate[],
  arms: readonly ArmRecord[],
  options: RunOptions,
  context: Context,
): Promise<boolean> {
  const leaving = estimates.filter(({ arm: name, calls }) => {
    const arm = arms.find((one) => one.name === name);
    return calls > 0 && arm !== undefined && (arm.leavesMachine || mayPassOn(arm));
  });
  if (leaving.length === 0 || options.yes || !context.interactive) return true;
  const { default: inquirer } = await import('inquirer');
  await context.dropTypedAhead?.();
  const { send } = await inquirer.prompt<{ send: boolean }>([
    { type: 'confirm', name: 'send', message: 'Send them?', default: true },
  ]);
  if (!send) context.out('Nothing was sent and nothing was written.');
  return send;
}
