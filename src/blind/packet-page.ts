/**
 * A packet as one page that works from a folder, an e-mail or a phone: the ballots, a style sheet and a script, nothing
 * else. The ballots stand in it as plain text, so that anybody can read what it holds.
 */
import type { Ballot } from './ballot.ts';
import { type PacketHead, packetText } from './packet.ts';
import { pagePolicy } from './page-policy.ts';
import { hasImage } from './shown-text.ts';

export interface PageAssets {
  script: string;
  style: string;
}

/** Equal packets give equal bytes. `sha256` gives lower-case hex. Throws when the script could end its own tag. */
export function packetPage(
  head: PacketHead,
  ballots: readonly Ballot[],
  { script, style }: PageAssets,
  sha256: (text: string) => string,
): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('an asset would end its own tag');
  const policy = `${pagePolicy({ style, script, images: ballots.some(({ prompt }) => hasImage(prompt.messages)) }, sha256)}; require-trusted-types-for 'script'; trusted-types 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    '<meta name="referrer" content="no-referrer">',
    '<title>Blind session</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<noscript><p>Voting needs JavaScript. This page asks no server for anything.</p></noscript>',
    `<script type="application/json" id="packet">${insideTag(packetText(head, ballots).trimEnd())}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

// Direction marks, line separators and halves of pairs would confuse whoever looks at the source.
const troublesome = /[<\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** JSON that no HTML parser can leave: the same value, its `<` and its invisible characters as escapes. */
const insideTag = (json: string): string =>
  json.replace(troublesome, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
