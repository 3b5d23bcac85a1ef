import { exitCodes, GapcheckError } from '../../errors.ts';
import { nextStep } from '../../report/next-step.ts';
import type { ReportInput } from '../../report/report-input.ts';
import { mayRestOn } from '../../verdicts/may-rest-on.ts';

/** Throws where nothing may act on these votes: exit 4 for haste, which more votes mend, else exit 5. */
export function refuseUnsafe(input: ReportInput, code: string, what: string): void {
  const rest = mayRestOn({ ...input, unblindedEarly: input.seal.unblindedEarly !== undefined });
  if (rest.ok) return;
  const { command, words } = nextStep({ ...input, missing: 0 }, input.pairs === 'sealed' ? [] : input.pairs);
  throw new GapcheckError(code, `${what} ${rest.why}`, {
    exitCode: rest.cause === 'haste' ? exitCodes.cannotDecide : exitCodes.sealBroken,
    hint: command === null ? words : `${command}   (${words})`,
  });
}
