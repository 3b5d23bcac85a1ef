/**
 * Prompts before there is a run to freeze them in: beyond 16 MB of texts they wait in a temporary file, and each is
 * read when it is used. The file has no name, so that it goes with the process however that ends.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PromptRecord } from '../records/prompt-record.ts';
import { writeAll } from './atomic-write.ts';
import { cannotWrite } from './cannot-write.ts';
import { farFromBytes, farRecords } from './far-texts.ts';
import { longFields } from './prompts-file.ts';

const pieceCharacters = 1 << 16;

/** `isLarge` is called once, when the first record goes into the file. */
export function openSpool({ farFrom = farFromBytes, isLarge }: { farFrom?: number; isLarge?: () => void } = {}) {
  return new PromptSpool(farFrom, isLarge);
}

class PromptSpool {
  readonly #farFrom: number;
  readonly #isLarge: (() => void) | undefined;
  readonly #far = farRecords<PromptRecord>(longFields, (bytes, from) => this.#readAt(bytes, from));
  #held = 0;
  #file: { fd: number; remove(): void } | undefined;
  /** Bytes that were written or wait. */
  #end = 0;
  #waiting = '';

  constructor(farFrom: number, isLarge: (() => void) | undefined) {
    this.#farFrom = farFrom;
    this.#isLarge = isLarge;
  }

  /** The record with texts of its own, or in the file: it reads the same. Throws (exit 2) when the disk refuses it. */
  readonly hold = <T extends object>(record: T): T => {
    const text = JSON.stringify(record);
    const own = JSON.parse(text) as T;
    if (this.#held <= this.#farFrom) {
      this.#held += text.length;
      return own;
    }
    return this.#far(own as PromptRecord, this.#append(`${text}\n`)) as T;
  };

  /** Where the line begins, in bytes. */
  #append(line: string): number {
    const from = this.#end;
    this.#waiting += line;
    this.#end += Buffer.byteLength(line);
    if (this.#waiting.length >= pieceCharacters) this.#flush();
    return from;
  }

  #flush(): void {
    if (this.#waiting === '') return;
    try {
      if (this.#file === undefined) this.#isLarge?.();
      this.#file ??= fileWithoutName();
      writeAll(this.#file.fd, Buffer.from(this.#waiting));
      this.#waiting = '';
    } catch (error) {
      throw cannotWrite(tmpdir(), error);
    }
  }

  #readAt(bytes: Buffer, from: number): number {
    this.#flush();
    return this.#file ? readSync(this.#file.fd, bytes, 0, bytes.length, from) : 0;
  }

  /** What it holds cannot be read any more. */
  [Symbol.dispose](): void {
    if (this.#file === undefined) return;
    closeSync(this.#file.fd);
    this.#file.remove();
    this.#file = undefined;
  }
}

/** A system that deletes no open file does it at the end. */
function fileWithoutName(): { fd: number; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-'));
  const fd = openSync(join(folder, 'prompts'), 'wx+', 0o600);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    remove();
    return { fd, remove: () => {} };
  } catch {
    process.once('exit', remove);
    return { fd, remove };
  }
}
