/**
 * Keeps a model's thinking apart from its answer. Templates that lack a parser leave `<think>…</think>` in the
 * content; some write the opening tag themselves, so that only `</think>` arrives.
 */
export interface Split {
  text: string;
  reasoning?: string;
}

const tags = '(think|thinking)';
const opened = new RegExp(`^\\s*<${tags}>([\\s\\S]*?)(?:</\\1>|$)`, 'i');
const unopened = new RegExp(`^([\\s\\S]*?)</${tags}>`, 'i');
const anyOpen = new RegExp(`<${tags}>`, 'i');

/** A leading `<think>` block (closed or cut off) or one without its opener; anything else is the answer. */
export function splitReasoning(content: string): Split {
  const block = opened.exec(content);
  if (block) return split(content.slice(block[0].length), block[2] ?? '');
  const tail = unopened.exec(content);
  if (tail && !anyOpen.test(tail[1] ?? '')) return split(content.slice(tail[0].length), tail[1] ?? '');
  return { text: content };
}

function split(rest: string, thought: string): Split {
  const reasoning = thought.trim();
  const text = rest.replace(/^\s+/, '');
  return reasoning ? { text, reasoning } : { text };
}

/** Both what came in a field of its own and what was left in the content. */
export function joinReasoning(field: string, content: string): Split {
  const { text, reasoning } = splitReasoning(content);
  const all = [field, reasoning].filter(Boolean).join('\n');
  return all ? { text, reasoning: all } : { text };
}
