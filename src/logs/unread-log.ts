/** A log that could not be read: the refusal, with what of it may be tried in another way. */
import { exitCodes, GapcheckError } from '../errors.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { ReadingFlags } from './load-options.ts';

interface Unread {
  /** As people see it; an entry of an archive has the archive before it. */
  file: string;
  /** The first records, from which fields are proposed. */
  records?: readonly JsonObject[];
  /** Readings to try before fields, likeliest first. */
  ways?: readonly ReadingFlags[];
  /** The way out where no reading helps; the default says that nothing is a prompt. */
  hint?: string;
  cause?: unknown;
}

export const nothingIsPrompt = 'nothing in it is a prompt: export the requests themselves, with their texts';

export class UnreadLog extends GapcheckError {
  readonly file: string;
  readonly records: readonly JsonObject[];
  readonly ways: readonly ReadingFlags[];

  constructor(code: string, message: string, { file, records = [], ways = [], hint = nothingIsPrompt, cause }: Unread) {
    super(code, message, { exitCode: exitCodes.userCanFix, hint, cause });
    this.file = file;
    this.records = records;
    this.ways = ways;
  }
}

/** A source as it is named on the command line: an entry of an archive by the archive. */
export const onDisk = (file: string): string =>
  file === 'standard input' ? '-' : file.replace(/(\.(?:zip|tar|tgz|gz|eval))\/.*$/i, '$1');
