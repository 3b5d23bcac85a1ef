/** What `doctor` finds out about each arm of the config: what it is, what it costs, and whether a test call is answered. */
import { ArmError } from '../arms/arm.ts';
import { priceOf } from '../arms/price.ts';
import { createArm } from '../arms/registry.ts';
import { armFromSpec } from '../arms/spec.ts';
import { GapcheckError } from '../errors.ts';
import type { ArmRole } from '../records/run-record.ts';
import { identifyLicence } from '../verdicts/licence.ts';
import type { ArmEntry, Config } from './config/load-config.ts';
import type { Context } from './context.ts';
import { testCallOf } from './plan/test-the-arms.ts';

export interface Finding {
  topic: string;
  /** `bad`: something that was asked for cannot work. `note`: fine, or missing and perhaps not needed. */
  state: 'ok' | 'note' | 'bad';
  text: string;
  /** What to type. */
  hint?: string;
}

export const licenceName = (text: string): string =>
  identifyLicence({ text }).licence?.name ?? 'licence not identified';

/** Of a server of one's own: what it serves where that is known, and never the model's own limit in its place. */
export function contextWords(trained: number | undefined, served: number | undefined): string | undefined {
  const tokens = (count: number): string => count.toLocaleString('en');
  if (served !== undefined)
    return `serves ${tokens(served)} tokens of context${trained === undefined ? '' : ` (trained for up to ${tokens(trained)})`}`;
  return trained === undefined
    ? undefined
    : `up to ${tokens(trained)} tokens of context as trained (what is served shows once it is loaded)`;
}

export async function armFindings(config: Config, context: Context): Promise<Finding[]> {
  const entries: [string, ArmRole, ArmEntry][] = [
    ...(config.closed ? [['closed', 'closed', config.closed] as [string, ArmRole, ArmEntry]] : []),
    ...(config.open ?? []).map((entry, index): [string, ArmRole, ArmEntry] => [
      index === 0 ? 'open' : `open-${index + 1}`,
      'open',
      entry,
    ]),
    ...(config.control ? [['control', 'control', config.control] as [string, ArmRole, ArmEntry]] : []),
  ];
  return Promise.all(entries.map(([name, role, entry]) => armFinding(name, role, entry, config, context)));
}

const hintOf = ({ hint }: { hint?: string | undefined }) => (hint === undefined ? {} : { hint });

async function armFinding(
  name: string,
  role: ArmRole,
  entry: ArmEntry,
  config: Config,
  context: Context,
): Promise<Finding> {
  const { prices } = config;
  const { spec, name: own, variants: _variants, as: _as, ...more } = entry;
  const topic = own ?? name;
  try {
    const arm = createArm(armFromSpec(topic, role, spec, more), context.env);
    const is = await arm.describe(AbortSignal.timeout(20_000));
    const price = await priceOf(arm.config, { now: context.now(), env: context.env, ...(prices && { file: prices }) });
    const facts = [
      is.host === null ? undefined : `at ${is.host}`,
      [is.parameterSize, is.quantization].filter(Boolean).join(' '),
      is.leavesMachine && is.contextMax !== undefined
        ? `up to ${is.contextMax.toLocaleString('en')} tokens of context`
        : contextWords(is.contextMax, is.contextServed),
      is.licence?.text && licenceName(is.licence.text),
      price
        ? `$${price.in} in and $${price.out} out per million tokens (${price.matched}, ${price.source}, ${price.date})`
        : undefined,
      is.leavesMachine ? 'prompts leave this machine' : undefined,
      is.ends && `its provider ends it on ${is.ends.on}`,
      ...(is.notes ?? []),
    ].filter(Boolean);
    const met = await testCallOf(arm, config);
    if (met)
      return {
        topic,
        state: met.stops ? 'bad' : 'note',
        text: `${spec}: the test call met: ${met.error.message}`,
        ...hintOf(met.error),
      };
    return { topic, state: 'ok', text: [spec, ...facts].join(', ') };
  } catch (error) {
    if (!(error instanceof ArmError) && !(error instanceof GapcheckError)) throw error;
    return {
      topic,
      state: 'bad',
      text: `${spec}: ${error.message}`,
      ...(error.hint !== undefined && { hint: error.hint }),
    };
  }
}
