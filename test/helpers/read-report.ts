/** Reads Markdown and HTML reports back, so that what they show can be held against the JSON. */

export interface ReadTable {
  caption: string;
  columns: string[];
  rows: string[][];
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (named[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  );

const withoutSpaces = (text: string): string => unescapeHtml(text).replaceAll('\u200b', '');

/** What a reader sees of one line of Markdown: escapes taken back, emphasis removed. */
export const plainMarkdown = (text: string): string =>
  withoutSpaces(text.replace(/^\*\*|\*\*$/g, '').replace(/\\([\\`*_[\]|~$!+\-=#.)])/g, '$1'));

export function markdownTables(markdown: string): ReadTable[] {
  const lines = markdown.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^\| ?:?-/.test(line)) return [];
    const cells = (row: string): string[] => row.slice(2, -2).split(' | ').map(plainMarkdown);
    const rows: string[][] = [];
    for (let next = at + 1; lines[next]?.startsWith('|'); next += 1) rows.push(cells(lines[next] ?? ''));
    const caption = plainMarkdown((lines[at - 3] ?? '').replace(/^\*|\*$/g, ''));
    return [{ caption, columns: cells(lines[at - 1] ?? ''), rows }];
  });
}

const cellTexts = (html: string): string[] =>
  [...html.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, text]) => withoutSpaces(text ?? ''));

export function htmlTables(html: string): ReadTable[] {
  return [...html.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, table = '']) => {
    const [head = '', ...rows] = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => row ?? '');
    const caption = /<caption>([\s\S]*?)<\/caption>/.exec(table)?.[1] ?? '';
    return { caption: withoutSpaces(caption), columns: cellTexts(head), rows: rows.map(cellTexts) };
  });
}

/** Text of the page outside style, script, SVG and tables. */
export const htmlProse = (html: string): string =>
  withoutSpaces(html.replace(/<(style|script|svg|table|select)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' '));

/** "−54" → -54, "+1,234" → 1234; null where there is no number. */
export function numberOf(text: string): number | null {
  const match = /[+−-]?[\d,]*\.?\d+/.exec(text);
  return match ? Number(match[0].replace('−', '-').replaceAll(',', '').replace('+', '')) : null;
}
