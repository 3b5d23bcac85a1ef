/** What a packet must hold, down to each answer, so that a message can name the place of what is not there. */
import * as v from 'valibot';

const call = v.object({ name: v.string(), arguments: v.string() });
const message = v.object({
  role: v.string(),
  content: v.nullable(v.union([v.string(), v.array(v.object({ type: v.string() }))])),
  tool_calls: v.optional(v.array(call)),
});
const answer = v.variant('kind', [
  v.object({ kind: v.literal('text'), text: v.string(), toolCalls: v.optional(v.array(call)) }),
  v.object({ kind: v.literal('unusable') }),
]);
const ballot = v.object({
  id: v.pipe(v.string(), v.startsWith('b_')),
  task: v.string(),
  prompt: v.object({
    messages: v.pipe(v.array(message), v.minLength(1)),
    tools: v.optional(v.array(v.object({ name: v.string() }))),
  }),
  left: answer,
  right: answer,
});
const packet = v.object({
  run: v.string(),
  rater: v.string(),
  keyCommitment: v.string(),
  token: v.string(),
  ballots: v.pipe(v.array(ballot), v.minLength(1)),
});

/** The place of the first field that is not as gapcheck writes it: `ballots[3].left.text`. */
export function oddPacketField(value: unknown): string | undefined {
  const { issues } = v.safeParse(packet, value, { abortEarly: true });
  const keys = issues?.[0].path?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return issues && (keys ?? []).join('').replace(/^\./, '');
}
