/** Databases of known tools, whose calls stand in several tables: each is read as the records of its JSON export. */
import type { Database } from 'node-sqlite3-wasm';
import { llmResponses, llmTurns } from './llm-database.ts';
import { iterate, jsonCell } from './sqlite-rows.ts';
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
    title: 'the database of Chainlit',
    what: 'the messages among its steps',
    signs: { steps: ['threadId', 'type', 'input', 'output'], threads: ['id'] },
    rows: (db) =>
      iterate(
        db,
        `select id, threadId as conversation_id, case type when 'user_message' then 'user' else 'assistant' end as role,
         coalesce(nullif(output, ''), input) as content, createdAt as created_at from steps
         where type in ('user_message', 'assistant_message') order by createdAt, rowid`,
      ),
  },
  {
    title: 'a session of the OpenAI Agents SDK',
    what: 'its conversations',
    signs: { agent_messages: ['session_id', 'message_data'], agent_sessions: ['session_id'] },
    rows: agentSessions,
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

function* promptfooResults(db: Database): Generator<unknown> {
  for (const row of iterate(db, 'select * from eval_results order by created_at, test_idx, prompt_idx')) {
    yield {
      id: row.id,
      promptIdx: row.prompt_idx,
      testIdx: row.test_idx,
      prompt: jsonCell(row.prompt),
      provider: jsonCell(row.provider),
      testCase: jsonCell(row.test_case),
      response: jsonCell(row.response),
      latencyMs: row.latency_ms,
      cost: row.cost,
      error: row.error,
      success: row.success === 1,
      createdAt: row.created_at,
    };
  }
}

function* agentSessions(db: Database): Generator<unknown> {
  for (const { session_id } of iterate(
    db,
    'select session_id, min(id) from agent_messages group by session_id order by 2',
  )) {
    const items = db.all('select message_data from agent_messages where session_id = ? order by id', [
      String(session_id),
    ]);
    yield { session_id, agent_session_items: items.map(({ message_data }) => jsonCell(message_data)) };
  }
}

function* opencodeMessages(db: Database): Generator<unknown> {
  const parts = new Map<unknown, unknown[]>();
  for (const part of iterate(db, 'select message_id, data from part order by id'))
    parts.set(part.message_id, [...(parts.get(part.message_id) ?? []), jsonCell(part.data)]);
  const sql =
    'select m.id, m.session_id, m.data, s.directory from message m join session s on s.id = m.session_id order by m.session_id, m.id';
  for (const row of iterate(db, sql)) {
    const info = jsonCell(row.data) as Row;
    yield {
      info: { ...info, id: row.id, sessionID: row.session_id, path: info.path ?? { cwd: row.directory } },
      parts: parts.get(row.id) ?? [],
    };
  }
}
