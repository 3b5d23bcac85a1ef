/** What is known before a call: a request that cannot be answered is refused here, without one. */
import { ArmError, type ArmRequest } from '../arm.ts';
import { leastCap } from './parameters.ts';
import { fewestTokens } from './rough-tokens.ts';

export interface Window {
  /** Tokens that are served. */
  tokens: number;
  /** The setting that could be raised, where the model itself has more. */
  raise?: string | undefined;
}

/** Throws ArmError (too-long, context) where even the lowest estimate leaves no room for an answer. */
export function refuseTooLong(request: Pick<ArmRequest, 'messages'>, window: Window | undefined): void {
  if (window === undefined) return;
  const least = fewestTokens(request);
  if (least + leastCap <= window.tokens) return;
  const { tokens, raise } = window;
  throw new ArmError(
    'too-long',
    `does not fit: at least ${count(least)} tokens of ${count(tokens)}, so it was not sent`,
    {
      why: 'context',
      fault: raise === undefined ? 'model' : 'setup',
      ...(raise !== undefined && { hint: raise }),
    },
  );
}

/** What a server says that it cannot take; undefined where it does not say. */
export interface Abilities {
  sees?: boolean | undefined;
  takesTools?: boolean | undefined;
}

/** Some servers take images and tools with 200 and leave them out without a word. Throws ArmError (feature). */
export function refuseUnseen({ sees, takesTools }: Abilities, model: string, request: ArmRequest): void {
  if (sees === false && hasMedia(request)) throw unable(`${model} does not support images`);
  if (takesTools === false && request.tools?.length)
    throw unable(`the chat template of ${model} does not support tools`);
}

const hasMedia = ({ messages }: ArmRequest): boolean =>
  messages.some(({ content }) => Array.isArray(content) && content.some(({ type }) => type === 'media'));

const unable = (message: string): ArmError => new ArmError('bad-request', message, { why: 'feature', fault: 'model' });

const count = (value: number): string => value.toLocaleString('en');
