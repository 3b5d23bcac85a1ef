/** Pictures, sound and files that stand beside a prompt, in fields of their own. */
import type { Json } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { decoded, filled, firstOf } from '../fields.ts';
import { fieldNames } from './names.ts';
import type { Fields } from './record-fields.ts';

const file =
  /^(?:https?:|data:|s3:|gs:|file:)|\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|svg|mp3|wav|m4a|ogg|flac|mp4|mov|webm|pdf|docx?|xlsx?|pptx?)$/i;

/** The first of the fields for media that holds some; an empty list, a word of several and a name of a container image are none. */
export function mediaIn(fields: Fields): { name: string; value: Json } | undefined {
  for (const name of fieldNames.media) {
    const found = fields.json(name);
    if (found.is === 'value' && isMedia(found.value)) return { name: found.name, value: listed(found.value) };
  }
  return undefined;
}

/** A table writes a list as JSON. */
const listed = (value: Json): Json =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (decoded(value) ?? value) : value;

/** A list or an object with something in it, or the place of a file. */
export function isMedia(value: Json): boolean {
  const inside = listed(value);
  if (Array.isArray(inside)) return inside.some((item) => item !== null && item !== '');
  if (typeof inside === 'object') return inside !== null && Object.keys(inside).length > 0;
  if (typeof inside !== 'string') return false;
  const text = inside.trim();
  return text !== '' && (file.test(text) || !/\s|^(?:false|no|true|yes|\d)$|^[\w./-]+:[\w.-]+$/i.test(text));
}

/** The text that a program took out of an attachment is text; all else is media. */
export function attachmentPart(field: string, value: Json): ContentPart {
  const text = isObject(value) ? filled(firstOf(value, 'extracted_content', 'extracted_text', 'text')) : undefined;
  if (text !== undefined) return { type: 'text', text: `\n\n${text}` };
  return { type: 'media', media: field, value: isObject(value) ? value : { [field]: value } };
}
