/** Sessions of Claude Code (~/.claude/projects): lines linked by parentUuid; the newest line ends the conversation. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { usageFrom } from '../answer.ts';
import { type Row, skip } from '../draft.ts';
import { filled, listOf, objectOf, wordOf } from '../fields.ts';
import { messageFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { repositoryName } from './repository-name.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const claudeCode: LogFormat = {
  name: 'claude-code',
  title: 'a session of Claude Code',
  holds: 'conversations',
  sign: (record) =>
    (record.parentUuid !== undefined && record.sessionId !== undefined && record.isSidechain !== undefined) ||
    (record.type === 'summary' && record.leafUuid !== undefined) ||
    Array.isArray(record.claude_code)
      ? { score: 0.97, why: 'lines have parentUuid, sessionId and isSidechain' }
      : sessionLine(record)
        ? { score: 0.6, why: 'lines are of a session of Claude Code' }
        : undefined,
  arrange: sessions,
  map: (record) => {
    const lines = listOf(record.claude_code)?.filter(isObject);
    if (!lines) return skip('lines beside the conversation');
    return turnPrompts(lines.flatMap(turnsOf), {
      session_id: filled(lines[0]?.sessionId),
      task: repositoryName(lines.map(({ cwd }) => filled(cwd)).find((cwd) => cwd !== undefined)),
    });
  },
};

const sideTypes = new Set([
  'file-history-snapshot',
  'queue-operation',
  'system',
  'progress',
  'custom-title',
  'tag',
  'last-prompt',
  'agent-name',
  'mode',
  'permission-mode',
  'attachment',
]);
const sessionLine = (record: JsonObject): boolean =>
  typeof record.type === 'string' &&
  sideTypes.has(record.type) &&
  (record.messageId !== undefined || record.sessionId !== undefined || record.snapshot !== undefined);

/** One row per session file and id: the way from the newest line to the first. */
function sessions(rows: Row[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.value.uuid === undefined || row.value.isSidechain === true) continue;
    const key = `${row.file} ${wordOf(row.value.sessionId)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const way = pathOf(group);
    const first = way[0];
    return first ? [{ ...first, value: { claude_code: way.map(({ value }) => value) } }] : [];
  });
}

/** Lines that no later line continues are ends; the newest of them with a message is the one that counts. */
function pathOf(rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.value.uuid as Json, row]));
  const said = rows.filter(({ value }) => value.type === 'user' || value.type === 'assistant');
  // Lines that name no line before them stand in the order in which they were said.
  if (said.length > 1 && said.every(({ value }) => parentOf(value) === null)) return rows;
  const way: Row[] = [];
  const seen = new Set<Row>();
  for (let row = said.at(-1); row && !seen.has(row); ) {
    seen.add(row);
    way.unshift(row);
    row = byId.get(parentOf(row.value));
  }
  return withSiblings(way, rows);
}

/** A compacted session goes on from a line that names the one before it. */
const parentOf = (line: JsonObject): Json => line.parentUuid ?? line.logicalParentUuid ?? null;

/** Calls made at once stand in lines of one message id, whose results are siblings: all of them belong to the way. */
function withSiblings(way: Row[], rows: Row[]): Row[] {
  const kept = new Set(way);
  const ids = new Set(way.flatMap(({ value }) => filled(objectOf(value.message)?.id) ?? []));
  const calls = new Set<string>();
  for (const row of rows) {
    if (!kept.has(row) && ids.has(filled(objectOf(row.value.message)?.id) ?? ' ')) kept.add(row);
    if (kept.has(row)) for (const id of blockIds(row, 'tool_use', 'id')) calls.add(id);
  }
  for (const row of rows) if (blockIds(row, 'tool_result', 'tool_use_id').some((id) => calls.has(id))) kept.add(row);
  return rows.filter((row) => kept.has(row));
}

const blockIds = ({ value }: Row, type: string, key: string): string[] =>
  (listOf(objectOf(value.message)?.content) ?? []).flatMap((block) =>
    isObject(block) && block.type === type ? (filled(block[key]) ?? []) : [],
  );

/** Local commands, their output and reminders come in the user's name; nobody typed them. */
const injected =
  /^\s*<(?:command-name|command-message|command-args|local-command-\w+|bash-(?:input|stdout|stderr)|system-reminder|user-memory-input|task-notification)\b|^\s*\[Request interrupted by user|^Caveat: /;

function turnsOf(line: JsonObject): Turn[] {
  const message = objectOf(line.message);
  if (!message || line.isMeta === true || line.isCompactSummary === true || line.isApiErrorMessage === true) return [];
  const own = message.role === undefined ? { ...message, role: line.type as Json } : message;
  if (typeof own.content === 'string' && injected.test(own.content)) return [];
  const content = listOf(own.content)?.filter(
    (block) => !(isObject(block) && block.type === 'text' && injected.test(wordOf(block.text))),
  );
  if (content?.length === 0) return [];
  const messages = messageFrom(content ? { ...own, content } : own) ?? [];
  const ts = isoTime(line.timestamp);
  const model = filled(message.model);
  const usage = usageFrom(message.usage);
  return messages.map((each) => ({
    message: each,
    ...(ts && { ts }),
    ...(each.role === 'assistant' && model && { model }),
    ...(each.role === 'assistant' && usage && { usage }),
  }));
}
