/** Tests of function calling (BFCL): `question` is a list of turns, each a list of messages; `function` the tools. */
import { reject, settle, skip } from '../draft.ts';
import { compact, filled, listOf, type Maybe } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

const turnsIn = (question: Maybe) => {
  const turns = listOf(question)?.map((turn) => messagesFrom(turn));
  return turns?.length && turns.every((turn) => turn !== undefined) ? turns : undefined;
};

export const functionTests: LogFormat = {
  name: 'function-tests',
  title: 'tests of function calling',
  sign: (record) =>
    listOf(record.function ?? record.involved_classes) &&
    Array.isArray(listOf(record.question)?.[0]) &&
    turnsIn(record.question)
      ? { score: 0.85, why: 'each record has turns in `question` and tools in `function`' }
      : undefined,
  map: (record) => {
    const turns = turnsIn(record.question);
    const [first] = turns ?? [];
    if (!first) return reject('no messages in `question`');
    if ((turns?.length ?? 0) > 1) return skip('a test of several turns, whose answers are not in the file');
    return settle(compact<Draft>({ messages: first, tools: toolsFrom(record.function), source_id: filled(record.id) }));
  },
};
