/** Jobs on one results folder take turns. */
import { join } from 'node:path';
import { type ExitCode, GapcheckError } from '../../errors.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { type Lock, takeLock } from '../../store/folder-lock.ts';
import type { Context } from '../context.ts';

/** Jobs on one results folder take turns: the second finds the first one's answers and asks nothing again. */
export async function withTurn(results: string, context: Context, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const lock = await turn(join(results, '.ci.lock'), context);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

const longestWaitMs = 60 * 60_000;

async function turn(path: string, context: Context): Promise<Lock> {
  const deadline = performance.now() + longestWaitMs;
  for (let said = false; ; said = true) {
    try {
      return takeLock(path, 'Another gapcheck ci works in this results folder');
    } catch (error) {
      const busy = error instanceof GapcheckError && error.code === 'locked';
      if (!busy) throw cannotWrite(path, error);
      if (performance.now() > deadline) throw error;
      if (!said) context.err(`${error.message} Waiting for it.`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
