/** What Dialogflow says of a turn: what was asked, what was answered, and the intent it was taken for. */
import { reject, settle } from '../draft.ts';
import { compact, filled, objectOf } from '../fields.ts';
import type { Draft, LogFormat } from './format.ts';

export const dialogflow: LogFormat = {
  name: 'dialogflow',
  title: 'Dialogflow turns',
  sign: (record) => {
    const result = objectOf(record.queryResult);
    return result && (result.queryText !== undefined || result.text !== undefined)
      ? { score: 0.9, why: 'each record has `queryResult` with what was asked' }
      : undefined;
  },
  map: (record) => {
    const result = objectOf(record.queryResult);
    const asked = filled(result?.queryText) ?? filled(result?.text);
    if (asked === undefined) return reject('queryResult holds no text that was asked');
    const said = filled(result?.fulfillmentText);
    return settle(
      compact<Draft>({
        messages: [{ role: 'user', content: asked }],
        ref: said === undefined ? undefined : { text: said },
        task: filled(objectOf(result?.intent)?.displayName),
        source_id: filled(record.responseId),
        session_id: filled(record.session),
      }),
    );
  },
};
