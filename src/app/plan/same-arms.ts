import { userError } from '../../errors.ts';
import { canonicalJson } from '../../records/plain-json.ts';
import type { ArmRecord } from '../../records/run-record.ts';

type Described = Pick<ArmRecord, 'name' | 'spec' | 'identity' | 'setup'>;

/** The same model asked in the same way on two sides: every vote would be about chance. Throws (exit 2). */
export function refuseSameArms(arms: readonly Described[]): void {
  for (const [index, arm] of arms.entries()) {
    const twin = arms.slice(0, index).find((other) => asked(other) === asked(arm));
    if (twin === undefined) continue;
    throw userError(
      'same-arms',
      `${twin.name} and ${arm.name} are the same model (${arm.spec}): nothing to compare.`,
      `name another model for ${arm.name}, or give it settings of its own in the config, such as temperature or baseURL`,
    );
  }
}

/** An identity knows the host, not the path behind it: a gateway serves several providers by their paths. */
const asked = ({ identity, setup = {} }: Described): string =>
  canonicalJson({ identity, baseURL: setup.baseURL, numCtx: setup.numCtx });
