/** Which field of a log names the tasks, where several could. */
import { expect, test } from 'vitest';
import { langfuse } from '../../../src/logs/formats/langfuse.ts';
import { choiceOf, mapArranged } from '../../../src/logs/map-arranged.ts';
import { taskChoice } from '../../../src/logs/task-choice.ts';
import type { JsonObject } from '../../../src/records/plain-json.ts';
import { hashing } from '../../../src/store/hashing.ts';

const fields = { names: ['traceName', 'name'], meant: 'promptName', of: () => true };
const records = (names: string[], traceNames: string[], more: JsonObject = {}): JsonObject[] =>
  Array.from({ length: 12 }, (_, at) => ({
    name: names[at % names.length] ?? null,
    traceName: traceNames[at % traceNames.length] ?? null,
    ...more,
  }));

test('the field that tells more kinds apart is taken, and the other is named with its tasks', () => {
  expect(taskChoice(fields, records(['parse', 'qa', 'agent'], ['assistant', 'import']))).toEqual({
    field: 'name',
    tasks: 3,
    others: [{ field: 'traceName', tasks: 2 }],
  });
  expect(taskChoice(fields, records(['answer'], ['chat', 'mail', 'search']))).toBeUndefined();
  expect(taskChoice(fields, records(['a', 'b'], ['chat', 'mail', 'search']))?.field).toBe('traceName');
  expect(taskChoice(fields, records(['plan', 'answer'], ['bot']))?.others).toEqual([{ field: 'traceName', tasks: 1 }]);
  expect(taskChoice(fields, records(['one', 'two'], ['chat-a', 'chat-b']))?.field).toBe('traceName');
});

test.each([
  ['names of a framework', records(['ChatOpenAI', 'OpenAI-generation', 'litellm-acompletion'], ['support'])],
  ['names of the model', records(['gpt-4o'], ['support'], { model: 'gpt-4o' })],
  [
    'a name for each record',
    records(
      Array.from({ length: 12 }, (_, at) => `session ${at}`),
      ['support'],
    ),
  ],
  ['a field that is empty in most', records(['parse', '', '', ''], ['support'])],
  ['a name that somebody meant', records(['parse', 'qa'], ['support'], { promptName: 'reply' })],
])('%s leaves the order of the format', (_, given) => {
  expect(taskChoice(fields, given)).toBeUndefined();
});

test('Langfuse generations get their tasks from the chosen field; a flag wins, and a week keeps the order', () => {
  const rows = records(['parse', 'qa', 'agent'], ['assistant', 'import']).map((value, line) => ({
    file: 'log.json',
    line,
    value: { ...value, type: 'GENERATION', traceId: 't', input: [{ role: 'user', content: 'Hi' }], output: 'Hello' },
  }));
  const options = { redact: false, now: new Date(0), seed: 1, hashing, cwd: '.' };
  const tasksWith = (more: { taskField?: string; keepTaskOrder?: boolean }) => {
    const choice = choiceOf(langfuse, { rows }, more);
    const tasks = new Set<unknown>();
    const given = { ...options, ...more, ...(choice && { taskName: choice.field }) };
    mapArranged(langfuse, { rows, file: 'log.json', tallies: new Set(), few: [] }, given, {
      add: (mapped) => void tasks.add('draft' in mapped && mapped.draft.task),
      reject: () => {},
    });
    return [...tasks];
  };
  expect(tasksWith({})).toEqual(['parse', 'qa', 'agent']);
  expect(tasksWith({ taskField: 'traceName' })).toEqual(['assistant', 'import']);
  expect(tasksWith({ keepTaskOrder: true })).toEqual(['assistant', 'import']);
});
