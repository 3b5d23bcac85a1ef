import { type Arm, ArmError } from '../arms/arm.ts';
import { priceOf } from '../arms/price.ts';
import { exitCodes, GapcheckError } from '../errors.ts';
import type { ArmRecord } from '../records.ts';
import { armRecord } from '../runs/identity.ts';
import { hashing } from '../store/hashing.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';

/** Metadata of every arm, before anything is written or spent. An arm that cannot work stops here, with what to do. */
export async function describeArms(
  arms: readonly Arm[],
  config: Pick<Config, 'prices'>,
  context: Context,
  { pull = false }: { pull?: boolean } = {},
): Promise<ArmRecord[]> {
  if (pull) await pullMissing(arms, context);
  return Promise.all(
    arms.map(async (arm) => {
      try {
        const description = await arm.describe(AbortSignal.timeout(limitMs));
        const price = await priceOf(arm.config, {
          now: context.now(),
          env: context.env,
          ...(config.prices && { file: config.prices }),
        });
        return armRecord(arm.config, description, price ?? undefined, hashing);
      } catch (error) {
        throw error instanceof ArmError ? unable(arm, error) : error;
      }
    }),
  );
}

const limitMs = 30_000;

/** One after the other: they share the line. */
async function pullMissing(arms: readonly Arm[], context: Context): Promise<void> {
  const { pullWithProgress } = await import('./pull-model.ts');
  for (const arm of arms.filter(({ config }) => config.provider === 'ollama')) {
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

/** What the user can set right (a key, a model to pull) is exit 2; a dead endpoint is exit 3. */
function unable({ config }: Arm, error: ArmError): GapcheckError {
  const fixable = ['auth', 'model-missing', 'bad-request'].includes(error.failure);
  return new GapcheckError(`arm-${error.failure}`, `${config.spec}: ${error.message}`, {
    exitCode: fixable ? exitCodes.userCanFix : exitCodes.armFailed,
    ...(error.hint !== undefined && { hint: error.hint }),
    cause: error,
  });
}
