/** What is to be said of a reply that ended: the words of providers for the same few ends. Null where nothing is. */
import type { ArmReply } from '../arms/arm.ts';
import { finishWords, isFiltered } from '../text/finish-words.ts';
import { isBlankText, isCutOff } from '../text/judged.ts';

/** A whole answer, as providers say it. */
const whole = 'stop end_turn stop_sequence eos eos_token tool_calls tool_use function_call completed logged'.split(' ');

/** Gemini says it by the finish word alone, and hands nothing over. */
const unreadableCalls = ['malformed_function_call', 'malformed_tool_call', 'unexpected_tool_call'];

type Ended = Pick<ArmReply, 'text' | 'toolCalls' | 'refusal' | 'reasoning' | 'finish' | 'usage' | 'why'>;

/** A cause of `outcomes`. `cap`: output tokens that were asked for at most. */
export function answerCause(reply: Ended, cap: number | undefined): string | undefined {
  if (reply.why !== undefined) return reply.why;
  const finish = reply.finish.toLowerCase();
  if (reply.refusal || finish === 'refusal') return 'refusal';
  if (isFiltered(finish)) return 'content-filter';
  if (finishWords(finish).some((word) => unreadableCalls.includes(word))) return 'tool-call-unreadable';
  const isEmpty = isBlankText(reply.text) && (reply.toolCalls ?? []).length === 0;
  if (isEmpty) return emptyCause(reply, isCutOff(finish), cap);
  if (isCutOff(finish)) return 'length';
  return whole.includes(finish) ? undefined : 'finish-unknown';
}

function emptyCause({ reasoning, usage }: Ended, cut: boolean, cap: number | undefined): string {
  const thought = (reasoning ?? '').trim() !== '' || (usage.reasoning ?? 0) > 0;
  if (thought && (cut || (cap !== undefined && (usage.out ?? 0) >= cap))) return 'cap-spent';
  if (cut) return 'length';
  return thought && (reasoning ?? '').trim() !== '' ? 'all-reasoning' : 'empty';
}
