/** A limit in dollars needs something that says what the work costs: asked before anything is started. */
import { agentStreams } from '../../arms/programs/streams/registry.ts';
import { type GapcheckError, userError } from '../../errors.ts';
import type { AgentSettings } from '../../records/agent-record.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import { setPrice } from '../budget.ts';

/** `maxCostUsd`: of the whole run. Undefined where every limit can hold. */
export function unmeasuredAgent(
  arms: readonly ArmRecord[],
  settings: AgentSettings | undefined,
  maxCostUsd: number | undefined,
): GapcheckError | undefined {
  const agents = arms.filter(({ agent }) => agent);
  if (agents.length === 0 || (settings?.costUsd === undefined && maxCostUsd === undefined)) return undefined;
  const unknown = agents.find((arm) => arm.price === undefined && !tellsCost(arm));
  if (unknown) return noCost(unknown, settings?.costUsd === undefined ? '--max-cost' : '--cost');
  if (settings?.costUsd !== undefined) return undefined;
  return userError(
    'no-trial-cost',
    '--max-cost cannot hold: an agent may spend any amount in one trial.',
    'add --cost USD, which limits each trial',
  );
}

const tellsCost = ({ stream }: ArmRecord): boolean =>
  agentStreams.some(({ name, tellsCost: tells }) => tells && name === stream);

function noCost({ name, spec, stream }: ArmRecord, flag: string): GapcheckError {
  const telling = agentStreams.filter(({ tellsCost: tells }) => tells).map((one) => one.name);
  const why =
    stream === undefined ? `nothing says which stream ${spec} prints` : `the stream of ${stream} tells no cost`;
  return userError(
    'unknown-price',
    `${flag} cannot hold for arm ${name}: ${why}, and the arm has no price.`,
    `${setPrice(name)}, or stream: ${telling.join(', ')}, where it prints one of these`,
  );
}
