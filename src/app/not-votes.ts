/** What `merge` was given instead of votes, and what to type with it: the files around a session look alike by name. */
import { basename } from 'node:path';
import { GapcheckError, userError } from '../errors.ts';
import { fileHead } from '../store/file-lines.ts';
import { readVotesHeader } from '../store/votes-file.ts';
import { shellWord } from '../text/shell.ts';
import { shortPath } from './short-path.ts';

/** Throws (exit 2) when a file is of another kind; what is wrong within a votes file is said when it is taken. */
export function refuseOtherKinds(path: string, cwd: string): void {
  try {
    readVotesHeader(path);
  } catch (error) {
    if (error instanceof GapcheckError && error.code === 'not-votes') throw otherKind(path, cwd, error);
  }
}

function otherKind(path: string, cwd: string, cause: GapcheckError): GapcheckError {
  const text = fileHead(path);
  const name = basename(path);
  const shown = shellWord(shortPath(cwd, path));
  const votes = shellWord(shortPath(cwd, path).replace(/\.[^.]*$/, '.votes.jsonl'));
  const not = (what: string, next: string): GapcheckError => userError('not-votes', `${name} ${what}`, next, cause);
  if (/^\s*<!doctype html/i.test(text))
    return not('is a page to vote in, not votes.', `open it in a browser, vote, save, then gapcheck merge ${votes}`);
  if (isPacket(text))
    return not('is a packet: ballots to vote on, not votes.', `gapcheck score ${shown}, then gapcheck merge ${votes}`);
  if (/^\s*(?:\[\s*)?\{[^\n]*"model_a"/.test(text))
    return not('holds battles, not votes of a packet.', `gapcheck votes import ${shown}`);
  return not(
    'holds no votes: those that come back from a packet are in a file that ends in .votes.jsonl.',
    'gapcheck merge NAME.votes.jsonl',
  );
}

/** As gapcheck writes it, the ballots come first; an editor may have put every key on a line of its own. */
const isPacket = (head: string): boolean => /^\s*\{\s*"ballots"\s*:/.test(head) || /"kind"\s*:\s*"packet"/.test(head);
