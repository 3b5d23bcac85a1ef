/** `gapcheck packet --withdraw NAME`: what that packet holds goes to others, and its votes are refused. */
import { resolve } from 'node:path';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { tokenHashOf } from '../../records/standing-events.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { findRun, openSealedRun } from '../../store/run-folder.ts';
import { plural } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import { packetsOut } from '../../voting/seal-reasons.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { refuseOldRun } from '../old-run.ts';
import { runWord } from '../short-path.ts';
import type { PacketOptions } from '../verb-options.ts';
import { raterName } from './rater-name.ts';

/** Exit 2 when no packet of this rater is out. */
export async function withdrawPacket(
  ref: string | undefined,
  name: string,
  { results = 'results' }: Pick<PacketOptions, 'results'>,
  context: Context,
): Promise<ExitCode> {
  const folder = findRun(resolve(context.cwd, results), ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseOldRun(stored);
  const { paths } = stored;
  const rater = raterName(name, context);
  const events = readEvents(paths);
  const isGiven = tokenHashOf(rater, events) !== undefined;
  const isBack = events.some((event) => event.event === 'finished' && event.rater === rater);
  if (!isGiven || isBack) throw nothingOut(rater, isGiven);
  const prompts = packetsOut(events).find((packet) => packet.rater === rater)?.prompts ?? 0;
  await addEvents(paths, context.now, () => [{ event: 'withdrawn' as const, rater }]);
  context.out(
    `The packet of ${rater} is withdrawn: what nobody voted on (${plural(prompts, 'prompt')}) can go to others, and votes that come back from it are refused.`,
  );
  context.out(`Next: gapcheck packet ${runWord(context.cwd, paths.folder)} --rater NAME -o NAME.html`);
  return exitCodes.done;
}

const nothingOut = (rater: string, isBack: boolean) =>
  userError(
    'no-packet-out',
    isBack ? `The votes on the packet of ${rater} are here already.` : `No packet of ${rater} is out.`,
    isBack
      ? `gapcheck votes void --rater ${shellWord(rater)} takes them out again`
      : 'gapcheck report says who has one',
  );
