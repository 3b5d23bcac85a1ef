/** Which rows belong together, and which do not. */
import { describe, expect, it } from 'vitest';
import { groupMessages } from '../../../src/logs/group/message-rows.ts';
import { nestedTurns } from '../../../src/logs/group/nested-conversations.ts';
import type { JsonObject } from '../../../src/records/plain-json.ts';

const rows = (values: JsonObject[]) => values.map((value, at) => ({ file: 'log.csv', line: at + 1, value }));
const contents = (values: JsonObject[]): unknown[] =>
  groupMessages(rows(values)).rows.map(({ value }) =>
    (value.messages as JsonObject[]).map(({ role, content }) => `${role}: ${content}`),
  );

describe('rows of messages', () => {
  it('are letters of their own where only a mark tells who wrote and nothing ties them', () => {
    const letters = [
      { inbound: 'True', body: 'I want my money back.' },
      { inbound: 'False', body: 'We have sent it.' },
      { inbound: 'True', body: 'I cannot log in.' },
    ];
    expect(contents(letters)).toEqual([['user: I want my money back.'], ['user: I cannot log in.']]);
    const tied = letters.map((letter) => ({ ...letter, thread_id: 7 }));
    expect(contents(tied)[1]).toEqual([
      'user: I want my money back.',
      'assistant: We have sent it.',
      'user: I cannot log in.',
    ]);
  });

  it('of an unknown speaker are counted, and the speaker is named', () => {
    const talk = [
      { role: 'user', text: 'Is it open?', chat_id: 1 },
      { role: 'assistant', text: 'Yes.', chat_id: 1 },
      { role: 'narrator', text: 'A door closes.', chat_id: 1 },
    ];
    expect(groupMessages(rows(talk)).said).toBe(
      '3 rows are 1 conversation: 1 prompt (conversation = "chat_id"). Left out 1 row without a message of a known speaker (narrator).',
    );
  });

  it('that answer each other in a ring end', () => {
    const ring = [
      { id: '1', role: 'user', text: 'Hello?', reply_to_id: '2' },
      { id: '2', role: 'bot', text: 'Hi.', reply_to_id: '1' },
    ];
    expect(contents(ring)).toHaveLength(1);
  });
});

describe('conversations inside an export', () => {
  const talk = [
    { speaker: 'Customer', text: 'Is it open?' },
    { speaker: 'Agent', text: 'Yes.' },
  ];
  it('are found with the id beside them, and not where one side alone speaks', () => {
    const found = nestedTurns({ data: { calls: [{ id: 9, log: { lines: talk } }] } });
    expect(found?.map(({ session_id, text }) => [session_id, text])).toEqual([
      ['9', 'Is it open?'],
      ['9', 'Yes.'],
    ]);
    expect(nestedTurns({ data: { lines: talk.slice(1) } })).toBeUndefined();
    expect(nestedTurns({ data: { lines: [talk[1], talk[1]] as JsonObject[] } })).toBeUndefined();
  });

  it('take a hundred thousand turns', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => talk[at % 2] as JsonObject);
    expect(nestedTurns({ many })).toHaveLength(100_000);
  });
});
