/** What an open model can be asked at all, and why a request is not for it. A route covers nothing else. */
import type { ContentPart, PromptRecord } from '../records/prompt-record.ts';
import type { RouteCover } from '../records/routes-record.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { count, listed } from '../text/numbers.ts';
import { promptTokens } from '../text/prompt-tokens.ts';

type Described = Pick<ArmRecord, 'contextServed' | 'contextAsked' | 'contextMax' | 'capabilities'>;

export function coverOf(arm: Described): RouteCover {
  const { contextServed, contextAsked, contextMax, capabilities } = arm;
  const contextTokens = contextServed ?? contextAsked ?? contextMax ?? null;
  const knows = (name: string): boolean | null => capabilities?.includes(name) ?? null;
  const [tools, images] = [knows('tools'), knows('vision')];
  const without = [...(tools === false ? ['tools'] : []), ...(images === false ? ['images'] : [])];
  const window = contextTokens === null ? '' : `up to ${count(contextTokens)} tokens, answer included`;
  const parts = [window, without.length > 0 ? `no ${listed(without)}` : ''].filter((part) => part !== '');
  return {
    contextTokens,
    tools,
    images,
    words: parts.length === 0 ? 'What open can be asked is not known.' : `Open can be asked: ${parts.join('; ')}.`,
  };
}

type Asked = Pick<PromptRecord, 'messages' | 'tools' | 'response_format' | 'params'>;

/** Why this request goes to closed at once; undefined where open can be asked. */
export function notCovered(cover: RouteCover, asked: Asked, maxTokens: number): string | undefined {
  if (cover.tools === false && (asked.tools?.length ?? 0) > 0) return 'open takes no tools';
  if (cover.images === false && asked.messages.some(({ content }) => hasMedia(content))) return 'open takes no images';
  if (cover.contextTokens === null) return undefined;
  const needed = promptTokens(asked) + Math.min(asked.params?.max_tokens ?? maxTokens, leastAnswer);
  return needed > cover.contextTokens
    ? `about ${count(needed)} tokens do not fit open's window of ${count(cover.contextTokens)}`
    : undefined;
}

/** Room for an answer; a longer cap shrinks to the window, as in a run. */
const leastAnswer = 16;

const hasMedia = (content: string | ContentPart[] | null): boolean =>
  Array.isArray(content) && content.some(({ type }) => type !== 'text');
