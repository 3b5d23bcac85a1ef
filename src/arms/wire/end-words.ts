/** Why an answer ended early, where its finish word has more than one reason. */
import type { ArmReply, ArmRequest } from '../arm.ts';

/** Notes for the record. `window`: tokens that are served, where that is known. */
export function endWords(
  { finish, usage }: Pick<ArmReply, 'finish' | 'usage'>,
  window: number | undefined,
  { params }: Pick<ArmRequest, 'params'>,
  looped: boolean,
): string[] {
  if (looped) return ['answer ended: it repeated the same words'];
  const { in: read = 0, out = 0 } = usage;
  const full = finish === 'length' && window !== undefined && out < params.max_tokens && read + out >= window;
  return full ? [`answer cut: the window of ${window.toLocaleString('en')} tokens was full`] : [];
}
