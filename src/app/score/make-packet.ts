/** `gapcheck packet`: claims ballots for a rater elsewhere and writes them into one file. */
import { basename, dirname, extname, resolve } from 'node:path';
import type { Ballot } from '../../blind/ballot.ts';
import { type PacketHead, packetText } from '../../blind/packet.ts';
import { packetPage } from '../../blind/packet-page.ts';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWriteFile } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { hashing } from '../../store/hashing.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { readVotesFile } from '../../store/votes-file.ts';
import { plural } from '../../text/numbers.ts';
import { printableLine } from '../../text/printable.ts';
import { shellWord } from '../../text/shell.ts';
import { packetOrder } from '../../verdicts/next-ballot.ts';
import { castVotes, claims } from '../../voting/ballot-plan.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import { askKey } from '../ask-key.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { gather } from '../result/gather.ts';
import { runWord } from '../short-path.ts';
import type { PacketOptions } from '../verb-options.ts';
import { refuseUnblinded } from './converse.ts';
import { openBallots } from './open-ballots.ts';
import { givenEvents, tokenFor } from './packet-token.ts';
import { readPageAssets } from './page-assets.ts';
import { raterName } from './rater-name.ts';
import { identicalEvents } from './run-port.ts';
import { unanswered } from './score-run.ts';
import { openScoring, type Scoring } from './scoring.ts';
import { seenWarnings } from './seen-warnings.ts';
import { withdrawPacket } from './withdraw-packet.ts';

/** A voting page hides a report that is open: a person is asked, elsewhere it is said. */
async function mayHideReport({ paths }: StoredRun, rater: string, context: Context): Promise<boolean> {
  const { input } = gather(dirname(paths.folder), paths.folder, context);
  if (input.seal.sealed) return true;
  const hides = `A voting page hides this run's report until ${printableLine(rater)} is done.`;
  const undo = `gapcheck packet ${runWord(context.cwd, paths.folder)} --withdraw ${shellWord(rater)}`;
  if (!context.interactive) {
    context.err(`Note: ${hides} To take it back: ${undo}`);
    return true;
  }
  const key = await askKey(
    `${hides} Make it?`,
    [
      { key: 'enter', does: 'make it' },
      { key: 'q', does: 'quit' },
    ],
    context,
  );
  return key === 'enter';
}

/** Exit 2 when nothing is left to give away. Safe to repeat: the same rater gets the same ballots. */
export async function packet(ref: string | undefined, options: PacketOptions, context: Context): Promise<ExitCode> {
  if (options.withdraw !== undefined) return withdrawPacket(ref, options.withdraw, options, context);
  const { rater: who, output } = needs(options);
  const file = resolve(context.cwd, output);
  const format = formatOf(file, who);
  const folder = findRun(resolve(context.cwd, options.results ?? 'results'), ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseUnblinded(stored);
  const rater = raterName(who, context);
  const scoring = openScoring(stored, rater, readEvents(stored.paths));
  if (isSomethingLeft(scoring) && !(await mayHideReport(stored, rater, context))) return exitCodes.done;
  for (const warning of unanswered(scoring, context)) context.err(warning);
  const { given, token } = await claimFor(scoring, context);
  if (given.length === 0)
    throw userError(
      'nothing-left',
      `No ballot is left for ${rater}: the others have them all.`,
      'gapcheck more   (adds unused prompts)',
    );
  for (const warning of seenWarnings(scoring, given, context)) context.err(warning);
  const { run } = stored;
  const head = { run: run.id, rater, keyCommitment: run.keyCommitment, token };
  const text = format.text(head, given.map(scoring.ballot));
  try {
    writeWhole(file, text);
  } catch (error) {
    throw cannotWriteFile(file, error);
  }
  const shown = shellWord(output);
  context.out(
    `Wrote ${plural(given.length, 'ballot')} for ${printableLine(rater)} to ${output}. It has prompts and answers but no model names.`,
  );
  const votes = shellWord(output.replace(/\.(?:json|html)$/i, '.votes.jsonl'));
  // The votes say which run they belong to; where `merge` does not look by itself, the command says it.
  const at = dirname(folder) === resolve(context.cwd, 'results') ? '' : ` ${runWord(context.cwd, folder)}`;
  context.out(`${format.there(printableLine(rater), shown)} Then run:\nNext: gapcheck merge${at} ${votes}`);
  return exitCodes.done;
}

/** Before anything is said of a page that may not be written. */
function isSomethingLeft(scoring: Scoring): boolean {
  const votes = castVotes(readVotesFile(scoring.stored.paths.votes(scoring.rater))?.lines ?? []);
  return openBallots(scoring, votes, readEvents(scoring.stored.paths)).some(
    (dealt) => scoring.settledAs(dealt) === undefined,
  );
}

function needs({ rater, output }: PacketOptions): { rater: string; output: string } {
  if (rater !== undefined && output !== undefined) return { rater, output };
  throw userError(
    'packet-for-whom',
    `A packet needs ${rater === undefined ? 'a rater: --rater NAME' : 'a file: -o FILE'}.`,
    `gapcheck packet --rater ${shellWord(rater ?? 'maria')} -o ${shellWord(output ?? `${rater ?? 'maria'}.html`)}`,
  );
}

interface PacketFormat {
  text(head: PacketHead, ballots: readonly Ballot[]): string;
  /** What the rater does with it. */
  there(rater: string, shown: string): string;
}

const formats = {
  '.json': {
    text: packetText,
    there: (rater, shown) => `Send it to ${rater}, who runs gapcheck score ${shown} and sends you the file it saves.`,
  },
  '.html': {
    text: (head, ballots) => packetPage(head, ballots, readPageAssets(), hashing.sha256),
    there: (rater) => `Send it. ${rater} opens the page, votes, and sends you the file it saves.`,
  },
} satisfies Record<string, PacketFormat>;

function formatOf(file: string, rater: string): PacketFormat {
  const extension = extname(file).toLowerCase();
  if (Object.hasOwn(formats, extension)) return formats[extension as keyof typeof formats];
  throw userError(
    'packet-format',
    `A packet is a .html page or a .json file; "${basename(file)}" is neither.`,
    `gapcheck packet --rater ${shellWord(rater)} -o ${shellWord(`${rater}.html`)}`,
  );
}

/** Chosen and claimed in one locked moment, so that no two raters get the same prompt. */
async function claimFor(scoring: Scoring, { now }: Context): Promise<{ given: DealtBallot[]; token: string }> {
  const { stored, rater, overlap } = scoring;
  const votes = castVotes(readVotesFile(stored.paths.votes(rater))?.lines ?? []);
  let given: DealtBallot[] = [];
  let token = '';
  await addEvents(stored.paths, now, (sofar) => {
    const open = openBallots(scoring, votes, sofar);
    const identical = open.filter((dealt) => scoring.settledAs(dealt) !== undefined);
    const shown = open.filter((dealt) => !identical.includes(dealt));
    // No key there, so no early stop: the frozen order, with the hidden repeats where they fall.
    given = packetOrder({ open: shown, dealt: scoring.dealt, share: scoring.share });
    if (given.length === 0) return identicalEvents(scoring, identical, sofar);
    token = tokenFor(stored, rater, sofar);
    const held = claims(sofar);
    const fresh = new Set(
      given
        .map(({ prompt }) => prompt)
        .filter((prompt) => {
          const claim = held.get(prompt);
          return !overlap.has(prompt) && !(claim?.rater === rater && claim.packet);
        }),
    );
    return [
      ...identicalEvents(scoring, identical, sofar),
      ...[...fresh].map((prompt) => ({ event: 'claimed' as const, rater, prompt, packet: true as const })),
      ...givenEvents(rater, token, given.length, sofar),
    ];
  });
  return { given, token };
}
