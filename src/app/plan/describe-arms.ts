import { type Arm, type ArmDescription, ArmError } from '../../arms/arm.ts';
import { endInFile, priceOf } from '../../arms/price.ts';
import { providerOf } from '../../arms/registry.ts';
import { exitCodes, GapcheckError } from '../../errors.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import { armRecord } from '../../runs/identity.ts';
import { isForTheUser } from '../../runs/test-call.ts';
import { hashing } from '../../store/hashing.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { type Interrupt, watchInterrupt } from '../interrupt.ts';

/** Metadata of every arm, before anything is written or spent. An arm that cannot work stops here, with what to do. */
export async function describeArms(
  arms: readonly Arm[],
  config: Pick<Config, 'prices'>,
  context: Context,
  { pull = false, keyless = false }: { pull?: boolean; keyless?: boolean } = {},
): Promise<ArmRecord[]> {
  if (pull) await pullMissing(arms, context);
  using interrupt = watchInterrupt();
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([limit, interrupt.soon]);
  // Awaited: Ctrl-C is watched for until the last one is described.
  return await Promise.all(
    arms.map(async (arm) => {
      try {
        const description = await arm.describe(signal);
        const price = await priceOf(arm.config, {
          now: context.now(),
          env: context.env,
          ...(config.prices && { file: config.prices }),
        });
        return armRecord(arm.config, withEnd(description, arm, config.prices), price ?? undefined, hashing);
      } catch (error) {
        if (interrupt.soon.aborted) throw stoppedEarly(interrupt, error);
        if (limit.aborted) throw unable(arm, silent(error));
        const unkeyed = keyless ? withoutKey(arm, error) : undefined;
        if (unkeyed) return armRecord(arm.config, unkeyed, undefined, hashing);
        throw error instanceof ArmError ? unable(arm, error) : error;
      }
    }),
  );
}

/** What can be said of an arm whose key is not set: enough for a plan that sends nothing. */
function withoutKey({ config }: Arm, error: unknown): ArmDescription | undefined {
  const [, host, variable] =
    error instanceof ArmError ? (/^(?:(\S+): )?no key for arm .*: .*?([A-Z][A-Z0-9_]+)/.exec(error.message) ?? []) : [];
  if (variable === undefined) return undefined;
  const { provider, model } = config;
  return {
    provider,
    model,
    host: host ?? null,
    leavesMachine: true,
    notes: [`no key yet: ${variable}`],
  } as ArmDescription;
}

/** Where its list has no date, a price file may have one. */
function withEnd(description: ArmDescription, { config }: Arm, file: string | undefined): ArmDescription {
  if (description.ends !== undefined || file === undefined) return description;
  const on = endInFile(file, config);
  return on === undefined ? description : { ...description, ends: { on } };
}

/** Our own limit ended it: "stopped" would sound as if somebody had pressed Ctrl-C. */
const silent = (cause: unknown): ArmError =>
  new ArmError('timeout', `not finished after ${limitMs / 1000} s`, { cause });

const stoppedEarly = (interrupt: Interrupt, cause: unknown): GapcheckError =>
  new GapcheckError('interrupted', 'Stopped. Nothing was sent and nothing was written.', {
    exitCode: interrupt.isTerminated() ? exitCodes.terminated : exitCodes.interrupted,
    hint: 'the same command begins again',
    cause,
  });

const limitMs = 30_000;

/** One after the other: they share the line. */
async function pullMissing(arms: readonly Arm[], context: Context): Promise<void> {
  const { pullWithProgress } = await import('./pull-model.ts');
  for (const arm of arms.filter(({ config }) => providerOf(config.provider)?.canPull)) {
    try {
      await arm.describe(AbortSignal.timeout(limitMs));
    } catch (error) {
      if (!(error instanceof ArmError) || error.failure !== 'model-missing') continue;
      await pullWithProgress(arm.config, context).catch((failed: unknown) => {
        throw failed instanceof ArmError ? unable(arm, failed) : failed;
      });
    }
  }
}

/** What the user can set right (a key, a model to pull, an address, a server to start) is exit 2; one that fails is exit 3. */
function unable({ config }: Arm, error: ArmError): GapcheckError {
  const fixable = isForTheUser(error) || ['auth', 'model-missing', 'bad-request'].includes(error.failure);
  const said = error.failure === 'timeout' ? `its endpoint says nothing (${error.message})` : error.message;
  return new GapcheckError(`arm-${error.failure}`, `${config.spec}: ${said}`, {
    exitCode: fixable ? exitCodes.userCanFix : exitCodes.armFailed,
    hint: error.hint ?? 'gapcheck doctor asks every endpoint and says what to do',
    cause: error,
  });
}
