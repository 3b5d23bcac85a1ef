/** A stored conversation → one prompt per answered human turn, with all that was said before it. */
import type { LoggedAnswer, Message, Usage } from '../../records/prompt-record.ts';
import { type Mapped, plainText, reject, settle } from '../draft.ts';
import { compact } from '../fields.ts';
import type { Draft } from './format.ts';

/** A message, and what its log says of the call that made it. */
export interface Turn {
  message: Message;
  model?: string;
  usage?: Usage;
  ts?: string;
  cost?: number;
  /** What the person who asked thought of it. A bad answer is no reference. */
  rating?: 1 | -1 | undefined;
}

/**
 * Human turns without an answer between them are one turn; what the assistant says before the first is history. The
 * steps of a turn (calls and their results) stay in the prompt: what came last is the answer. The last turn may have none.
 */
export function turnPrompts(turns: readonly Turn[], around: Partial<Draft>): Mapped[] {
  const merged = joined(turns);
  const prompts: Mapped[] = [];
  for (let at = 0; at < merged.length; at += 1) {
    if (merged[at]?.message.role !== 'user') continue;
    let end = at + 1;
    while (end < merged.length && merged[end]?.message.role !== 'user') end += 1;
    prompts.push(promptOf(merged, at, end, around));
    at = end - 1;
  }
  return prompts.length ? prompts : [reject('a conversation without a human turn')];
}

function promptOf(turns: Turn[], from: number, end: number, around: Partial<Draft>): Mapped {
  const asked = turns[from] as Turn;
  const last = turns[end - 1] as Turn;
  const answered = last.message.role === 'assistant';
  const messages = turns.slice(0, answered ? end - 1 : end).map(({ message }) => message);
  const draft = compact<Draft>({
    ...around,
    messages,
    ts: asked.ts ?? around.ts,
    model: last.model ?? around.model,
    ref: answered && last.rating !== -1 ? answerOf(last) : undefined,
    tags:
      last.rating === undefined
        ? around.tags
        : [...(around.tags ?? []), last.rating === 1 ? 'rated:good' : 'rated:bad'],
  });
  return settle(draft);
}

function answerOf({ message, model, usage, cost }: Turn): LoggedAnswer {
  const { tool_calls } = message;
  return compact<LoggedAnswer>({ text: plainText(message.content), tool_calls, model, usage, cost_usd: cost });
}

/** Neighbours of one role are one message; an empty answer says nothing. */
function joined(turns: readonly Turn[]): Turn[] {
  const merged: Turn[] = [];
  for (const turn of turns) {
    const { role, content, tool_calls } = turn.message;
    if (role === 'assistant' && !tool_calls?.length && plainText(content).trim() === '' && !Array.isArray(content))
      continue;
    const last = merged.at(-1);
    const joins = last && last.message.role === role && (role === 'user' || role === 'assistant');
    // After its calls an assistant waits for the results: what follows without them belongs to the same message.
    if (joins) merged[merged.length - 1] = { ...last, ...turn, message: both(last.message, turn.message) };
    else merged.push(turn);
  }
  return merged;
}

function both(first: Message, second: Message): Message {
  const calls = [...(first.tool_calls ?? []), ...(second.tool_calls ?? [])];
  return compact<Message>({
    ...first,
    content: together(first.content, second.content),
    tool_calls: calls.length ? calls : undefined,
  });
}

function together(first: Message['content'], second: Message['content']): Message['content'] {
  if (Array.isArray(first) || Array.isArray(second)) return [...partsOf(first), ...partsOf(second)];
  const texts = [first, second].filter((text) => text !== null && text !== '');
  return texts.length ? texts.join('\n\n') : first;
}

const partsOf = (content: Message['content']): Exclude<Message['content'], string | null> =>
  Array.isArray(content) ? content : content ? [{ type: 'text', text: content }] : [];
