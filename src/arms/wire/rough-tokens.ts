/** Tokens of a request, from its text alone. */
import type { ArmRequest } from '../arm.ts';

type Texts = Pick<ArmRequest, 'messages' | 'tools' | 'responseFormat'>;

const textOf = ({ messages }: Pick<Texts, 'messages'>): string =>
  messages
    .map(({ content, tool_calls }) => {
      const text = Array.isArray(content)
        ? content.map((part) => (part.type === 'text' ? part.text : '')).join('')
        : (content ?? '');
      return text + (tool_calls ? JSON.stringify(tool_calls) : '');
    })
    .join('');

/** On the high side: 3 bytes each. For choosing a window. */
export function roughTokens({ messages, tools, responseFormat }: Texts): number {
  const all =
    textOf({ messages }) +
    (tools ? JSON.stringify(tools) : '') +
    (responseFormat ? JSON.stringify(responseFormat) : '');
  return Math.ceil(Buffer.byteLength(all) / 3) + messages.length * 8;
}

/** Neither high nor low: 4 bytes each. For a cap beside the prompt; a server that counts more says how many. */
export const likelyTokens = (texts: Texts): number => Math.ceil((roughTokens(texts) * 3) / 4);

const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;

/** On the low side: 6 characters each, 2.5 of Chinese, Japanese and Korean; tools and runs of blanks count nothing. */
export function fewestTokens({ messages }: Pick<Texts, 'messages'>): number {
  const text = textOf({ messages }).replace(/\s{2,}/g, ' ');
  const cjk = text.match(dense)?.length ?? 0;
  return Math.floor((text.length - cjk) / 6 + cjk / 2.5);
}
