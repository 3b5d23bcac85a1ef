/**
 * Tokens of chat templates that a server let through. They belong to the template at the two ends of an answer, and to
 * the answer everywhere else.
 */

/** `<|im_start|>`, `<｜end▁of▁sentence｜>`, `[/INST]`, `<eos>`: what templates of open models are made of. */
const token = String.raw`<\|[A-Za-z][\w ]{0,40}\|>|<｜[^｜<>\n]{1,40}｜>|<\|END_OF_TURN_TOKEN\|>|<(?:start|end)_of_turn>|\[\/?INST\]|\[g?MASK\]|\[\/?SYSTEM_PROMPT\]|<<\/?SYS>>|<(?:sop|eop|bos|eos|pad|unk|eod)>`;
/** A turn's head names its role: `<|im_start|>assistant`, `<|channel|>final<|message|>`. */
const role = '(?:assistant|model|user|system|final)';
const atStart = new RegExp(`^\\s*(${token})(?:${role}(?=\\s|<|$))?`);
/** Glued to the text, on a line of its own, or behind the end of a sentence; after a word and a blank it is content. */
const atEnd = new RegExp(`(?:^|(?<=[^ \\t])|(?<=[.!?。！？…:;)\\]}>"'»”*\`\\d|-][ \\t]))(${token})(?:${role})?\\s*$`);
/** No token is longer: only so much of an end is searched. */
const longestEnd = 120;

export interface WithoutTokens {
  text: string;
  /** Tokens that stood at the end: more than none says that the server's template is probably wrong. */
  endTokens: number;
}

/** Takes tokens off both ends, again and again. `promptText`: a token that it holds is content of the answer. */
export function withoutEndTokens(text: string, promptText: string): WithoutTokens {
  const { text: start, endTokens } = withoutEnd(text, promptText);
  const bare = withoutStart(start, promptText);
  const open = withoutOpeningS(bare, promptText);
  // `<s>[INST]`: more of the template may stand behind it.
  return { text: open === bare ? bare : withoutStart(open, promptText), endTokens };
}

/** The text behind the one token that it begins with; undefined where it begins with none, or the prompt holds it. */
export function behindFirstToken(text: string, promptText: string): string | undefined {
  const head = text.slice(0, longestEnd);
  const found = atStart.exec(head) ?? /^\s*(<s>)/.exec(head);
  return found && !promptText.includes(found[1] ?? '') ? text.slice(found[0].length) : undefined;
}

/** The end alone, with its white space: `</s>` and what stands before it are looked at by `withoutEndTokens`. */
function withoutEnd(text: string, promptText: string): WithoutTokens {
  let rest = text.trimEnd();
  for (let endTokens = 0; ; endTokens += 1) {
    const tail = rest.slice(-longestEnd);
    const found = atEnd.exec(tail);
    const bare = found ?? lastClosingS(rest, tail);
    if (!bare || promptText.includes(bare[1] ?? '')) return { text: endTokens === 0 ? text : rest, endTokens };
    rest = rest.slice(0, rest.length - tail.length + bare.index).trimEnd();
  }
}

/** `</s>` closes struck-through text in HTML too: it goes only where it closes nothing. */
function lastClosingS(text: string, tail: string): RegExpExecArray | null {
  const found = /(<\/s>)$/.exec(tail);
  if (!found) return null;
  const before = text.slice(0, -'</s>'.length).replace(/^\s*<s>/, '');
  return before.trim() === '' || before.includes('<s>') || before.includes('</s>') ? null : found;
}

function withoutStart(text: string, promptText: string): string {
  let rest = text;
  for (;;) {
    const found = atStart.exec(rest.slice(0, longestEnd));
    if (!found || promptText.includes(found[1] ?? '')) return rest;
    rest = rest.slice(found[0].length);
  }
}

/** A leading `<s>` is the template's where nothing in the text closes it. */
function withoutOpeningS(text: string, promptText: string): string {
  const found = /^\s*<s>/.exec(text);
  if (!found || promptText.includes('<s>')) return text;
  const rest = text.slice(found[0].length);
  return rest.trim() === '' || rest.includes('</s>') ? text : rest;
}
