/** Databases of known tools, whose calls stand in several tables: each is read as the records of its JSON export. */
import type { Database } from 'node-sqlite3-wasm';
import { iterate } from './sqlite-rows.ts';
import type { TableShape } from './sqlite-tables.ts';

interface KnownDatabase {
  title: string;
  what: string;
  /** Tables (and columns of them) that no other tool has together. */
  signs: Record<string, string[]>;
  rows(db: Database): Generator<unknown>;
}

type Row = Record<string, unknown>;

const known: readonly KnownDatabase[] = [
  {
    title: 'the log of the llm command',
    what: 'its turns',
    signs: { turns: ['thread_id', 'tip_message_hash'], messages: ['parent_hash', 'role'], parts: ['message_hash'] },
    rows: llmTurns,
  },
  {
    title: 'the log of the llm command',
    what: 'its responses',
    signs: { responses: ['prompt', 'response', 'conversation_id', 'datetime_utc'], conversations: ['id'] },
    rows: llmResponses,
  },
  {
    title: 'the database of promptfoo',
    what: 'the results of its evaluations',
    signs: { eval_results: ['eval_id', 'test_case', 'prompt', 'response'], evals: ['config'] },
    rows: promptfooResults,
  },
  {
    title: 'the database of Open WebUI',
    what: 'the rows of its table chat',
    signs: { chat: ['user_id', 'chat'], user: ['role'] },
    rows: (db) => iterate(db, 'select * from chat order by created_at'),
  },
  {
    title: 'the database of opencode',
    what: 'its messages with their parts',
    signs: { session: ['directory'], message: ['session_id', 'data'], part: ['message_id', 'data'] },
    rows: opencodeMessages,
  },
];

/** A database whose tables are those of a known tool and hold rows. */
export const knownDatabase = (tables: readonly TableShape[]): KnownDatabase | undefined =>
  known.find(({ signs }) =>
    Object.entries(signs).every(([name, columns], index) => {
      const table = tables.find((each) => each.name === name);
      return table && (index > 0 || table.rows > 0) && columns.every((column) => table.columns.includes(column));
    }),
  );

const json = (value: unknown): unknown => {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

// ───────────────────────────── llm ─────────────────────────────

/** From 0.36 on a turn names the last message it was asked with, and each message the one before it. */
function* llmTurns(db: Database): Generator<unknown> {
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
  options_json: json(turn.options_json),
  response_json: json(turn.response_json),
  schema_json: json(schema),
  prompt_json: { messages: asked, tools: tools.map(toolOf) },
  answer_messages: answer,
});

const toolOf = (tool: Row): unknown => ({
  type: 'function',
  function: { name: tool.name, description: tool.description, parameters: json(tool.input_schema) },
});

function messageOf(message: Row, parts: Row[], fragments: Map<unknown, Row>): unknown {
  const texts: string[] = [];
  const calls: unknown[] = [];
  let result: { id: unknown; output: unknown } | undefined;
  for (const part of parts) {
    const payload = json(part.payload) as Row | null;
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
function* llmResponses(db: Database): Generator<unknown> {
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
      prompt_json: json(row.prompt_json),
      options_json: json(row.options_json),
      response_json: json(row.response_json),
      schema_json: of(row.schema_id, 'schemas', [], 'select content from schemas where id = ?').map(({ content }) =>
        json(content),
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
        arguments: json(call.arguments),
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

// ───────────────────────────── others ─────────────────────────────

function* promptfooResults(db: Database): Generator<unknown> {
  for (const row of iterate(db, 'select * from eval_results order by created_at, test_idx, prompt_idx')) {
    yield {
      id: row.id,
      promptIdx: row.prompt_idx,
      testIdx: row.test_idx,
      prompt: json(row.prompt),
      provider: json(row.provider),
      testCase: json(row.test_case),
      response: json(row.response),
      latencyMs: row.latency_ms,
      cost: row.cost,
      error: row.error,
      success: row.success === 1,
      createdAt: row.created_at,
    };
  }
}

function* opencodeMessages(db: Database): Generator<unknown> {
  const parts = new Map<unknown, unknown[]>();
  for (const part of iterate(db, 'select message_id, data from part order by id'))
    parts.set(part.message_id, [...(parts.get(part.message_id) ?? []), json(part.data)]);
  const sql =
    'select m.id, m.session_id, m.data, s.directory from message m join session s on s.id = m.session_id order by m.session_id, m.id';
  for (const row of iterate(db, sql)) {
    const info = json(row.data) as Row;
    yield {
      info: { ...info, id: row.id, sessionID: row.session_id, path: info.path ?? { cwd: row.directory } },
      parts: parts.get(row.id) ?? [],
    };
  }
}
