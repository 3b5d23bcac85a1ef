/** Arms that answer from what is already there: production's own answer (`logged`) or a column (`column:NAME`). */
import type { LoggedAnswer, PromptRecord } from '../records.ts';
import { type Arm, type ArmConfig, ArmError, type ArmReply } from './arm.ts';

export function loggedArm(config: ArmConfig): Arm {
  const { provider, model } = config;
  return {
    config,
    describe: async () => ({ provider, model, host: null, leavesMachine: false }),
    call: async ({ prompt }) => replyFrom(answerOf(prompt, config), config),
  };
}

const answerOf = (prompt: PromptRecord, { provider, model }: ArmConfig): LoggedAnswer | undefined =>
  provider === 'logged' ? prompt.ref : prompt.answers?.[model];

function replyFrom(answer: LoggedAnswer | undefined, { spec }: ArmConfig): ArmReply {
  if (!answer) throw new ArmError('no-answer', `${spec} has no answer for this prompt`);
  if (answer.error !== undefined) throw new ArmError('no-answer', `the logged call failed: ${answer.error}`);
  return {
    text: answer.text,
    ...(answer.tool_calls && { toolCalls: answer.tool_calls }),
    ...(answer.refusal !== undefined && { refusal: answer.refusal }),
    finish: answer.finish ?? 'unknown',
    ...(answer.model !== undefined && { model: answer.model }),
    usage: answer.usage ?? {},
    ms: { total: answer.latency_ms ?? 0, ...(answer.ttft_ms !== undefined && { ttft: answer.ttft_ms }) },
    ...(answer.cost_usd !== undefined && { costUsd: answer.cost_usd }),
  };
}
