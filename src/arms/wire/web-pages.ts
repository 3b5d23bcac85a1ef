/** A web page under status 200: a wrong address where nothing else ever came, else a gateway that is down for a moment. */
import { type Arm, ArmError } from '../arm.ts';
import { plainWords } from './plain-words.ts';

const hint = 'this is a web page, no API: check baseURL';
const shownCharacters = 120;

export const webPage = (text: string): ArmError =>
  new ArmError('garbage', `answered with a web page: ${plainWords(text).slice(0, shownCharacters) || '(nothing)'}`, {
    why: 'garbage',
    hint,
  });

const isWebPage = (error: unknown): error is ArmError => error instanceof ArmError && error.hint === hint;

/** The same arm; while every reply so far was a web page, that is the fault of the setup. */
export function tellWebPages(arm: Arm): Arm {
  let spoke = false;
  return {
    ...arm,
    async call(request, options) {
      try {
        const reply = await arm.call(request, options);
        spoke = true;
        return reply;
      } catch (error) {
        if (!isWebPage(error)) {
          spoke ||= error instanceof ArmError && error.status !== undefined;
          throw error;
        }
        throw new ArmError(error.failure, error.message, {
          ...error,
          cause: error.cause,
          ...(spoke ? { hint: undefined } : { fault: 'setup' }),
        });
      }
    },
  };
}
