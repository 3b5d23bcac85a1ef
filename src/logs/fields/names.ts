/** What a field is for, by its name: one table for CSV, JSON, Parquet and database rows. Earlier names win. */
import { normalName } from '../columns.ts';

export const fieldNames = {
  prompt: [
    'prompt',
    'user_prompt',
    'question',
    'query',
    'user_input',
    'input',
    'user_message',
    'instruction',
    'message',
    'input_text',
    'user',
    'text',
    'content',
    'request',
    'frage',
    'problem',
  ],
  system: ['system', 'system_prompt', 'system_message', 'instructions'],
  context: [
    'context',
    'contexts',
    'retrieved_contexts',
    'documents',
    'document',
    'passage',
    'source_documents',
    'retrieval_context',
  ],
  history: ['history', 'chat_history', 'conversation_history', 'previous_messages'],
  made: [
    'output',
    'response',
    'completion',
    'answer',
    'reply',
    'assistant_response',
    'bot_response',
    'chatbot_answer',
    'actual_output',
    'actual_answer',
    'llm_output',
    'model_output',
    'generated_answer',
    'assistant',
    'antwort',
    'result',
  ],
  hoped: [
    'expected',
    'ideal',
    'reference',
    'expected_output',
    'expected_answer',
    'correct_answer',
    'ideal_answer',
    'ground_truth',
    'target',
    'reference_answer',
    'best_answer',
    'answers',
    'resolution',
    'sql',
    'label',
  ],
  task: [
    'task',
    'category',
    'task_type',
    'type',
    'intent',
    'use_case',
    'feature',
    'function_id',
    'kategorie',
    'label',
    'tag',
    'prompt_name',
  ],
  role: ['role', 'sender', 'author', 'from', 'speaker', 'is_user', 'is_created_by_user', 'type'],
  conversation: [
    'conversation_id',
    'session_id',
    'thread_id',
    'chat_id',
    'conversation',
    'session',
    'thread',
    'chat',
    'dialog_id',
    'dialogue_id',
    'conv_id',
  ],
  order: ['seq', 'sequence', 'position', 'turn', 'turn_index', 'message_index', 'index', 'order', 'step'],
  time: [
    'timestamp',
    'created_at',
    'time',
    'date',
    'ts',
    'created',
    'start_time',
    'sent_at',
    'datetime',
    'create_time',
    'datetime_utc',
  ],
} as const satisfies Record<string, readonly string[]>;

const known = new Map<string, string>();
const mostNames = 5000;

/** `User Input`, `user-input` and `userInput` are `user_input`. */
export function foldedName(name: string): string {
  const folded = known.get(name);
  if (folded !== undefined) return folded;
  const made = normalName(name);
  if (known.size < mostNames) known.set(name, made);
  return made;
}
