import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { HtmlTools } from '../../src/report/to-html.ts';

/** The powers that the page is made with. */
export const htmlTools: HtmlTools = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  deflate: (text) => new Uint8Array(deflateSync(text, { level: 9 })),
};
