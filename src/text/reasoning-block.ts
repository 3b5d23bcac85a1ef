/**
 * The block of thought in front of an answer. It counts only as the very first thing of a text: further down, or where
 * the prompt names its tag, it is what the model wanted to say.
 */

/** A way of marking thought. The last group of `opens` is the tag's name where the closing tag repeats it. */
interface Frame {
  opens: RegExp;
  closes: RegExp;
  /** As a prompt would name it. */
  names: readonly string[];
  /** What templates put around the answer behind it. */
  wraps?: { opens: RegExp; closes: RegExp };
}

const htmlFrame = (name: string): Frame => ({
  opens: new RegExp(`^<${name}\\s*>`, 'i'),
  closes: new RegExp(`</${name}\\s*>`, 'i'),
  names: [`<${name}>`, `</${name}>`, `${name} tag`, `${name}' tag`, `${name}" tag`, `${name}\` tag`],
});

const response = { opens: /^\s*<\|START_RESPONSE\|>/, closes: /<\|END_RESPONSE\|>\s*$/ };
const solution = { opens: /^\s*<\|begin_of_solution\|>/, closes: /<\|end_of_solution\|>\s*$/ };

const frames: readonly Frame[] = [
  ...['think', 'thinking', 'thought', 'reasoning', 'seed:think', 'antThinking'].map(htmlFrame),
  { opens: /^\[THINK\]/i, closes: /\[\/THINK\]/i, names: ['[THINK]', '[/THINK]'] },
  { opens: /^◁think▷/i, closes: /◁\/think▷/i, names: ['◁think▷', '◁/think▷'] },
  {
    opens: /^<\|START_THINKING\|>/,
    closes: /<\|END_THINKING\|>/,
    names: ['<|START_THINKING|>', '<|END_THINKING|>'],
    wraps: response,
  },
  {
    opens: /^<\|begin_of_thought\|>/,
    closes: /<\|end_of_thought\|>/,
    names: ['<|begin_of_thought|>', '<|end_of_thought|>'],
    wraps: solution,
  },
];

const wanted = (names: readonly string[], promptText: string): boolean =>
  names.some((name) => promptText.includes(name.toLowerCase()));

export interface Split {
  text: string;
  reasoning?: string;
}

export interface SplitOptions {
  /** What the prompt says, in small letters: a tag that it names is content. */
  promptText: string;
  /** The end of the arm's chat template, where the server tells it: `<think>\n`. */
  templateEnds?: string | undefined;
  /** The token limit ended the answer. */
  cutOff: boolean;
}

/** Splits a text into its leading block of thought and the answer behind it. */
export function splitReasoning(content: string, options: SplitOptions): Split {
  const start = /^\s*/.exec(content)?.[0].length ?? 0;
  const text = content.slice(start);
  const harmony = splitHarmony(text, options);
  if (harmony) return harmony;
  const mayOpen = /^[<[◁]/.test(text);
  for (const frame of mayOpen ? frames : []) {
    if (wanted(frame.names, options.promptText)) continue;
    const opened = frame.opens.exec(text.slice(0, 40));
    if (opened) return splitFrame(text.slice(opened[0].length), frame, options) ?? { text: content };
  }
  return splitOpenedByTemplate(text, options) ?? { text: content };
}

/** Undefined where a block without an end is a sentence about its tag ("<think> is opened by the model"). */
function splitFrame(inner: string, { closes, wraps }: Frame, { cutOff }: SplitOptions): Split | undefined {
  const closed = closes.exec(inner);
  const isSentence = !cutOff && /^ \p{Ll}[^\n]{0,400}$/u.test(inner.trimEnd());
  if (!closed) return isSentence ? undefined : { text: '', reasoning: inner.trim() };
  const rest = inner.slice(closed.index + closed[0].length);
  const answer = wraps?.opens.test(rest) ? rest.replace(wraps.opens, '').replace(wraps.closes, '') : rest;
  return { text: answer, reasoning: inner.slice(0, closed.index).trim() };
}

/** The template itself wrote the opening tag: the text up to the first closing tag is thought. */
function splitOpenedByTemplate(text: string, { templateEnds, cutOff, promptText }: SplitOptions): Split | undefined {
  const tail = templateEnds?.trimEnd() ?? '';
  if (tail === '') return undefined;
  const frame = frames.find(({ opens }) => {
    const tag = /(?:<[^<>]*>|\[[^[\]]*\]|◁[^◁▷]*▷)$/.exec(tail)?.[0];
    return tag !== undefined && opens.test(tag);
  });
  if (!frame || wanted(frame.names, promptText)) return undefined;
  const closed = frame.closes.exec(text);
  if (closed)
    return { text: text.slice(closed.index + closed[0].length), reasoning: text.slice(0, closed.index).trim() };
  return cutOff ? { text: '', reasoning: text.trim() } : undefined;
}

// ───────────────────────────── channels of gpt-oss ─────────────────────────────

const analysis = /^(?:<\|start\|>assistant)?\s*<\|channel\|>\s*analysis\s*<\|message\|>/;
const endOfMessage = /<\|(?:end|return)\|>/;
const final =
  /^\s*(?:<\|start\|>assistant\s*)?<\|channel\|>\s*final[^<>|]{0,80}(?:<\|constrain\|>[^<>|]{0,40})?<\|message\|>/;
/** Servers without the template drop the marks and keep the words; only this exact frame is split. */
const bareFinal = /assistantfinal(?=[\p{Lu}\p{Lo}\p{N}\p{Ps}\p{Pi}"'`*#|<-])/u;

function splitHarmony(text: string, { promptText }: SplitOptions): Split | undefined {
  if (!promptText.includes('<|channel|>') && analysis.test(text.slice(0, 120))) return splitChannels(text);
  if (!/^analysis(?!:)/.test(text) || promptText.includes('assistantfinal')) return undefined;
  const found = bareFinal.exec(text);
  if (!found) return undefined;
  return {
    text: text.slice(found.index + found[0].length),
    reasoning: text.slice('analysis'.length, found.index).trim(),
  };
}

function splitChannels(text: string): Split {
  const thoughts: string[] = [];
  let rest = text;
  for (let head = analysis.exec(rest); head; head = analysis.exec(rest)) {
    const inner = rest.slice(head[0].length);
    const end = endOfMessage.exec(inner);
    thoughts.push(inner.slice(0, end?.index ?? inner.length).trim());
    rest = end ? inner.slice(end.index + end[0].length).trimStart() : '';
  }
  return { text: rest.replace(final, ''), reasoning: thoughts.join('\n') };
}

// ───────────────────────────── tags without a partner ─────────────────────────────

const closingTag = /<\/(?:think|thinking|thought|reasoning|seed:think|antThinking)\s*>|\[\/THINK\]|◁\/think▷/i;

/** A closing tag whose opening one is not in the text: the template probably wrote that one. */
export function strayClosingTag(text: string, promptText: string): string | undefined {
  if (!/[<[◁]\//.test(text)) return undefined;
  const found = closingTag.exec(text);
  if (!found || promptText.includes(found[0].toLowerCase())) return undefined;
  const opening = found[0].replace('/', '').toLowerCase();
  return text.slice(0, found.index).toLowerCase().includes(opening) ? undefined : found[0];
}
