/** Some answers are missing, and a person is here: the session on what is there, another try, or neither. */
import { type ExitCode, exitCodes } from '../../errors.ts';
import type { ArmOutcome, RunOutcome } from '../../runs/runner-events.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { plural } from '../../text/numbers.ts';
import type { Context } from '../context.ts';
import { mayResume } from './answer-run.ts';

interface Partial {
  code: ExitCode;
  /** The run folder, as a person would type it. */
  shown: string;
  canVote: boolean;
}

/** Share of a pair's prompts that may be missing before the person is asked what to do. */
const fewMissing = 0.1;

/**
 * Goes on to the session at once where asking again cannot help or little is missing; else asks. The exit code says 3
 * either way. `again`: the missing ones are to be asked once more, now.
 */
export async function afterPartial(
  stored: Pick<StoredRun, 'run' | 'paths'>,
  outcome: RunOutcome,
  { code, shown, canVote }: Partial,
  context: Context,
): Promise<ExitCode | 'again'> {
  const votable = outcome.arms.every(({ total, missing }) => missing < total);
  if (code !== exitCodes.armFailed || !canVote || !votable) return code;
  const most = Math.max(...outcome.arms.map(({ missing, total }) => missing / total));
  const next = !mayResume(outcome) || most <= fewMissing ? 'vote' : await whatNow(shown, context);
  if (next === 'again') return next;
  if (next === 'quit') return code;
  for (const line of sessionLines(stored, outcome)) context.err(line);
  const { score } = await import('../score/score-run.ts');
  const ended = await score(stored.paths.folder, {}, context);
  return ended === exitCodes.done ? code : ended;
}

/** `2 of 36 prompts have no answer from open (too long for its window). The session has the other 34.` */
function sessionLines({ run }: Pick<StoredRun, 'run'>, { arms }: RunOutcome): string[] {
  const short = arms.filter(({ missing }) => missing > 0);
  const left = Math.max(1, run.plannedBallots - Math.max(...short.map(({ missing }) => missing)));
  return [
    ...short.map(
      (arm) =>
        `${arm.missing} of ${plural(arm.total, 'prompt')} ${arm.missing === 1 ? 'has' : 'have'} no answer from ${arm.arm}${because(arm)}.`,
    ),
    `The session has the other ${left}.`,
  ];
}

/** Causes in a few words; any other one is in the lines above. */
const inShort: Record<string, string> = {
  context: 'too long for its window',
  'cut-by-server': 'cut by its server',
  'request-over-limit': 'larger than its limit',
  payload: 'too large for a gateway',
  role: 'its template takes no such role',
  feature: 'it cannot do what they ask',
  unknown: 'refused',
};

function because({ reasons = [] }: ArmOutcome): string {
  const words = [...new Set(reasons.map(({ cause }) => inShort[cause] ?? 'no answer in several tries'))];
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

async function whatNow(shown: string, { out, dropTypedAhead }: Context): Promise<'again' | 'vote' | 'quit'> {
  const { default: inquirer } = await import('inquirer');
  await dropTypedAhead?.();
  const { next } = await inquirer.prompt<{ next: 'again' | 'vote' | 'quit' }>([
    {
      type: 'select',
      name: 'next',
      message: 'What now?',
      choices: [
        { name: 'try the missing ones again', value: 'again' },
        { name: 'vote on the others', value: 'vote' },
        { name: 'quit', value: 'quit' },
      ],
    },
  ]);
  if (next === 'quit') out(`Next: gapcheck run --resume ${shown}`);
  return next;
}
