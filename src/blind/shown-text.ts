/** What of a prompt or an answer is laid out: blocks of text, each with its way of being drawn. */
import type { ContentPart, MediaPart, Message } from '../records/prompt-record.ts';
import type { View } from '../records/vote-lines.ts';
import { embeddedImage, imageName, largestImage } from '../text/embedded-image.ts';
import { compactJson, indentJson } from '../text/json-lines.ts';
import { isBlankText } from '../text/judged.ts';
import { looksLikeCode, plainText } from '../text/typography.ts';
import { type DiffFile, diffFiles } from '../text/unified-diff.ts';
import { type AnswerView, type Ballot, unusableSentence } from './ballot.ts';

export interface Block {
  /**
   * `prose` goes through Markdown, `raw` as written, `code` and `diff` keep every space, `label` and the name of an `image`
   * are ours.
   */
  kind: 'prose' | 'raw' | 'code' | 'diff' | 'label' | 'image';
  /** Of an image its name, which a terminal shows in its place. */
  text: string;
  /** data:image/…, of an image that is not too large. */
  url?: string;
}

/** Both answers go through this very function, whichever arm they came from. */
export function answerBlocks(answer: AnswerView, view: View): Block[] {
  if (answer.kind === 'unusable') return [{ kind: 'label', text: unusableSentence }];
  const blocks: Block[] = answer.diff === undefined ? [] : diffBlocks(answer.diff, view);
  if (answer.diff !== undefined && !isBlankText(answer.text)) blocks.push({ kind: 'label', text: 'Last message' });
  const calls = answer.toolCalls ?? [];
  blocks.push(...calls.filter(({ earlier }) => earlier).flatMap(callBlocks));
  if (answer.text !== '') blocks.push(...answerText(answer, view));
  blocks.push(...calls.filter(({ earlier }) => !earlier).flatMap(callBlocks));
  return blocks;
}

/** Text that rests on calls says where it begins: the calls and it are drawn in one column. */
function answerText({ text, toolCalls = [] }: Extract<AnswerView, { kind: 'text' }>, view: View): Block[] {
  const block = textBlock(text, view);
  return toolCalls.some(({ earlier }) => earlier) ? [{ kind: 'label', text: 'then says' }, block] : [block];
}

/** What an agent changed, file by file; as it is written where the rater asks for that. */
function diffBlocks(diff: string, view: View): Block[] {
  if (diff.trim() === '') return [{ kind: 'label', text: 'No file was changed.' }];
  if (view === 'raw') return [{ kind: 'diff', text: diff.trimEnd() }];
  const whole = diff.trimEnd();
  const last = whole.slice(whole.lastIndexOf('\n') + 1);
  const rest = last.startsWith('\\ The rest of this diff') ? last : '';
  const shown = rest === '' ? whole : whole.slice(0, -rest.length);
  const read = diffFiles(shown);
  if (read.length === 0) return [{ kind: 'diff', text: diff.trimEnd() }];
  const files = read.flatMap((file): Block[] => [
    { kind: 'label', text: fileWords(file) },
    ...(file.hunks === '' ? [] : [{ kind: 'diff' as const, text: file.hunks }]),
  ]);
  return rest === '' ? files : [...files, { kind: 'label', text: rest.slice(2) }];
}

function fileWords({ before, after, binary, large, hunks }: DiffFile): string {
  const what = binary ? 'binary file' : large ? 'file, too large to show' : 'file';
  if (before === null) return `New ${what}: ${after ?? ''}`;
  if (after === null) return `Deleted ${what}: ${before}`;
  if (before !== after) return `Moved ${what}: ${before} → ${after}`;
  return binary || large || hunks !== '' ? `Changed ${what}: ${after}` : `Changed rights of ${after}`;
}

/** What an agent did, one line a step. */
export function stepBlocks(answer: AnswerView): Block[] {
  const steps = answer.steps ?? [];
  if (steps.length === 0) return [{ kind: 'label', text: 'No steps are recorded.' }];
  return [{ kind: 'code', text: steps.map(({ kind, text }) => `${kind.padEnd(7)}${text}`.trimEnd()).join('\n') }];
}

/** Some answer of the ballot is an agent's: its steps stand behind a key. */
export const hasSteps = ({ left, right }: Pick<Ballot, 'left' | 'right'>): boolean =>
  [left, right].some((answer) => answer.steps !== undefined || (answer.kind === 'text' && answer.diff !== undefined));

/** The view a ballot opens in: the same for both sides. */
export function defaultView(left: AnswerView, right: AnswerView): View {
  const texts = [left, right].flatMap((answer) => (answer.kind === 'text' && answer.text !== '' ? [answer.text] : []));
  return texts.length > 0 && texts.every(looksLikeCode) ? 'raw' : 'plain';
}

/** The blocks as one text: what offsets into an answer count. */
export const joinedText = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n');

/** What the layout shows, tool calls and indented JSON included: its offsets are those of a difference. */
export const shownText = (answer: AnswerView | undefined, view: View): string =>
  answer ? joinedText(answerBlocks(answer, view)) : '';

function textBlock(text: string, view: View): Block {
  if (view === 'raw') return { kind: looksLikeCode(text) ? 'code' : 'raw', text };
  const json = indentJson(text);
  if (json !== undefined) return { kind: 'code', text: json };
  const [, open = '', inner = '', close = ''] = /^(\s*```\w*\n)([\s\S]*)(\n```\s*)$/.exec(text) ?? [];
  const fenced = inner === '' ? undefined : indentJson(inner);
  return { kind: 'prose', text: plainText(fenced === undefined ? text : open + fenced + close) };
}

/**
 * One printer for every view: blanks between JSON tokens are the server's, not the model's, and must not tell it.
 * Arguments that are no JSON stand as they came.
 */
function callBlocks({ name, arguments: args }: { name: string; arguments: string }): Block[] {
  return [
    { kind: 'label', text: `→ calls ${name}` },
    { kind: 'code', text: indentJson(args) ?? compactJson(args) },
  ];
}

/** The whole prompt: system text and tools apart, turns labelled. */
export function promptBlocks({ messages, tools, recorded = [] }: Readonly<Ballot['prompt']>): Block[] {
  const blocks = messages.flatMap(messageBlocks);
  for (const { name, result } of recorded) {
    const json = indentJson(result);
    blocks.push({ kind: 'label', text: `RECORDED RESULT of ${name}: what this tool gave back in the log` });
    blocks.push(json === undefined ? { kind: 'raw', text: result } : { kind: 'code', text: json });
  }
  for (const tool of tools ?? []) {
    blocks.push({ kind: 'label', text: `TOOL ${tool.name}` });
    const about = [tool.description ?? '', tool.parameters ? JSON.stringify(tool.parameters, null, 1) : ''];
    blocks.push({ kind: 'code', text: about.filter((part) => part !== '').join('\n') });
  }
  return blocks;
}

const roleWords: Record<Message['role'], string> = {
  system: 'SYSTEM',
  developer: 'SYSTEM',
  user: 'USER',
  assistant: 'ASSISTANT',
  tool: 'TOOL RESULT',
};

function messageBlocks({ role, content, name, tool_calls }: Message): Block[] {
  const label: Block = { kind: 'label', text: name ? `${roleWords[role]} ${name}` : roleWords[role] };
  const parts = typeof content === 'string' ? [content] : (content ?? []);
  const body = parts.flatMap((part): Block[] => {
    if (typeof part !== 'string' && part.type === 'media') return [mediaBlock(part)];
    const text = typeof part === 'string' ? part : part.text;
    const json = indentJson(text);
    return text === '' ? [] : [json === undefined ? { kind: 'raw', text } : { kind: 'code', text: json }];
  });
  return [label, ...body, ...(tool_calls ?? []).flatMap(callBlocks)];
}

function mediaBlock(part: MediaPart): Block {
  const image = embeddedImage(part);
  const text = `[${mediaName(part, image)}]`;
  return image && image.bytes <= largestImage ? { kind: 'image', text, url: image.url } : { kind: 'label', text };
}

function mediaName(part: MediaPart, image = embeddedImage(part)): string {
  if (!image) return `${part.media}, not shown`;
  return image.bytes <= largestImage ? imageName(image) : `${imageName(image)}, too large to show`;
}

/** Images of these messages that a page can show. */
export const shownImages = (messages: readonly Message[]): { text: string; url: string }[] =>
  messages.flatMap(({ content }) =>
    (Array.isArray(content) ? content : []).flatMap((part) => {
      const { text, url } = part.type === 'media' ? mediaBlock(part) : {};
      return text !== undefined && url !== undefined ? [{ text, url }] : [];
    }),
  );

/** A terminal cannot show all of this prompt. */
export const hasImage = (messages: readonly Message[]): boolean => shownImages(messages).length > 0;

/** Text of a message; media are named. */
function contentText(content: string | readonly ContentPart[] | null): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : `[${mediaName(part)}]`)).join('\n');
}

/** What a folded prompt says: the last thing a user asked, else the last message. */
export const promptSummary = (messages: readonly Message[]): string =>
  contentText(messages[askedAt(messages)]?.content ?? null);

const askedAt = (messages: readonly Message[]): number => {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return last === -1 ? messages.length - 1 : last;
};

/** What was said before that, one text for each message: without it a rater judges an answer to half a conversation. */
export const earlierTurns = (messages: readonly Message[]): string[] =>
  messages
    .slice(0, Math.max(0, askedAt(messages)))
    .filter(({ role }) => role !== 'system' && role !== 'developer')
    .map(({ role, content, tool_calls }) => {
      const calls = (tool_calls ?? []).map(({ name }) => `calls ${name}`).join(', ');
      return `${roleWords[role]}: ${[contentText(content), calls].filter((text) => text !== '').join(' ')}`;
    });

/** What tools gave back in the log after the question, one text each. It tells no side whose calls were like it. */
export const recordedWords = ({ recorded = [] }: Readonly<Ballot['prompt']>): string[] =>
  recorded.map(({ name, result }) => `${name} → ${compactJson(result).trim() || '(nothing)'}`);

/** Whether something stands behind the question: results of tools that the answer rests on. */
export const goesOn = (messages: readonly Message[]): boolean => askedAt(messages) < messages.length - 1;

/** The rules an answer had to follow: a rater who does not see them judges style alone. */
export function rulesSummary(messages: readonly Message[]): string {
  const rules = messages.filter(({ role }) => role === 'system' || role === 'developer');
  return rules.map(({ content }) => contentText(content)).join(' ');
}

/** Everything the prompt says, for the rule that a name it holds is never masked. */
export const promptText = (messages: readonly Message[]): string =>
  messages.map(({ content }) => contentText(content)).join('\n');
