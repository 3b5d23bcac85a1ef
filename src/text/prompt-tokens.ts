/** How long a prompt is: its tokens, from its text alone, and whether that is long. */
import type { ContentPart, Message, PromptRecord } from '../records/prompt-record.ts';

type Asked = Pick<PromptRecord, 'messages' | 'tools' | 'response_format'>;

/** Latin text has about 4 characters a token; other scripts cost about a token for 3 bytes of UTF-8. */
export function estimateTokens(text: string): number {
  let narrow = 0;
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x250) narrow += 1;
    // Half of a surrogate pair stands for two of its four bytes.
    else bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return Math.ceil(narrow / 4 + bytes / 3);
}

/** Role, separators, and the template's own tokens. */
const perMessage = 6;

/** Tokens of everything that is sent: messages, tool calls in them, tools and response format. */
export function promptTokens(prompt: Asked): number {
  let tokens = 0;
  for (const message of prompt.messages) {
    tokens += perMessage + contentTokens(message.content);
    if (message.tool_calls) tokens += estimateTokens(JSON.stringify(message.tool_calls));
  }
  if (prompt.tools) tokens += estimateTokens(JSON.stringify(prompt.tools));
  if (prompt.response_format) tokens += estimateTokens(JSON.stringify(prompt.response_format));
  return tokens;
}

function contentTokens(content: string | ContentPart[] | null): number {
  if (content === null) return 0;
  if (typeof content === 'string') return estimateTokens(content);
  return content.reduce((sum, part) => sum + (part.type === 'text' ? estimateTokens(part.text) : 0), 0);
}

/** Tokens from which a prompt counts as long: in the audit of a log, in its tasks, and in the report. */
export const longPromptTokens = 4_000;

/** The prompt's own tokens decide, never the usage that a log or a server states: those count what others added. */
export function isLongPrompt(prompt: Asked): boolean {
  let length = 0;
  for (const { content } of prompt.messages) length += lengthOf(content);
  // A character is a quarter of a token at least: most texts need no counting.
  if (length >= 4 * longPromptTokens) return true;
  const calls = prompt.messages.some(({ tool_calls }) => tool_calls);
  if (
    length + perMessage * prompt.messages.length < longPromptTokens &&
    !calls &&
    !prompt.tools &&
    !prompt.response_format
  )
    return false;
  return promptTokens(prompt) >= longPromptTokens;
}

const lengthOf = (content: string | ContentPart[] | null): number =>
  content === null
    ? 0
    : typeof content === 'string'
      ? content.length
      : content.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0);

/** Turns of people and assistants from which a conversation counts as long. */
export const manyTurns = 10;

/** Ten turns or more before the answer; what tools gave back is no turn of its own. */
export function hasManyTurns({ messages }: { messages: readonly Pick<Message, 'role'>[] }): boolean {
  if (messages.length < manyTurns) return false;
  return messages.filter(({ role }) => role === 'user' || role === 'assistant').length >= manyTurns;
}
