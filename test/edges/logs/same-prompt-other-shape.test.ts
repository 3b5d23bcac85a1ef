/** Shapes that other rules know under one name, in one container or in one language only. */
import { expect, it } from 'vitest';
import { csvOf as csv, jsonLines as lines, load, said } from '../../helpers/loaded-text.ts';

const lc = (name: string, content: string) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs: { content },
});
const insight = (...fields: [string, string][]) => fields.map(([field, value]) => ({ field, value }));
const call = { messages: [{ role: 'user', content: 'When?' }], response: 'At six.' };

it.each<[string, string, string, unknown[]]>([
  [
    'each instance of an instruction',
    'tasks.jsonl',
    lines({
      instruction: 'Give the plural.',
      instances: [
        { input: 'loaf', output: 'loaves' },
        { input: 'mouse', output: 'mice' },
      ],
    }),
    [
      ['user: Give the plural.\n\nloaf', 'loaves'],
      ['user: Give the plural.\n\nmouse', 'mice'],
    ],
  ],
  [
    'a letter in German',
    'tickets.csv',
    csv(['Betreff', 'Nachricht', 'Antwort'], ['Ofen', 'Er ist kalt.', 'Bitte die Sicherung prüfen.']),
    [['user: Ofen\n\nEr ist kalt.', 'Bitte die Sicherung prüfen.']],
  ],
  [
    'a subject with a message',
    'tickets.jsonl',
    lines({ subject: 'Oven', message: 'It is cold.', reply: 'Check the fuse.' }),
    [['user: Oven\n\nIt is cold.', 'Check the fuse.']],
  ],
  [
    'answers as the text of a dict',
    'squad.csv',
    csv(['question', 'context', 'answers'], ['When?', 'It was in 1931.', "{'text': ['in 1931'], 'answer_start': [7]}"]),
    [['system: It was in 1931.', 'user: When?', 'in 1931']],
  ],
  [
    'a greeting without a question in a history of pairs',
    'history.jsonl',
    lines({ message: 'When?', history: [[null, 'Welcome.']], response: 'At six.' }),
    [['assistant: Welcome.', 'user: When?', 'At six.']],
  ],
  [
    'a list of messages as LangChain writes them',
    'talk.json',
    JSON.stringify([lc('SystemMessage', 'Be kind.'), lc('HumanMessage', 'When?'), lc('AIMessage', 'At six.')]),
    [['system: Be kind.', 'user: When?', 'At six.']],
  ],
  [
    'what CloudWatch Logs Insights found',
    'found.json',
    JSON.stringify({
      results: [
        insight(['@timestamp', '2026-02-01 08:00:00.000'], ['@message', 'started'], ['@ptr', 'p0']),
        insight(['@timestamp', '2026-02-01 08:00:01.000'], ['@message', JSON.stringify(call)], ['@ptr', 'p1']),
      ],
      status: 'Complete',
    }),
    [['user: When?', 'At six.']],
  ],
  [
    'sentences with the number of their class',
    'classes.csv',
    csv(['sentence', 'label'], ['The soup was cold.', '0'], ['A lovely evening.', '1']),
    [
      ['user: The soup was cold.', '0'],
      ['user: A lovely evening.', '1'],
    ],
  ],
  [
    'the calls of a data frame of spans, by its own column of kinds',
    'spans.csv',
    csv(
      [
        'span_kind',
        'context.trace_id',
        'attributes.llm.input_messages',
        'attributes.input.value',
        'attributes.output.value',
      ],
      ['CHAIN', 't1', '', 'When?', 'At six.'],
      ['LLM', 't1', JSON.stringify([{ 'message.role': 'user', 'message.content': 'Notes. When?' }]), '', 'At six.'],
    ),
    [['user: Notes. When?', 'At six.']],
  ],
  [
    'messages of both sides under the name of a prompt',
    'rows.csv',
    csv(
      ['session_id', 'input'],
      ['s', JSON.stringify({ role: 'user', content: 'When?' })],
      ['s', JSON.stringify({ role: 'assistant', content: 'At six.' })],
    ),
    [['user: When?', 'At six.']],
  ],
  [
    'an answer in JSON that speaks of a role',
    'calls.csv',
    csv(['prompt', 'response'], ['Extract: hello.', '{"role":"user","content":"hello"}']),
    [['user: Extract: hello.', '{"role":"user","content":"hello"}']],
  ],
  [
    'rows by times whose order only the column tells',
    'rows.csv',
    csv(
      ['chat_id', 'role', 'content', 'time'],
      ['c', 'assistant', 'At six.', '10/14/2026 1:05 PM'],
      ['c', 'user', 'When?', '10/14/2026 12:59 PM'],
    ),
    [['user: When?', 'At six.']],
  ],
  [
    'a corpus in which the system answers',
    'rows.csv',
    csv(
      ['dialogue_id', 'turn', 'speaker', 'utterance'],
      ['d', '2', 'system', 'At six.'],
      ['d', '1', 'user', 'When?'],
      ['d', '3', 'user', 'Sure?'],
      ['d', '4', 'system', 'Yes.'],
    ),
    [
      ['user: When?', 'At six.'],
      ['user: When?', 'assistant: At six.', 'user: Sure?', 'Yes.'],
    ],
  ],
  [
    'a model beside an input that is an object',
    'calls.jsonl',
    lines({ model: 'm', input: { question: 'When?' }, output: { answer: 'At six.' } }),
    [['user: When?', 'At six.']],
  ],
  [
    'a system prompt beside the messages',
    'calls.jsonl',
    lines({ system_prompt: 'Be kind.', messages: [{ role: 'user', content: 'When?' }], response: 'At six.' }),
    [['system: Be kind.', 'user: When?', 'At six.']],
  ],
  [
    'a system prompt beside the request',
    'calls.jsonl',
    lines({
      system_prompt: 'Be kind.',
      request: { messages: [{ role: 'user', content: 'When?' }] },
      response: 'At six.',
    }),
    [['system: Be kind.', 'user: When?', 'At six.']],
  ],
  [
    'a system prompt in every row of a conversation',
    'rows.csv',
    csv(
      ['chat_id', 'system_prompt', 'role', 'content'],
      ['q', 'Be kind.', 'user', 'When?'],
      ['q', 'Be kind.', 'assistant', 'At six.'],
    ),
    [['system: Be kind.', 'user: When?', 'At six.']],
  ],
  [
    'no name of a system prompt beside the messages or the request',
    'calls.jsonl',
    lines(
      { system_prompt: 'support_v2', messages: call.messages, response: 'At six.' },
      { system: 'support', request: { messages: [{ role: 'user', content: 'Where?' }] }, response: 'Here.' },
    ),
    [
      ['user: When?', 'At six.'],
      ['user: Where?', 'Here.'],
    ],
  ],
  [
    'no second system prompt',
    'calls.jsonl',
    lines({
      system_prompt: 'default',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'When?' },
      ],
      response: 'At six.',
    }),
    [['system: Be kind.', 'user: When?', 'At six.']],
  ],
  [
    'a run of LangSmith with the calls inside it',
    'run.json',
    JSON.stringify({
      id: 'r0',
      run_type: 'chain',
      inputs: { question: 'When?' },
      outputs: {},
      child_runs: [
        {
          id: 'r1',
          parent_run_id: 'r0',
          run_type: 'llm',
          inputs: { messages: call.messages },
          outputs: { text: 'At six.' },
        },
      ],
    }),
    [['user: When?', 'At six.']],
  ],
])('reads %s', async (_, name, text, expected) => {
  expect(said(await load(name, text))).toEqual(expected);
});
