/** prompts.jsonl and the files of a week's days: written in pieces, and read back only as what the run froze. */
import { createHash } from 'node:crypto';
import { exitCodes, GapcheckError } from '../errors.ts';
import { oddInPrompt, type PromptRecord } from '../records/prompt-record.ts';
import { oddRecord } from '../records/schema-number.ts';
import { farAbove } from './far-texts.ts';
import { hashFile } from './file-lines.ts';
import { eachLine } from './jsonl.ts';

const pieceCharacters = 1 << 20;

/** The bytes of the file, in pieces: a long run has more of them than a string can hold. */
export function* promptsPieces(prompts: readonly PromptRecord[]): Generator<Buffer> {
  let piece = '';
  for (const prompt of prompts) {
    piece += `${JSON.stringify(prompt)}\n`;
    if (piece.length < pieceCharacters) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** The SHA-256 of prompts.jsonl, which is in run.json. */
export function promptsHash(prompts: readonly PromptRecord[]): string {
  const hash = createHash('sha256');
  for (const piece of promptsPieces(prompts)) hash.update(piece);
  return hash.digest('hex');
}

/** prompts.jsonl as one text: of a day's few prompts. */
export const promptsText = (prompts: readonly PromptRecord[]): string =>
  Buffer.concat([...promptsPieces(prompts)]).toString('utf8');

/** The fields that make a prompt long, and one that differs in each and is hardly looked at. */
export const longFields = [
  'messages',
  'tools',
  'ref',
  'answers',
  'tool_log',
  'source',
] as const satisfies (keyof PromptRecord)[];

/** Throws (exit 5) when the file does not have this SHA-256. */
export function frozenPrompts(
  file: string,
  { sha256, farFrom }: { sha256: string; farFrom: number },
  warnings: string[],
): PromptRecord[] {
  const prompts: PromptRecord[] = [];
  const isFrozen = hashFile(file).sha256 === sha256;
  const far = farAbove<PromptRecord>(file, longFields, farFrom);
  for (const { value, line, from } of eachLine(file, warnings)) {
    const odd = isFrozen ? oddInPrompt(value) : undefined;
    if (odd !== undefined) throw oddRecord(`${file}:${line}`, odd);
    prompts.push(far(value as PromptRecord, from));
  }
  if (!isFrozen) throw changedPrompts(file);
  return prompts;
}

export const changedPrompts = (
  path: string,
  how = 'is not the file that the run froze: its hash differs',
): GapcheckError =>
  new GapcheckError('prompts-changed', `${path} ${how}.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put the file back from a copy, or start a new run',
  });
