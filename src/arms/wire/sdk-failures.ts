/** Every error of the openai and Anthropic SDKs, of their streams and of the connection, as one ArmError. */

import { ArmError } from '../arm.ts';
import { type FailureContext, httpFailure, networkFailure, type WireError } from './failures.ts';
import { errorIn, StatusError } from './guarded-fetch.ts';
import { redactSecrets } from './secrets.ts';

/** An error that came under status 200; its code and text are classified like any other. */
export class StreamError extends Error {
  readonly body: Record<string, unknown>;

  constructor(message: string, body: Record<string, unknown>) {
    super(message);
    this.name = 'StreamError';
    this.body = body;
  }
}

/** `begun`: chunks had arrived, so that a broken connection is a cut reply. */
export function armErrorOf(error: unknown, context: FailureContext, begun: boolean): ArmError {
  if (error instanceof ArmError) return withHost(error, context);
  const inside = errorIn(error, ArmError);
  if (inside) return withHost(inside, context);
  const wire = wireErrorOf(error);
  if (wire) return httpFailure(wire, context, error);
  return networkFailure(error, context, begun);
}

const partialOf = ({ partial }: FailureContext) => (partial ? { partial } : {});

const withHost = (error: ArmError, context: FailureContext): ArmError =>
  error.message.startsWith(context.host)
    ? error
    : new ArmError(error.failure, `${context.host}: ${redactSecrets(error.message, context.keys)}`, {
        ...error,
        ...partialOf(context),
      });

function wireErrorOf(error: unknown): WireError | undefined {
  if (error instanceof StreamError) return fromBody(error.body, error.message);
  const refused = errorIn(error, StatusError);
  if (refused) {
    const { status, headers, sentBytes } = refused;
    return { ...fromBody(refused.body, refused.message), status, headers, sentBytes };
  }
  return undefined;
}

/** OpenRouter and llama.cpp put the status into `code`, LiteLLM as text. */
function fromBody(body: Record<string, unknown>, message: string): WireError {
  const { code, type } = body;
  const status = Number(code);
  const numeric = code !== null && code !== '' && status >= 300 && status < 600 ? { status } : {};
  const codes = { ...(typeof code === 'string' && { code }), ...(typeof type === 'string' && { type }) };
  return { message, ...numeric, ...codes, body };
}
