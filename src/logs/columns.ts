/** What the columns of a table are for, by their names. First match wins, in the order of these lists. */

export const roleNames = {
  prompt: [
    'prompt',
    'user_prompt',
    'input',
    'question',
    'query',
    'instruction',
    'user_message',
    'message',
    'text',
    'content',
    'request',
    'request_body',
    'conversation',
    'user_input',
    'input_text',
    'user',
    'frage',
    'problem',
  ],
  messages: ['messages'],
  system: ['system', 'system_prompt', 'system_message', 'instructions', 'context'],
  task: [
    'task',
    'category',
    'task_type',
    'type',
    'intent',
    'use_case',
    'label',
    'tag',
    'tags',
    'feature',
    'function_id',
    'endpoint',
    'name',
    'promptname',
    'prompt_name',
    'kategorie',
    '__metadata:category',
    'metadata.category',
  ],
  answer: [
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
    'response_1',
    'expected',
    'ideal',
    'reference',
    'expected_output',
    '__expected',
    'expected_answer',
    'correct_answer',
    'ideal_answer',
    'ground_truth',
    'target',
    'reference_answer',
    'best_answer',
    'resolution',
    'sql',
  ],
  id: ['id', 'request_id', 'trace_id', 'row_id', 'prompt_id', 'key'],
  model: ['model', 'model_name'],
  time: ['timestamp', 'created_at', 'time', 'date', 'ts', 'created', 'start_time', 'starttime'],
  session: ['session_id', 'sessionid', 'conversation_id', 'thread_id'],
  tokensIn: ['prompt_tokens', 'input_tokens', 'tokens_in'],
  tokensOut: ['completion_tokens', 'output_tokens', 'tokens_out'],
  latency: ['latency_ms', 'duration_ms'],
  cost: ['cost', 'cost_usd', 'total_cost'],
} as const satisfies Record<string, readonly string[]>;

export type ColumnRole = keyof typeof roleNames;

/** `User Prompt` → `user_prompt`; invisible characters go, `:` and `.` stay (`answer:closed`, `inputs.messages`). */
export const normalName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Header cells → names that are all there and all different: `column_3`, `a_2`. */
export function columnNames(cells: readonly string[]): string[] {
  const taken = new Set(cells.map((cell) => cell.trim()));
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const name = cell.trim() === '' ? `column_${index + 1}` : cell.trim();
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = 2;
    while (taken.has(`${name}_${suffix}`)) suffix += 1;
    const unique = `${name}_${suffix}`;
    taken.add(unique);
    seen.add(unique);
    return unique;
  });
}

/** Columns by role: index of the first column whose name is in the role's list, in the list's order. */
export function columnRoles(columns: readonly string[]): Partial<Record<ColumnRole, number>> {
  const names = columns.map(normalName);
  const roles: Partial<Record<ColumnRole, number>> = {};
  for (const role of Object.keys(roleNames) as ColumnRole[]) {
    const at = roleNames[role]
      .map((name) => names.indexOf(name.replace(/([a-z])([A-Z])/g, '$1_$2')))
      .find((index) => index >= 0);
    if (at !== undefined) roles[role] = at;
  }
  return roles;
}

const isName = new Set<string>(Object.values(roleNames).flat());
/** A header cell that names something we know: the first line is a header, not data. */
export const isKnownColumn = (name: string): boolean => isName.has(normalName(name)) || /^answer:/i.test(name.trim());
