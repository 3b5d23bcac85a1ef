/** Gemini in Google Takeout (My Activity): one entry for each prompt, with the answer as HTML, among other activities. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { settle, skip } from '../draft.ts';
import { compact, filled, listOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';
import { htmlText } from './html-text.ts';

const asked = /^(?:Prompted|Asked:?|Said)\s+/;

export const geminiTakeout: LogFormat = {
  name: 'gemini-takeout',
  title: 'activity of Gemini from Google Takeout, as JSON',
  sign: (record) =>
    record.header === 'Gemini Apps' && typeof record.title === 'string'
      ? { score: 0.97, why: 'entries have the header "Gemini Apps"' }
      : undefined,
  map: (record) => {
    const title = filled(record.title) ?? '';
    if (!asked.test(title)) return skip('an activity that is no prompt');
    const answer = answerOf(record);
    return settle(
      compact<Draft>({
        messages: [{ role: 'user', content: title.replace(asked, '') }],
        ref: answer === '' ? undefined : { text: answer },
        ts: isoTime(record.time),
        flags: listOf(record.imageFile)?.length || listOf(record.attachedFiles)?.length ? ['media'] : undefined,
      }),
    );
  },
  noPrompts: 'choose "My Activity" and "Gemini Apps" in Google Takeout, in JSON',
};

const answerOf = (record: JsonObject): string =>
  (listOf(record.safeHtmlItem) ?? [])
    .flatMap((item) => (isObject(item) ? (filled(item.html) ?? []) : []))
    .map(htmlText)
    .join('\n\n');
