/** The two schemas of the llm command's database: turns with their messages since 0.36, responses before. */
import type { Database } from 'node-sqlite3-wasm';
import { iterate, jsonCell } from './sqlite-rows.ts';

type Row = Record<string, unknown>;

/** From 0.36 on a turn names the last message it was asked with, and each message the one before it. */
export function* llmTurns(db: Database): Generator<unknown> {
  const fragments = new Map([...iterate(db, 'select * from fragments')].map((row) => [row.id, row]));
  const parts = new Map<unknown, Row[]>();
  for (const part of iterate(db, 'select * from parts order by message_hash, position'))
    parts.set(part.message_hash, [...(parts.get(part.message_hash) ?? []), part]);
  const messages = new Map([...iterate(db, 'select * from messages')].map((row) => [row.hash, row]));
  const path = (hash: unknown, until?: unknown): unknown[] => {
    const found: unknown[] = [];
    for (let at = hash; at && at !== until && found.length < 10_000; ) {
      const message = messages.get(at);
      if (!message) break;
      found.unshift(messageOf(message, parts.get(at) ?? [], fragments));
      at = message.parent_hash;
    }
    return found;
  };
  for (const turn of iterate(db, 'select * from turns order by datetime_utc, id')) {
    const asked = path(turn.parent_message_hash);
    const answer = path(turn.tip_message_hash, turn.parent_message_hash);
    const tools = [
      ...iterate(
        db,
        `select tools.* from turn_tools join tools on tools.id = turn_tools.tool_id where turn_id = '${String(turn.id).replaceAll("'", "''")}'`,
      ),
    ];
    const schema = turn.schema_id
      ? db.get('select content from schemas where id = ?', [String(turn.schema_id)])?.content
      : undefined;
    yield llmRecord(turn, asked, answer, tools, schema);
  }
}

const llmRecord = (turn: Row, asked: unknown[], answer: unknown[], tools: Row[], schema: unknown): unknown => ({
  id: turn.id,
  model: turn.resolved_model ?? turn.model,
  conversation_id: turn.thread_id,
  duration_ms: turn.duration_ms,
  datetime_utc: turn.datetime_utc,
  input_tokens: turn.input_tokens,
  output_tokens: turn.output_tokens,
  options_json: jsonCell(turn.options_json),
  response_json: jsonCell(turn.response_json),
  schema_json: jsonCell(schema),
  prompt_json: { messages: asked, tools: tools.map(toolOf) },
  answer_messages: answer,
});

const toolOf = (tool: Row): unknown => ({
  type: 'function',
  function: { name: tool.name, description: tool.description, parameters: jsonCell(tool.input_schema) },
});

function messageOf(message: Row, parts: Row[], fragments: Map<unknown, Row>): unknown {
  const texts: string[] = [];
  const calls: unknown[] = [];
  let result: { id: unknown; output: unknown } | undefined;
  for (const part of parts) {
    const payload = jsonCell(part.payload) as Row | null;
    if (part.type === 'text') texts.push(partText(part, payload, fragments));
    else if (part.type === 'tool_call')
      calls.push({
        id: payload?.tool_call_id,
        type: 'function',
        function: { name: part.tool_name, arguments: JSON.stringify(payload?.arguments ?? {}) },
      });
    else if (part.type === 'tool_result') result = { id: payload?.tool_call_id, output: payload?.output };
    else if (part.type !== 'reasoning') texts.push(`<${String(part.type)}>`);
  }
  if (result) return { role: 'tool', tool_call_id: result.id, content: textIn(result.output) };
  return { role: message.role, content: texts.join(''), ...(calls.length && { tool_calls: calls }) };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

/** A text with fragments is kept as the pieces that it is made of. */
function partText(part: Row, payload: Row | null, fragments: Map<unknown, Row>): string {
  if (typeof part.text === 'string') return part.text;
  const pieces = Array.isArray(payload?.text_ref) ? (payload.text_ref as Row[]) : [];
  return pieces.map((piece) => String(piece.literal ?? fragments.get(piece.fragment)?.content ?? '')).join('');
}

/** Before 0.36: one row per response, with fragments and tools in tables beside it. */
export function* llmResponses(db: Database): Generator<unknown> {
  const has = new Set([...iterate(db, "select name from sqlite_master where type = 'table'")].map(({ name }) => name));
  const of = (id: unknown, table: string, needs: string[], sql: string): Row[] =>
    [table, ...needs].every((name) => has.has(name)) ? (db.all(sql, [String(id)]) as Row[]) : [];
  for (const row of iterate(db, 'select * from responses order by datetime_utc, id')) {
    const fragments = (table: string): unknown[] =>
      of(
        row.id,
        table,
        ['fragments'],
        `select f.content from ${table} x join fragments f on f.id = x.fragment_id where x.response_id = ? order by x."order"`,
      ).map(({ content }) => ({ content }));
    yield {
      ...row,
      prompt_json: jsonCell(row.prompt_json),
      options_json: jsonCell(row.options_json),
      response_json: jsonCell(row.response_json),
      schema_json: of(row.schema_id, 'schemas', [], 'select content from schemas where id = ?').map(({ content }) =>
        jsonCell(content),
      )[0],
      prompt_fragments: fragments('prompt_fragments'),
      system_fragments: fragments('system_fragments'),
      tools: of(
        row.id,
        'tool_responses',
        ['tools'],
        'select t.* from tool_responses x join tools t on t.id = x.tool_id where x.response_id = ?',
      ).map(toolOf),
      tool_calls: of(row.id, 'tool_calls', [], 'select * from tool_calls where response_id = ?').map((call) => ({
        ...call,
        arguments: jsonCell(call.arguments),
      })),
      tool_results: of(row.id, 'tool_results', [], 'select * from tool_results where response_id = ?'),
      attachments: of(
        row.id,
        'prompt_attachments',
        [],
        'select attachment_id from prompt_attachments where response_id = ?',
      ),
    };
  }
}
