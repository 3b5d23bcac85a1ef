/** A call that the model wrote and the server kept. */
import type { ArmReply, ArmRequest } from '../arm.ts';

/** Ollama hands nothing over of a call that it cannot read, at both of its addresses: only the tokens are counted. */
export function keptCall(
  { text, reasoning, toolCalls, usage, why }: Omit<ArmReply, 'ms'>,
  { tools }: Pick<ArmRequest, 'tools'>,
): { why?: string } {
  const nothing = text === '' && reasoning === undefined && toolCalls === undefined && why === undefined;
  return nothing && tools?.length && (usage.out ?? 0) > 2 ? { why: 'tool-call-unreadable' } : {};
}
