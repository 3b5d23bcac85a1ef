/** The process's context with a terminal in it: progress on stderr, the session on the screen. Loaded when used. */
import { setFlagsFromString } from 'node:v8';
import { type Context, isDumb, processContext, type World } from '../app/context.ts';
import { startedByNpx, typeset } from '../text/typeset.ts';

export function terminalContext(world: World = process): Context {
  const context = processContext(world);
  const { env, stdin, stdout, stderr, now } = context;
  return {
    ...context,
    // V8 lets garbage grow to the size of what is used; this holds it to a tenth.
    collectOften: () => setFlagsFromString('--heap-growing-percent=10'),
    async showProgress({ session }) {
      const { createProgress } = await import('../terminal/progress.ts');
      const stream = {
        write: (text: string) => stderr.write(typeset(text, { npx: startedByNpx(env), columns: undefined })),
        get columns() {
          return stderr.columns;
        },
      };
      return createProgress({ stream, interactive: stderr.isTTY === true && !isDumb(env), now, session });
    },
    async dropTypedAhead() {
      const { dropTypedAhead } = await import('../terminal/typed-ahead.ts');
      await dropTypedAhead(stdin);
    },
    async holdSession({ rater, port, plain }) {
      const session = { rater, port, input: stdin, output: stdout, env, now: () => performance.now() };
      if (plain) return (await import('../terminal/plain-session.ts')).runPlainSession(session);
      return (await import('../terminal/session-loop.ts')).runSession(session);
    },
  };
}
