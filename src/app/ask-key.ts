/** One key in answer to a question on the normal screen. */
import { emitKeypressEvents } from 'node:readline';
import { startedByNpx, typeset } from '../text/typeset.ts';
import type { Context } from './context.ts';

export interface KeyChoice {
  /** `enter`, or a letter. */
  key: string;
  does: string;
}

/** Resolves with the key of one of the choices. Rejects, as any question here does, when Ctrl-C ends it. */
export async function askKey(question: string, choices: readonly KeyChoice[], context: Context): Promise<string> {
  await context.dropTypedAhead?.();
  const { stdin, stdout, env } = context;
  const line = choices.map(({ key, does }) => `${key === 'enter' ? 'Enter' : key} ${does}`).join('   ');
  const columns = stdout.isTTY ? stdout.columns : undefined;
  stdout.write(
    `${typeset(`${question}${question === '' ? '' : '\n'} ${line}`, { npx: startedByNpx(env), columns })}\n`,
  );
  const wasRaw = stdin.isRaw === true;
  emitKeypressEvents(stdin);
  stdin.setRawMode?.(true);
  stdin.resume();
  try {
    return await untilChosen(choices, context);
  } finally {
    stdin.setRawMode?.(wasRaw);
    stdin.pause();
  }
}

interface Keypress {
  name?: string;
  ctrl?: boolean;
}

function untilChosen(choices: readonly KeyChoice[], { stdin, stdout }: Context): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      stdin.off('keypress', listen);
      stdin.off('end', stop);
      finish();
    };
    const stop = (): void => settle(() => reject(Object.assign(new Error('stopped'), { name: 'ExitPromptError' })));
    const listen = (text: string | undefined, { name, ctrl }: Keypress): void => {
      const key = name === 'return' ? 'enter' : (name ?? text ?? '');
      if (ctrl && (name === 'c' || name === 'd')) stop();
      else if (choices.some((choice) => choice.key === key)) settle(() => resolve(key));
      else stdout.write(` ${JSON.stringify(key)} does nothing here.\n`);
    };
    stdin.on('keypress', listen);
    stdin.on('end', stop);
  });
}
