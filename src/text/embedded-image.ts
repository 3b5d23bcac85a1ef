/** An image that a prompt holds itself, in any provider's form, as a data URL. Nothing is ever fetched. */

import { isObject } from '../records/plain-json.ts';
import type { MediaPart } from '../records/prompt-record.ts';

export interface EmbeddedImage {
  /** data:image/…;base64,… */
  url: string;
  /** Like "png". */
  format: string;
  bytes: number;
}

/** Larger ones are named, not shown. */
export const largestImage = 5 * 1024 * 1024;

const formats: ReadonlySet<string> = new Set(['png', 'jpeg', 'jpg', 'gif', 'webp', 'avif', 'bmp']);
/** A single character tells, so that megabytes need no way back. Two signs may end it. */
const notBase64 = /[^A-Za-z0-9+/=\s]|=[^=]*[^=\s]|==\s*=|=\s+=/;
const dataUrl = /^data:image\/([a-z]+);base64,(.*)$/is;
/** Where providers keep the bytes, and where the type. */
const dataFields = ['data', 'bytes', 'base64', 'image', 'url', 'image_url', 'image_data', 'file_data'];
const typeFields = ['media_type', 'mediaType', 'mime_type', 'mimeType', 'content_type', 'format'];
const deepest = 4;

/** Undefined for audio, files, web addresses, and formats that browsers do not draw. */
export const embeddedImage = ({ value }: MediaPart): EmbeddedImage | undefined => findImage(value, '', deepest);

function findImage(value: unknown, type: string, depth: number): EmbeddedImage | undefined {
  if (typeof value === 'string') return imageOf(value, type);
  if (!isObject(value) || depth === 0) return undefined;
  const own = typeFields.map((field) => value[field]).find((each) => typeof each === 'string') ?? type;
  for (const field of [...dataFields, 'source', 'inlineData', 'inline_data', 'file']) {
    const found = Object.hasOwn(value, field) ? findImage(value[field], String(own), depth - 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function imageOf(text: string, type: string): EmbeddedImage | undefined {
  const [, named, inUrl] = dataUrl.exec(text) ?? [];
  const format = (named ?? type.replace(/^image\//, '')).toLowerCase();
  const data = inUrl ?? text;
  if (!formats.has(format) || data.length < 16 || notBase64.test(data)) return undefined;
  const packed = data.replace(/\s+/g, '');
  const bytes = Math.floor((packed.replace(/={1,2}$/, '').length * 3) / 4);
  return { url: `data:image/${format === 'jpg' ? 'jpeg' : format};base64,${packed}`, format, bytes };
}

/** "image (png, 34 KB)". */
export function imageName({ format, bytes }: EmbeddedImage): string {
  const size =
    bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `image (${format}, ${size})`;
}
