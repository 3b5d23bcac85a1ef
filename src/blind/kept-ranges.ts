/** What the mask leaves alone: code, and what somebody else is quoted with. */
export interface Range {
  from: number;
  to: number;
  kind: 'fence' | 'inline' | 'indented' | 'quotation';
}

const longestQuotation = 600;
const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
};

/**
 * Ranges in order, without overlap. A quotation that is the whole text is the answer itself. `quotes`: the prompt asks
 * for the words of somebody else, so that a quotation at the head is theirs.
 */
export function keptRanges(source: string, quotes = true): Range[] {
  const ranges: Range[] = [];
  const head = quotes ? -1 : placeOfIntroduction(source);
  let from = 0;
  for (const fence of fences(source)) {
    ranges.push(...inProse(source, from, fence.from, head), fence);
    from = fence.to;
  }
  return [...ranges, ...inProse(source, from, source.length, head)];
}

function fences(source: string): Range[] {
  const found: Range[] = [];
  let open: { from: number; sign: string } | undefined;
  for (let at = 0; at <= source.length; ) {
    const end = source.indexOf('\n', at);
    const to = end === -1 ? source.length : end;
    const sign = /^[ \t]{0,8}(```|~~~)/.exec(source.slice(at, Math.min(to, at + 12)))?.[1];
    if (sign !== undefined && !open) open = { from: at, sign };
    else if (sign !== undefined && open?.sign === sign) {
      found.push({ from: open.from, to, kind: 'fence' });
      open = undefined;
    }
    at = to + 1;
  }
  if (open) found.push({ from: open.from, to: source.length, kind: 'fence' });
  return found;
}

function inProse(source: string, from: number, to: number, head: number): Range[] {
  const ranges: Range[] = [];
  const next: NextSigns = new Map();
  let aside = false;
  for (let at = from; at < to; at += 1) {
    const letter = source[at] as string;
    const isLineStart = at === 0 || source[at - 1] === '\n';
    const end = isLineStart ? lineEnd(source, at, to) : -1;
    if (isLineStart) aside = letter === '>' && (aside || at === head || note.test(source.slice(at, at + longestNote)));
    if (end > at && aside) continue;
    if (end > at) {
      ranges.push({ from: at, to: end, kind: letter === '>' ? 'quotation' : 'indented' });
      at = end;
      continue;
    }
    const ticks = letter === '`' ? run(source, at, to) : 0;
    const close = ticks > 0 ? inlineEnd(source, at, ticks, to, next) : quotationEnd(source, at, to, next);
    // Ticks that nothing closes are passed as one.
    if (close <= at && ticks > 0) at += ticks - 1;
    if (close <= at) continue;
    if (ticks === 0 && isWhole(source, at, close)) continue;
    ranges.push({ from: at, to: close, kind: ticks > 0 ? 'inline' : 'quotation' });
    at = close - 1;
  }
  return ranges;
}

/** "> **Note:** …", "> [!TIP]", "> ℹ️ …": the writer's own words, set apart; the lines below it go with it. */
const note =
  /^>\s?(?:\[!\w+\]|\p{Extended_Pictographic}|[*_]{0,3}(?:(?:important|quick|side|please|final|small) )?(?:note|tip|info|disclaimer|heads[- ]up|warning|caution|important|reminder|fyi|p\.?s\.?|n\.?b\.?|hinweis|anmerkung|achtung|remarque|à noter|attention|avertissement|nota|aviso|importante|avvertenza|attenzione|let op|opmerking|uwaga|obs|anm|observera|not|uyarı|примечание|внимание|важно|注意?|注記|补充|說明|说明|참고|주의|ध्यान दें|ملاحظة|تنبيه)[*_]{0,3} ?[:：–—!-])/iu;
const longestNote = 60;

/** "> I am Claude." at the head, and behind it the answer: where it begins. -1 where the text says whose words these are. */
function placeOfIntroduction(source: string): number {
  const at = source.search(/\S/);
  if (at === -1 || !introduction.test(source.slice(at, at + longestNote))) return -1;
  const [quoted = ''] = /^(?:>.{0,400}\n?){1,6}/.exec(source.slice(at, at + 2_000)) ?? [];
  const behind = source.slice(at + quoted.length, at + quoted.length + 300);
  return /[\p{L}\p{N}]/u.test(behind) && !attribution.test(behind) ? at : -1;
}
const introduction =
  /^>\s?[*_]{0,3}(?:(?:hello|hi|hey|hallo|bonjour|hola|ciao)[,!]? )?(?:i am|i'm|i’m|my name is|this is|as|ich bin|ich heiße|mein name ist|als|je suis|je m'appelle|soy|me llamo|sono|mi chiamo|sou|eu sou|ik ben|jestem|jag är|меня зовут|я|我是|私は|저는|मैं|أنا)(?!\p{L})/iu;
const attribution =
  /^\s*[—–-]|(?<!\p{L})(?:says?|said|spoken|speaks?|quot\p{L}*|wrote|writes|written|replie[sd]|claims?|claimed|words|lines?|film|movie|book|novel|scene|character|robot|parrot|sagt\p{L}*|dit|dice|disse|zegt)(?!\p{L})/iu;

/** How many of one sign stand in a row. */
function run(source: string, at: number, to: number): number {
  let size = 1;
  while (at + size < to && source[at + size] === source[at]) size += 1;
  return size;
}

/** End of a line of code, by its indentation, or of a quotation, by its sign. */
const lineEnd = (source: string, at: number, to: number): number => {
  if (!/^(?: {4}|\t|> )/.test(source.slice(at, at + 4))) return -1;
  const end = source.indexOf('\n', at);
  return end === -1 || end > to ? to : end;
};

function inlineEnd(source: string, at: number, size: number, to: number, next: NextSigns): number {
  const line = nextSign(source, '\n', at, next);
  const close = nextSign(source, '`'.repeat(Math.min(size, 8)), at + size, next);
  return close === -1 || close >= to || (line !== -1 && close > line) ? -1 : close + Math.min(size, 8);
}

/** Where each closing sign comes next: looked up once for all the opening ones before it. */
type NextSigns = Map<string, number>;

function nextSign(source: string, sign: string, from: number, next: NextSigns): number {
  const known = next.get(sign);
  if (known !== undefined && (known >= from || known === -1)) return known;
  const found = source.indexOf(sign, from);
  next.set(sign, found);
  return found;
}

function quotationEnd(source: string, at: number, to: number, next: NextSigns): number {
  const closing = pairs[source[at] as string];
  if (closing === undefined) return singleEnd(source, at, to);
  const close = nextSign(source, closing, at + 1, next);
  if (close === -1 || close >= to || close - at > longestQuotation) return -1;
  const line = nextSign(source, '\n', at + 1, next);
  return line !== -1 && line < close ? -1 : close + 1;
}

/** 'As an AI …' in single marks: behind a blank, before a capital; an apostrophe inside a word closes nothing. */
function singleEnd(source: string, at: number, to: number): number {
  const opening = source[at];
  if (opening !== "'" && opening !== '‘') return -1;
  if (!/^(?:[\s(:,]|$)/.test(source[at - 1] ?? '') || !/^\p{Lu}/u.test(source[at + 1] ?? '')) return -1;
  const line = source.slice(at + 1, Math.min(to, at + longestQuotation)).split('\n', 1)[0] ?? '';
  const close = /[\p{L}\p{N}.,!?…]['’](?![\p{L}\p{N}])/u.exec(line);
  return close && /\s/.test(line.slice(0, close.index)) ? at + 1 + close.index + 2 : -1;
}

const isWhole = (source: string, from: number, to: number): boolean =>
  /^[\s*_]*$/.test(source.slice(Math.max(0, from - 20), from)) &&
  from <= 20 &&
  /^[\s.*_]*$/.test(source.slice(to, to + 20)) &&
  source.length - to <= 20;

/** The ranges are in order and do not overlap. */
export function rangeAround(from: number, to: number, kept: readonly Range[]): Range | undefined {
  let [low, high] = [0, kept.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = kept[middle] as Range;
    if (range.to <= from) low = middle + 1;
    else if (range.from > from) high = middle - 1;
    else return to <= range.to ? range : undefined;
  }
  return undefined;
}
