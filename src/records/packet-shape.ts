/** What a packet must hold, down to each answer, so that a message can name the place of what is not there. */
import * as v from 'valibot';
import { stepKinds } from './agent-record.ts';
import { message, tool } from './prompt-record.ts';
import { ballotName, count, hash, oddPlace, raterName, runId } from './rules.ts';

const steps = v.optional(v.array(v.object({ kind: v.picklist(stepKinds), text: v.string() })));
const answer = v.variant('kind', [
  v.object({
    kind: v.literal('text'),
    text: v.string(),
    toolCalls: v.optional(
      v.array(v.object({ name: v.string(), arguments: v.string(), earlier: v.optional(v.literal(true)) })),
    ),
    diff: v.optional(v.string()),
    steps,
  }),
  v.object({ kind: v.literal('unusable'), steps }),
]);
const ballot = v.object({
  id: ballotName,
  task: v.string(),
  prompt: v.object({
    messages: v.pipe(v.array(message), v.minLength(1)),
    tools: v.optional(v.array(tool)),
    recorded: v.optional(v.array(v.object({ name: v.string(), result: v.string() }))),
  }),
  left: answer,
  right: answer,
  language: v.optional(v.string()),
  shared: v.optional(count),
});
const packet = v.object({
  run: runId,
  rater: raterName,
  keyCommitment: hash,
  token: hash,
  ballots: v.pipe(v.array(ballot), v.minLength(1)),
});

/** The place of the first field that is not as gapcheck writes it: `ballots[3].left.text`. */
export function oddPacketField(value: unknown): string | undefined {
  const odd = oddPlace(packet, value);
  if (odd !== undefined) return odd;
  const ids = (value as v.InferOutput<typeof packet>).ballots.map(({ id }) => id);
  const again = ids.findIndex((id, at) => ids.indexOf(id) < at);
  return again === -1 ? undefined : `ballots[${again}].id`;
}
