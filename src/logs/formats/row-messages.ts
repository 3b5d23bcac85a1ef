/** Tables and files with one message a row: grouped into conversations before they are mapped. */
import { reject } from '../draft.ts';
import { groupMessages, messageIn } from '../group/message-rows.ts';
import { areTurns } from '../group/turn-kinds.ts';
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';

export const messageRows: LogFormat = {
  name: 'messages',
  title: 'one message a row, with who said it',
  sign: (record) =>
    messageIn(record) === undefined ? undefined : { score: 0.85, why: 'each row is one message with its speaker' },
  fits: areTurns,
  arrange: (rows) => groupMessages(rows).rows,
  announce: (rows) => groupMessages(rows).said,
  map: (record, options) => {
    const speaker = messageIn(record)?.role;
    return speaker === 'tool' || speaker === 'system'
      ? reject(`a message of the ${speaker}, in a file without answers`)
      : chat.map(record, options);
  },
};
