/**
 * Masking for display only, the same for every arm; the record keeps the raw text. Reasoning blocks and template
 * tokens go; self-identification and cutoff sentences stand under a neutral mark; code, quotes and everything that
 * the prompt itself names stay. Word lists that strip every "Claude" hit 11 % right (blinding.md §4): only first
 * person and "trained by" count here. Masked text is not anonymous: style still tells.
 */
import type { AnswerView } from './ballot.ts';
import { assistantNames, vendorNames } from './mask-names.ts';

type MaskKind = 'reasoning' | 'template-token' | 'outer-space' | 'self-name' | 'vendor' | 'cutoff';
type MaskCounts = Partial<Record<MaskKind, number>>;

export interface RawAnswer {
  text: string;
  toolCalls?: { name: string; arguments: string }[];
}

export interface Masked {
  view: AnswerView;
  counts: MaskCounts;
}

export interface MaskInput {
  /** Text of the whole prompt: a name that it holds is never masked. */
  promptText: string;
  /** Names of the run's arms (models, vendors), beside the public list. */
  names?: { assistants?: readonly string[]; vendors?: readonly string[] };
}

/** Makes the mask of one prompt: the same function for both answers. A missing answer is `unusable`. */
export function createMask({ promptText, names }: MaskInput): (answer: RawAnswer | undefined) => Masked {
  const unnamed = (name: string): boolean => !promptText.toLowerCase().includes(name.toLowerCase());
  const rules = identityRules(
    [...(names?.assistants ?? []), ...assistantNames].filter(unnamed),
    [...(names?.vendors ?? []), ...vendorNames].filter(unnamed),
  );
  const keepsTokens = templateToken.test(promptText);
  return (answer) => {
    if (!answer) return { view: { kind: 'unusable' }, counts: {} };
    const counts: MaskCounts = {};
    let text = dropReasoning(answer.text, counts);
    if (!keepsTokens) text = outsideCode(text, (prose) => dropTokens(prose, counts));
    text = trimOuter(text, counts);
    text = outsideCode(text, (prose) => outsideQuotes(prose, (part) => maskIdentity(part, rules, counts)));
    const toolCalls = answer.toolCalls?.map(({ name, arguments: args }) => ({ name, arguments: args }));
    if (text === '' && !toolCalls?.length) return { view: { kind: 'unusable' }, counts };
    return { view: { kind: 'text', text, ...(toolCalls?.length ? { toolCalls } : {}) }, counts };
  };
}

/** How many masks a reader would notice: trimmed outer space is none. */
export const noticeableMasks = (counts: MaskCounts): number =>
  Object.entries(counts).reduce((sum, [kind, count]) => (kind === 'outer-space' ? sum : sum + count), 0);

// ───────────────────────────── a) what is not answer ─────────────────────────────

const reasoningBlock = /<(think|thinking|thought|reasoning|reflection)>[\s\S]*?<\/\1>/gi;
/** A template that opens the block itself leaves only its end; a cut-off answer only its start. */
const reasoningHead = /^[\s\S]*?<\/(?:think|thinking|reasoning)>/i;
const reasoningTail = /^\s*<(?:think|thinking|reasoning)>[\s\S]*$/i;
const harmonyAnalysis = /<\|channel\|>(?:analysis|commentary)<\|message\|>[\s\S]*?(?:<\|end\|>|<\|return\|>|$)/g;
const templateToken =
  /<\|[a-zA-Z0-9_ ]{1,40}\|>(?:(?:assistant|user|system|final)\b(?=<\||\n|$))?|<(?:start|end)_of_turn>(?:model\b)?|\[\/?INST\]|<<\/?SYS>>|<\/?s>(?=\s|$)|<(?:bos|eos|pad|unk)>|<｜[^｜<>]{1,40}｜>/;

function dropReasoning(text: string, counts: MaskCounts): string {
  let out = replaceCounting(text, harmonyAnalysis, 'reasoning', counts);
  // Only a block that the answer starts with is reasoning; further down it may be what the prompt asked for.
  if (/^\s*<(?:think|thought|reasoning|reflection)/i.test(out)) {
    out = replaceCounting(out, reasoningBlock, 'reasoning', counts);
    out = replaceCounting(out, reasoningTail, 'reasoning', counts);
  } else if (!/<(?:think|thinking|reasoning)>/i.test(out))
    out = replaceCounting(out, reasoningHead, 'reasoning', counts);
  return out;
}

const dropTokens = (prose: string, counts: MaskCounts): string =>
  replaceCounting(prose, new RegExp(templateToken.source, 'g'), 'template-token', counts);

function trimOuter(text: string, counts: MaskCounts): string {
  // The first line's indentation may be code: only blank lines and prose indentation go.
  const trimmed = text
    .replace(/^(?:[ \t]*\r?\n)+/, '')
    .replace(/^ {1,3}(?=\S)/, '')
    .trimEnd();
  if (trimmed !== text) counts['outer-space'] = (counts['outer-space'] ?? 0) + 1;
  return trimmed;
}

function replaceCounting(text: string, pattern: RegExp, kind: MaskKind, counts: MaskCounts, mark = ''): string {
  return text.replace(pattern, () => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    return mark;
  });
}

// ───────────────────────────── what is never touched ─────────────────────────────

const code = /(^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\2[ \t]*$|$(?![\s\S])))|(`+)[^`\n]+\3/gm;
const quoted = /^>.*$|"[^"\n]{1,400}"|“[^”\n]{1,400}”|«[^»\n]{1,400}»|„[^“\n]{1,400}“/gm;

const outsideCode = (text: string, change: (prose: string) => string): string => outside(text, code, change);
const outsideQuotes = (text: string, change: (prose: string) => string): string => outside(text, quoted, change);

function outside(text: string, kept: RegExp, change: (prose: string) => string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(kept)) {
    out += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + change(text.slice(from));
}

// ───────────────────────────── b) c) who I am, how old I am ─────────────────────────────

interface IdentityRules {
  selfName: RegExp | null;
  vendor: RegExp | null;
}

const version = String.raw`(?:[-\s]?v?\d[\w.-]*)?(?:[-\s](?:Opus|Sonnet|Haiku|Pro|Flash|Ultra|Turbo|Mini|Nano|Instruct|Chat|Large|Small|Medium)\b)*`;
/** First person, close before the name; ASCII and typographic apostrophes; eight languages. */
const firstPerson = [
  String.raw`\bI\s+am(?:\s+called)?`,
  String.raw`\bI['’]m`,
  String.raw`\b[Mm]y\s+name\s+is`,
  String.raw`\b[Cc]all\s+me`,
  String.raw`\b[Aa]s`,
  String.raw`\bI,`,
  String.raw`\b(?:[Ii]ch\s+bin|[Mm]ein\s+Name\s+ist|[Ii]ch\s+heiße|[Aa]ls)`,
  String.raw`\b(?:[Jj]e\s+suis|[Jj]e\s+m['’]appelle|[Ee]n\s+tant\s+que)`,
  String.raw`\b(?:[Ss]oy|[Mm]e\s+llamo|[Ee]u\s+sou|[Ss]ono)`,
  '我是',
  '我叫',
  '作为',
  '私は',
  String.raw`[Яя]\s*[—-]?`,
].join('|');
const between = String.raw`\s*(?:[Aa]n?\s+|[Tt]he\s+|[Ee]ine?\s+|[Uu]ne?\s+)?(?:(?:AI|language|large|virtual|helpful|chat)\s+(?:model|assistant|bot|chatbot)?[,\s]*)*(?:called|named|based\s+on|powered\s+by|namens|appelé)?\s*`;
const madeBy = [
  String.raw`\b(?:trained|made|developed|created|built|designed|provided|released|maintained|hosted|owned|operated)\s+(?:and\s+\w+\s+)?(?:by|at)\s+(?:the\s+)?(?:(?:researchers|engineers|people|team|folks)\s+(?:at|from)\s+)?`,
  String.raw`\b(?:model|assistant|chatbot)\s+(?:by|from|of)\s+`,
  String.raw`\bvon\s+`,
  String.raw`\b(?:par|por|da|de)\s+`,
  '由',
  String.raw`разработан\S*\s+`,
].join('|');
const aboutMe =
  /\b(?:I|I'm|I’m|[Mm]y|me|myself|[Aa]s an? (?:AI|language|large)|language model|AI (?:assistant|model)|[Ii]ch|[Jj]e|[Jj]['’]ai|[Ss]oy|[Ee]u|[Ii]o)\b|我|私|[Яя]\s/u;

function identityRules(assistants: readonly string[], vendors: readonly string[]): IdentityRules {
  // A capitalised word behind it makes it another name (Claude Monet, Gemini Labs); letters beside it another word.
  const other = String.raw`(?![\p{L}\p{N}_]|\s+(?!I\b|AI\b)\p{Lu}\p{Ll})`;
  const before = String.raw`(?<![\p{Script=Latin}\p{N}])`;
  const edge = String.raw`(?![\p{Script=Latin}\p{N}_])`;
  return {
    selfName: assistants.length
      ? new RegExp(`(${firstPerson})(${between})${before}(?:${anyOf(assistants)})${version}${other}`, 'gu')
      : null,
    vendor: vendors.length ? new RegExp(`(${madeBy})${before}(?:${anyOf(vendors)})${edge}`, 'gu') : null,
  };
}

/** Longest first; as written, and in small letters where the name is long enough not to be a word. */
function anyOf(names: readonly string[]): string {
  const spellings = names.flatMap((name) => (name.length > 4 ? [name, name.toLowerCase()] : [name]));
  const escaped = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return escaped.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|');
}

const cutoffClause =
  /\b(?:as of|up to|until|since|after|before) my (?:(?:last|latest|most recent|current) )?(?:(?:knowledge|training|data) )*(?:update|cut-?\s?off|training)(?: date)?(?:\s*(?:in|of|\(|,|is)?\s*(?:(?:early|mid|late)[- ])?(?:January|February|March|April|May|June|July|August|September|October|November|December)?,?\s*(?:20\d\d)\)?)?/gi;
const cutoffSentence =
  /[^.!?\n]*\bmy (?:knowledge|training|training data|data)(?: (?:base|data))?(?:'s|’s)? (?:cut-?\s?off(?: date)?|only (?:goes|extends)|(?:goes|extends|was last updated|is current|ends|stops|is limited))\b[^.!?\n]*[.!?]?/gi;

const cutoffHint = /\bmy (?:knowledge|training|data)\b/i;
/** Sentences of ordinary length; a longer one is data, and the patterns would take seconds on it. */
const longestSentence = 4_000;

function maskIdentity(prose: string, rules: IdentityRules, counts: MaskCounts): string {
  return prose.replace(/[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?\n]*/g, (sentence) =>
    sentence.length > longestSentence ? sentence : maskSentence(sentence, rules, counts),
  );
}

function maskSentence(sentence: string, { selfName, vendor }: IdentityRules, counts: MaskCounts): string {
  const bump = (kind: MaskKind): void => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  let out = replaceCounting(sentence, cutoffClause, 'cutoff', counts, '[as of my training]');
  if (cutoffHint.test(out)) {
    const indent = /^\s*/.exec(out)?.[0] ?? '';
    out = replaceCounting(out, cutoffSentence, 'cutoff', counts, `${indent}[cutoff]`);
  }
  if (selfName)
    out = out.replace(selfName, (_hit, who: string, gap: string) => {
      bump('self-name');
      return `${who}${gap}[assistant]`;
    });
  if (!vendor || !(aboutMe.test(out) || out.includes('[assistant]'))) return out;
  return out.replace(vendor, (_hit, made: string) => {
    bump('vendor');
    return `${made}[vendor]`;
  });
}
