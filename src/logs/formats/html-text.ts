/** Rendered answers as text: paragraphs, list items and line breaks stay apart; the rest of the markup goes. */
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const blockEnds = /<\/(?:p|div|h[1-6]|ul|ol|table|blockquote|pre)\s{0,9}>/gi;

export const htmlText = (html: string): string =>
  html
    .replace(/<br\s{0,9}\/?>|<\/(?:li|tr)\s{0,9}>/gi, '\n')
    .replace(/<li\b[^>]{0,400}>/gi, '- ')
    .replace(blockEnds, '\n\n')
    .replace(/<[a-z!/][^<>]{0,2000}>/gi, '')
    .replace(/&(#x?[\da-f]{1,6}|[a-z]{2,6});/gi, characterOf)
    .replace(/[ \t]{1,40}\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function characterOf(entity: string, name: string): string {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
