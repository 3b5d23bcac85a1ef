/** What becomes of one mapped record: whether it can be a prompt, what makes it the same prompt, and the prompt itself. */
import { type Hashing, promptId } from '../records/ids.ts';
import type { PromptFlag, PromptRecord } from '../records/prompt-record.ts';
import type { Draft } from './draft.ts';
import type { Redactor } from './redact/redact.ts';

/** Flags that make a prompt unfair or impossible to replay; `identity` and dangling calls are only noted. */
const unfair: Partial<Record<PromptFlag, string>> = {
  truncated: 'cut by the logger (--include-flagged keeps them)',
  'redacted-at-source': 'blacked out by the logger (--include-flagged keeps them)',
  media: 'holds images, audio or files (--include-flagged keeps them)',
  'no-user-turn': 'has no user turn (--include-flagged keeps them)',
  embedding: 'is an embedding or moderation call',
  'partial-history': 'its history is not in the log (--include-flagged keeps them)',
  'null-input': 'the input was not logged',
};

/** Why a record is no fair prompt; undefined where it is one. */
export function unfairBecause({ flags }: Draft): string | undefined {
  const flag = flags?.find((name) => unfair[name]);
  return flag && (unfair[flag] ?? flag);
}

/** Of a call that was logged twice, the record with the answer counts: a failed try, or the start of a stream, has none. */
export const isAnswered = ({ ref }: Pick<Draft, 'ref'>): boolean =>
  ref !== undefined && ref.error === undefined && (ref.text !== '' || (ref.tool_calls?.length ?? 0) > 0);

/** Of two records of one prompt: the one with an answer, then the one with more answers. */
export function tellsMore(draft: Draft, known: Draft): boolean {
  if (isAnswered(draft) !== isAnswered(known)) return isAnswered(draft);
  return Object.keys(draft.answers ?? {}).length > Object.keys(known.answers ?? {}).length;
}

/** Columns by name, and `logged` for production's own. A call that failed or said nothing gave no answer. */
function answersOf({ ref, answers }: Pick<Draft, 'ref' | 'answers'>): [string, string][] {
  const columns = Object.entries(answers ?? {}).map(([name, answer]) => [`column:${name}`, answer] as const);
  const all = ref ? [...columns, ['logged', ref] as const] : columns;
  return all
    .filter(([, ref]) => isAnswered({ ref }))
    .map(([name, { text, tool_calls = [] }]) => [name, JSON.stringify([text, tool_calls])]);
}

/** Whose answers differ between two records of one prompt, as arms name them; an answer that one of them lacks does not. */
export function otherAnswers(one: Pick<Draft, 'ref' | 'answers'>, other: Pick<Draft, 'ref' | 'answers'>): string[] {
  const known = new Map(answersOf(other));
  return answersOf(one).flatMap(([name, text]) => (known.has(name) && known.get(name) !== text ? [name] : []));
}

const ids = /[\s._:/-]{0,20}\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,64})\b/gi;
/** One line, without ids that would make every record a task of its own. */
export const taskLine = (task: string): string =>
  task.replace(ids, '').replace(/\s+/g, ' ').trim().slice(0, 120) || 'unlabelled';

/** A file that was edited by hand ends a cell with a space, or its lines otherwise: the model is asked the same. */
const sameAsk = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).trim();

/** What makes two prompts the same prompt; quick for the plain ones that logs are full of. */
export function coreTexts(draft: Draft): string[] {
  if (draft.tools || draft.response_format || draft.params || draft.folder) return [coreJson(draft)];
  const texts: string[] = [];
  for (const { role, content, tool_calls, tool_call_id } of draft.messages) {
    if (typeof content !== 'string' || tool_calls || tool_call_id) return [coreJson(draft)];
    texts.push(role, sameAsk(content));
  }
  return texts;
}

const coreJson = ({ messages, tools, response_format, params, folder }: Draft): string => {
  const asked = messages.map((message) =>
    typeof message.content === 'string' ? { ...message, content: sameAsk(message.content) } : message,
  );
  return JSON.stringify([asked, tools, response_format, params, folder]);
};

/** A record of a log with what was found out about it. */
export interface Found {
  draft: Draft;
  task: string;
  difficulty: PromptRecord['difficulty'];
  score: number;
  source: PromptRecord['source'];
  /** One entry for each repeat that had other answers: whose. */
  others?: string[][];
}

/** The prompt, redacted; its `count` is how often the log had it. */
export function recordOf(
  found: Found,
  times: number,
  rename: (task: string) => string,
  redactor: Redactor | undefined,
  hashing: Hashing,
): PromptRecord {
  const { difficulty, score, source, task } = found;
  const {
    model,
    count,
    difficulty: _,
    difficulty_score: __,
    source: ___,
    silent: ____,
    ...draft
  } = redactor ? redactor.redact(found.draft) : found.draft;
  const { messages, task: _own, ...rest } = draft;
  const record: PromptRecord = {
    id: promptId(draft, hashing),
    task: rename(task),
    messages,
    ...rest,
    difficulty,
    difficulty_score: score,
    weight: 1,
    source,
  };
  if (times > 1) record.count = times;
  if (model && !record.ref) record.tags = [...(record.tags ?? []), `model:${model}`];
  return record;
}
