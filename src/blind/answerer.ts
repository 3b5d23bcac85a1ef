/**
 * Who a sentence says is answering. Its words are read as roles (the writer, the reader, the answer, what made the
 * writer), every other word counts for nothing, and a few shapes over these roles tell whether a name in it is the
 * writer's. Words about what people do with a model, or about other people, end the reading: such a sentence is kept.
 */
import { spacedAnswerers } from './answerer-words.ts';
import { type AnswererLexicon, joinedAnswerers } from './answerer-words-more.ts';
import type { FoundName } from './find-names.ts';
import { makersOfOtherThings, makersToo } from './mask-names.ts';
import { type Word, wordsOf } from './name-list.ts';
import type { Sentence } from './sentences-of.ts';

interface Phrase {
  words: readonly string[];
  role: string;
}

interface Spaced {
  byFirst: ReadonlyMap<string, readonly Phrase[]>;
  starts: readonly { start: string; role: string }[];
}

const entriesOf = (lexicon: AnswererLexicon): { role: string; text: string }[] =>
  Object.entries(lexicon).flatMap(([role, text]) => text.split('|').map((one) => ({ role, text: one })));

function toSpaced(lexicon: AnswererLexicon): Spaced {
  const byFirst = new Map<string, Phrase[]>();
  const starts: { start: string; role: string }[] = [];
  for (const { role, text } of entriesOf(lexicon)) {
    if (text.endsWith('*')) {
      starts.push({ start: text.slice(0, -1), role });
      continue;
    }
    const words = wordsOf(text).map((word) => word.text);
    const [first = ''] = words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, role }]);
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return { byFirst, starts };
}

let spacedRead: { english: readonly Spaced[]; all: readonly Spaced[] } | undefined;
/** Read at first need: most commands show no answer. */
function spaced(text: string): readonly Spaced[] {
  if (!spacedRead) {
    const { en = {}, ...others } = spacedAnswerers;
    const english = [toSpaced(en)];
    spacedRead = { english, all: [...english, ...Object.values(others).map(toSpaced)] };
  }
  return english.test(text) ? spacedRead.english : spacedRead.all;
}

/** Words of English alone: "Mina left the lab" says nothing of "mina lab", which is Swedish. */
const english = /\b(?:the|from|with|and|that|this|he|she|they|his|who|which|their|works?|asked?)\b/;

/** Pieces by their first letter, the longest first. */
type Joined = ReadonlyMap<string, readonly { text: string; role: string }[]>;

function toJoined(lexicon: AnswererLexicon): Joined {
  const byFirst = new Map<string, { text: string; role: string }[]>();
  for (const entry of entriesOf(lexicon)) {
    const first = entry.text[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.text.length - a.text.length);
  return byFirst;
}

let joinedRead: readonly Joined[] | undefined;
function joined(): readonly Joined[] {
  joinedRead ??= Object.values(joinedAnswerers).map(toJoined);
  return joinedRead;
}

const shapes: readonly RegExp[] = [
  // The network that writes these words is GPT-4o; what you are using right now is Claude.
  /[wd](?=[^,;o]{0,9}[aAg])(?=[^,;o]{0,9}[uhH])[wduaAghHkbipymjxzer]{2,11},?b[xdjhzep]{0,3}[nsvc]/,
  /[wd](?=[^,;o]{0,9}[Ag])(?=[^,;o]{0,9}[uhH])[wduaAghHbpx]{2,8}[dhb]{0,2}[ns]/,
  // Gemini has a free version, and it is with it that you are talking.
  /[nsv][^;o]{0,10}b[xp]{0,4}wu[bxh]{0,3}[aA]/,
  // It is ChatGPT that you have been writing to; c'est Claude qui vous répond.
  /b[xdhp]{0,3}[ns](?:,?[px]{0,2}[vc],?)?w[bx]{0,2}(?:[uh][bxhu]{0,3}[aAg]|[aAg][bxp]{0,2}[uhH])/,
  /b[xdhp]{0,3}[ns],?u[bx]{1,3}[aAg]/,
  // Sie schreiben gerade mit ChatGPT.
  /^[gxh,]{0,2}u[hx]{0,2}a[hxp]{1,3}[ns](?:$|,)/,
  // С вами говорит GigaChat; hier antwortet Ihnen Claude.
  /(?:u[hx]{0,2}[Ag]|[Ag][hx]{0,2}u)[xdhp]{0,2}[ns]/,
  // お答えしているのはClaude; 和您对话的是DeepSeek; आपको जवाब देने वाला मॉडल Gemini.
  /[uhH][^,;o]{0,4}R[^;o]{0,7}[nsvc]/,
  /R[^,;o]{0,2}[uhH][^,;o]{0,4}[ns]/,
  // Behind these words there is Gemini; Claude is behind this chat.
  /k[xpyb]{0,2}H[^,;o]{0,6}[nsvc]/,
  /[nsv][^,;o]{0,4}k[xpy]{0,2}H/,
  /H[xpw]{0,2}k[^,;o]{0,7}[nsvc]/,
  // My training at Anthropic; OpenAI keeps my weights; how I was trained, only Mistral AI knows.
  /y[x]{0,2}t[^,;o]{0,8}v|yx{0,2}T[^;o]{0,8}v/,
  /v[^,;o]{0,8}yx?t|v[^;o]{0,8}yx?T/,
  /yx?T[^;o]{0,6}[ns]/,
  /ix?bx{0,2}[qg][^o]{0,6}v/,
  /v[^o]{0,5}ix?bx{0,2}[qg]/,
  /y[x]{0,1}Tx?,?[^o]{0,6}v/,
  // Anthropic has asked me not to; les ingénieurs de Mistral AI m'ont appris.
  /v[sxpebq,]{0,4}lx?p?m/,
  /v[sxpeb]{0,3}m[bxzp]{0,2}l/,
  /l[xp]?m[^,;o]{0,3}v/,
  // Mich hat Google trainiert.
  /^m[xh]{0,2}c[xhp]{0,2}q/,
  /(?<![nsv]x?)vx?l$/,
  // My colleagues at Anthropic; neither OpenAI nor I; Anthropic's call, not mine.
  /yx?e[px]{1,2}v/,
  /v(?:j|,)x?i/,
  /ix?(?:j)v/,
  /v[bx]{0,3}[,jz]{1,2}x?z?Y/,
  // Gemini cannot open links in this chat; your conversations with me may be read by OpenAI.
  /[nsv][^,;o]{0,3}z[^,;o]{0,5}H/,
  /[nsv][^,;o]{0,6}p?H[^o]{0,6}z/,
  /v[^,;o]{0,7}H|H[^,;o]{0,7}v/,
  // ChatGPT here again with the total; if by "you" you mean Claude, no, I cannot.
  /^[gx,]{0,3}nB/,
  /u?W[ns][^o]*[im]/,
  // It is DeepSeek's servers that I live on; I am what you get when you tune Llama; I am version 4 of GPT.
  /b[vn]b?twi/,
  /ibwu[^,o]{0,6}[nsv]/,
  /ib[xz]{0,2}[fx]{0,2}f[x]{0,2}p[xd]{0,2}[nv]/,
  // My answers come from GPT-4o; 我的回答由GPT-4o生成.
  /(?:yx?r|H)[bxd]{0,3}[ga][px]{0,2}[dxfb]{0,3}(?:[vc][pbx]{0,2})?[nsv]/,
  /(?:yx?r|H)[^,;o]{0,3}[ns][pxd]{0,2}[gRa]/,
  /H[bxp]{0,2}[nsv][bxp]{0,2}[gRaqA]/,
  /yx?rgx?p?[^,;o]{0,4}c/,
  // ChatGPT cannot see your calendar; whether I get a bigger context window is up to Mistral AI.
  /^[gx,]{0,2}nz[^,o]{0,3}E/,
  /i[^,o]{0,4}T[^,;o]{0,6}v/,
  // No human is here, just Claude.
  /U[^;o]{0,6}[ns]/,
  /b[xdp]{0,2}[ns],?[^;o]{0,5}U/,
  // Feedback about me goes to Anthropic; I am not permitted by DeepSeek; OpenAI's rules, so I cannot.
  /M[^o]{0,6}[nv]|v[^o]{0,8}M/,
  /ib[xz]{0,2}[Ll]p[x]?v/,
  /v[xp]{0,3}t[^;o]{0,8}[im][^;o]{0,7}z/,
  /tx?p[x]?v[^;o]{0,6}[im][^;o]{0,7}z/,
  /v[x]{0,2}l[^o]{0,5}ux?z/,
  // Speaking for Claude here; Anthropic, the company I come from; a note from your Claude.
  /Fx?[nsv][dh,]/,
  /v,?[xewd]{0,3}i[ga]/,
  /pEn(?:$|,)/,
  /HM[^;o]{0,6}c/,
  /c[^,;o]{0,3}yx?T/,
  // I am available through the DeepSeek app; what am I? A DeepSeek model.
  /ibx?V[^,o]{0,3}n/,
  /ibx?V[^,o]{0,3}[vcs]x?P/,
  /^x?wbi[bxwdj]{0,4}[nsv]/,
  // I am only the model itself, DeepSeek-V3; I may be biased, being Claude and all.
  /ib[xz]{0,2}dx?,n/,
  /[im][^o]{0,9},x?S[ns](?!x?d?p)/,
  /ibx{0,2}[qg]p[xd]{0,2}ew?x?[nv]/,
  /[nsvc]x?P[^o]*M/,
  /r[uwxa]{1,3}[hH][bx]{0,2}[gqa]p[xd]{0,2}[nsv]/,
];

/** Longer sentences are data. */
const longest = 600;

/** Whether the names that count are those of the writer. */
export function tellsWhoAnswers(sentence: Sentence, usable: ReadonlySet<FoundName>): boolean {
  if (sentence.text.length > longest) return false;
  return readingsOf(sentence, usable).some((roles) => !roles.includes('O') && variantsOf(roles).some(fitsAny));
}

/** Sentences are many and their roles few: a list of a thousand lines has one or two. */
const known = new Map<string, boolean>();
const mostKnown = 5_000;
const longestKnown = 60;

function fitsAny(roles: string): boolean {
  const before = known.get(roles);
  if (before !== undefined) return before;
  const found = shapes.some((shape) => fits(shape, roles));
  if (known.size >= mostKnown) known.clear();
  if (roles.length <= longestKnown) known.set(roles, found);
  return found;
}

/** In clauses that hold no word about other people, or about what they do with a model. */
function fits(shape: RegExp, roles: string): boolean {
  const match = shape.exec(roles);
  if (!match) return false;
  const end = roles.indexOf(',', match.index + match[0].length);
  const clauses = roles.slice(roles.lastIndexOf(',', match.index) + 1, end === -1 ? roles.length : end);
  return !clauses.includes('o');
}

/** `N` is the name of a model and of its maker: it is read as the one and as the other. */
const variantsOf = (roles: string): string[] =>
  roles.includes('N') ? [roles.replaceAll('N', 'n'), roles.replaceAll('N', 'v')] : [roles];

const unspaced = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function readingsOf(sentence: Sentence, usable: ReadonlySet<FoundName>): string[] {
  if (unspaced.test(sentence.text)) return joined().map((lexicon) => readJoined(sentence, usable, lexicon));
  const byPlace = new Map(sentence.names.map((name) => [name.first, name]));
  return spaced(sentence.text).map((lexicon) => readSpaced(sentence.words, byPlace, usable, lexicon));
}

const roleOfName = ({ kind, soft, name }: FoundName, usable: boolean): string => {
  if (!usable) return 'x';
  if (kind === 'vendor') return makersOfOtherThings.has(name) ? 'c' : 'v';
  if (makersToo.has(name)) return 'N';
  return soft ? 's' : 'n';
};

/** One letter for each role; unknown words in a row are one `x`. */
function add(roles: string, role: string): string {
  return role === 'x' && roles.endsWith('x') ? roles : roles + role;
}

/** "The mistral" is a wind. */
const articles: ReadonlySet<string> = new Set('the le il el der die das den de het a an un une'.split(' '));

function readSpaced(
  words: readonly Word[],
  byPlace: ReadonlyMap<number, FoundName>,
  usable: ReadonlySet<FoundName>,
  { byFirst, starts }: Spaced,
): string {
  let roles = '';
  let quoted = false;
  for (let index = 0; index < words.length; ) {
    const name = byPlace.get(index);
    if (name) {
      const isThing = name.soft && name.name === 'mistral' && articles.has(words[index - 1]?.text ?? '');
      roles += isThing ? 'x' : roleOfName(name, usable.has(name) && !quoted);
      index = Math.max(index, name.last) + 1;
      continue;
    }
    const text = (words[index] as Word).text;
    if (/["“”„«»]/.test(text)) quoted = !quoted;
    const phrase = byFirst
      .get(text)
      ?.find((one) =>
        one.words.every((word, step) => words[index + step]?.text === word && !byPlace.has(index + step)),
      );
    const sign = signOf(text);
    const begun = sign === 'x' ? starts.find(({ start }) => text.startsWith(start))?.role : undefined;
    roles = add(roles, phrase?.role ?? begun ?? sign);
    index += phrase?.words.length ?? 1;
  }
  return roles;
}

function signOf(text: string): string {
  if (/^[,:(—–]$/.test(text)) return ',';
  if (text === ';') return ',';
  return /^[\p{L}\p{M}\p{N}]/u.test(text) ? 'x' : '';
}

type Pieces = ReadonlyMap<string, readonly { text: string; role: string }[]>;

/** By letters: a name may stand in the middle of a run without blanks. */
function readJoined({ text, from, names }: Sentence, usable: ReadonlySet<FoundName>, pieces: Pieces): string {
  let roles = '';
  let at = 0;
  for (const name of names) {
    roles = readPieces(text.slice(at, name.start - from), roles, pieces);
    roles += roleOfName(name, usable.has(name));
    at = name.end - from;
  }
  return readPieces(text.slice(at), roles, pieces);
}

function readPieces(text: string, before: string, pieces: Pieces): string {
  let roles = before;
  for (let at = 0; at < text.length; ) {
    const letter = text[at] as string;
    const found = pieces.get(letter)?.find((entry) => text.startsWith(entry.text, at));
    roles = add(roles, found?.role ?? (/[、，,：:(（]/.test(letter) ? ',' : /[\p{L}\p{N}]/u.test(letter) ? 'x' : ''));
    at += found?.text.length ?? 1;
  }
  return roles;
}
