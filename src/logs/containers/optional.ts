/** Readers that are installed only by those who need them. */
import { causeCode, userError } from '../../errors.ts';

/** The module, or exit 2 with the line that installs it and the way without it. */
export async function optional<T>(load: () => Promise<T>, file: string, what: string, hint: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = causeCode(error);
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw userError('logs.optional', `${file} is ${what}, and its reader is not installed.`, hint, error);
  }
}
