/**
 * What a field is for, by its name: the only table of names, for CSV, JSON, Parquet and database rows. Earlier names
 * win. Names are folded: `User Input`, `user-input` and `userInput` are `user_input`.
 */

import { mediaNames } from './media-names.ts';
import { namesElsewhere } from './names-elsewhere.ts';
import { spokenName } from './spoken-names.ts';
import { timeNames } from './time-names.ts';

export const fieldNames = {
  prompt: [
    'prompt',
    'user_prompt',
    'question',
    'query',
    'user_input',
    'input',
    'user_message',
    'user_msg',
    'chat_input',
    'instruction',
    'message',
    'user_query',
    'user_question',
    'prompt_text',
    'question_text',
    'customer_message',
    'full_prompt',
    'input_text',
    'text',
    'content',
    'request',
    'request_body',
    'frage',
    'problem',
    'utterance',
    'sentence',
    'user',
    'human',
    'conversation',
    ...namesElsewhere.prompt,
    'inputs',
  ],
  messages: ['messages'],
  /** A letter's own title, and its text. */
  subject: ['subject', ...namesElsewhere.subject],
  letter: ['body', 'description', 'message', ...namesElsewhere.text],
  system: ['system', 'system_prompt', 'system_message', 'instructions', 'preamble'],
  context: [
    'context',
    'contexts',
    'retrieved_contexts',
    'retrieved_chunks',
    'retrieved_documents',
    'retrieved_docs',
    'retrieved_passages',
    'documents',
    'document',
    'passage',
    'source_documents',
    'retrieval_context',
    ...namesElsewhere.context,
  ],
  history: ['history', 'chat_history', 'conversation_history', 'previous_messages', ...namesElsewhere.history],
  /** What production said. */
  made: [
    'output',
    'response',
    'completion',
    'answer',
    'output_text',
    'response_text',
    'answer_text',
    'reply',
    'assistant_response',
    'bot_response',
    'bot_reply',
    'first_reply',
    'chatbot_answer',
    'actual_output',
    'actual_answer',
    'llm_output',
    'llm_response',
    'model_output',
    'model_response',
    'model_answer',
    'ai_response',
    'ai_answer',
    'bot_answer',
    'generated_answer',
    'generated_text',
    'prediction',
    'model_prediction',
    'predicted_answer',
    'generation',
    'agent_response',
    'assistant_reply',
    'assistant_message',
    'assistant',
    'antwort',
    ...namesElsewhere.made,
    'response_1',
    'response_body',
    'outputs',
    'result',
  ],
  /** What was hoped for. */
  hoped: [
    'expected',
    'ideal',
    'reference',
    'expected_output',
    '__expected',
    'expected_answer',
    'expected_response',
    'correct_answer',
    'ideal_answer',
    'ground_truth',
    'truth',
    'gold_answer',
    'gold',
    'reference_output',
    'correct_response',
    'golden_answer',
    'target',
    'targets',
    'target_text',
    'reference_answer',
    'best_answer',
    'answers',
    'solution',
    'resolution',
    'sql',
    ...namesElsewhere.hoped,
    'label',
  ],
  task: [
    'task',
    'category',
    'task_type',
    'intent',
    'use_case',
    'feature',
    'function_id',
    'kategorie',
    ...namesElsewhere.task,
    'prompt_name',
    'promptname',
    '__metadata:category',
    'metadata.category',
  ],
  /** Of an agent's job: the folder that it works in. */
  folder: ['folder'],
  /** A task only where few values fill the column: else it is a name of somebody, an id or a remark. */
  taskOfFew: ['type', 'label', 'topic', ...namesElsewhere.taskOfFew, 'tag', 'tags', 'name', 'scenario', 'department'],
  role: [
    'role',
    'sender',
    'author',
    'from',
    'speaker',
    'sender_type',
    'sender_role',
    'author_type',
    'author_role',
    'participant_role',
    'message_role',
    'message_type',
    'sent_by',
    'who',
    'participant_id',
    'participant',
    'message_participant',
    'is_user',
    'is_created_by_user',
    'inbound',
    'incoming',
    'outbound',
    'outgoing',
    'is_bot',
    'is_ai',
    'is_agent',
    'is_assistant',
    'type',
    ...namesElsewhere.role,
  ],
  conversation: [
    'conversation_id',
    'session_id',
    'sessionid',
    'thread_id',
    'thread_ts',
    'chat_id',
    'conversation',
    'session',
    'thread',
    'chat',
    'dialog_id',
    'dialogue_id',
    'conv_id',
    'topic_id',
    ...namesElsewhere.conversation,
  ],
  order: ['seq', 'sequence', 'position', 'turn', 'turn_index', 'message_index', 'index', 'order', 'step'],
  id: ['id', 'request_id', 'trace_id', 'row_id', 'prompt_id', 'key'],
  model: ['model', 'model_name', 'model_id', ...namesElsewhere.model],
  time: [...timeNames, ...namesElsewhere.time],
  tokensIn: ['prompt_tokens', 'input_tokens', 'tokens_in', 'prompt_token_count', 'prompt_eval_count'],
  tokensOut: ['completion_tokens', 'output_tokens', 'tokens_out', 'completion_token_count', 'eval_count'],
  latency: ['latency_ms', 'duration_ms', 'elapsed_ms'],
  cost: ['cost', 'cost_usd', 'total_cost'],
  /** Fields that hold a whole request of a chat API. */
  body: ['request', 'request_body', 'body', 'input', 'inputs', 'params', 'kwargs', 'query', 'question', 'prompt'],
  media: mediaNames,
} as const satisfies Record<string, readonly string[]>;

/** Prompt columns that hold names or ids as often as text. */
export const doubtfulPrompts: readonly string[] = ['user', 'human', 'conversation'];
/** Two of these in one table, with different texts, are asked about. */
export const rivalPrompts: readonly string[] = [
  'prompt',
  'user_prompt',
  'input',
  'question',
  'query',
  'instruction',
  'user_message',
];

/** `q` is a question beside `a`; beside `b` it is none, and `a` a choice; beside a prompt both are figures about it. */
export const areQuestionAndAnswer = (has: (name: string) => boolean): boolean =>
  has('q') && has('a') && !has('b') && !rivalPrompts.some(has);

/** An id or a name of one word; a text of one word in a script without blanks is text. */
export const isOneWord = (text: string): boolean => /^[\x21-\x7e]*$/.test(text.trim());

/** `0.93` under `label` says how sure a model was: it answers nothing. */
export const isScore = (label: string): boolean => /^\s*[-+]?\d*\.\d+(?:e[-+]?\d+)?\s*$/i.test(label);

/** What a cell says of the task: the only item of a list; nothing where it holds a sign for nothing, or several. */
export function labelText(cell: string): string | undefined {
  const text = cell.trim();
  if (text.length > 3 && text.charCodeAt(0) !== 91) return text;
  if (text === '' || /^(?:[-–—?]|n\/?a)$/i.test(text)) return undefined;
  return text.startsWith('[') ? /^\[\s*(["'])([^"'\\]+)\1\s*\]$/.exec(text)?.[2]?.trim() : text;
}

/** Few values for many records are tasks: at most 12, and each of them for two records in the mean. */
export function areFew(values: readonly string[]): boolean {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  const different = new Set(filled);
  const short = filled.every((value) => value.length <= 60);
  return (
    short &&
    // A verdict on the answer is no task, and neither is a score.
    ![...different].every((value) => /^(?:true|false|yes|no|[01])$/i.test(value) || isScore(value)) &&
    different.size > 0 &&
    different.size <= 12 &&
    (filled.length < 4 || different.size * 2 <= filled.length)
  );
}

const all = new Set<string>(Object.values(fieldNames).flat());
export const isKnownName = (name: string): boolean => all.has(foldedName(name));

const known = new Map<string, string>();
const mostNames = 5000;

/** `User Input`, `user-input` and `userInput` are `user_input`; `:` and `.` stay (`answer:closed`, `inputs.messages`). */
export function foldedName(name: string): string {
  const folded = known.get(name);
  if (folded !== undefined) return folded;
  const made = name
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const meant = all.has(made) ? made : (spokenName(made) ?? made);
  if (known.size < mostNames) known.set(name, meant);
  return meant;
}
