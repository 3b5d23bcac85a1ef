/** A process behind Ollama's address that was there and is gone, at whichever of its addresses it was asked. */
import { ArmError } from '../arm.ts';

/** Of one arm. */
export interface Answering {
  /** The last call had an answer. */
  hasAnswered?: boolean;
}

/**
 * A process that had answered and is gone is a fault of the server, which starts another one: so it is when somebody
 * ends it. Gone before it answered, or twice in a row, it lacks memory, as the sentence of the server says.
 */
export function processGone(error: ArmError, state: Answering): ArmError {
  if (!state.hasAnswered || !/runner has unexpectedly stopped/.test(error.message)) return error;
  state.hasAnswered = false;
  const { partial } = error;
  return new ArmError('server', error.message, { why: 'server', ...(partial !== undefined && { partial }) });
}
