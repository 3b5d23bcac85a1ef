/** `gapcheck packet`: claims ballots for a rater elsewhere and writes them into one file. */
import { basename, extname, resolve } from 'node:path';
import { packetText } from '../blind/packet.ts';
import { type ExitCode, exitCodes, userError } from '../errors.ts';
import { writeWhole } from '../store/atomic-write.ts';
import { addEvents, readEvents } from '../store/events-file.ts';
import { cannotWrite, findRun, openRun } from '../store/run-folder.ts';
import { readVotesFile } from '../store/votes-file.ts';
import { castVotes, claims } from '../verdicts/ballot-plan.ts';
import type { DealtBallot } from '../verdicts/evidence.ts';
import { packetOrder } from '../verdicts/next-ballot.ts';
import type { Context } from './context.ts';
import { raterName, refuseUnblinded, shellWord } from './converse.ts';
import type { PacketOptions } from './program.ts';
import { identicalEvents, openBallots } from './run-port.ts';
import { openScoring, type Scoring } from './scoring.ts';

/** Exit 2 when nothing is left to give away. Safe to repeat: the same rater gets the same ballots. */
export async function packet(ref: string | undefined, options: PacketOptions, context: Context): Promise<ExitCode> {
  const file = resolve(context.cwd, options.output);
  if (extname(file).toLowerCase() !== '.json')
    throw userError(
      'packet-format',
      `A packet is a .json file; "${basename(file)}" is none.`,
      `gapcheck packet --rater ${shellWord(options.rater)} -o ${shellWord(options.rater)}.json`,
    );
  const stored = openRun(findRun(resolve(context.cwd, options.results ?? 'results'), ref));
  refuseUnblinded(stored);
  const rater = raterName(options.rater, context);
  const scoring = openScoring(stored, rater, readEvents(stored.paths));
  const given = await claimFor(scoring, context);
  if (given.length === 0)
    throw userError(
      'nothing-left',
      `No ballot is left for ${rater}: the others have them all.`,
      'gapcheck more adds prompts of the reserve',
    );
  const { run } = stored;
  const text = packetText({ run: run.id, rater, keyCommitment: run.keyCommitment }, given.map(scoring.ballot));
  try {
    writeWhole(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
  const shown = shellWord(options.output);
  context.out(
    `${given.length} ballots for ${rater} in ${options.output}. Nothing in it names a model; the prompts' own text is in it.`,
  );
  context.out(
    `Next: send it. There: npx gapcheck score ${shown}; back here: gapcheck merge ${shown.replace(/\.json'?$/i, '.votes.jsonl')}`,
  );
  return exitCodes.done;
}

/** Chosen and claimed in one locked moment, so that no two raters get the same prompt. */
async function claimFor(scoring: Scoring, { now }: Context): Promise<DealtBallot[]> {
  const { stored, rater, overlap } = scoring;
  const votes = castVotes(readVotesFile(stored.paths.votes(rater))?.lines ?? []);
  let given: DealtBallot[] = [];
  await addEvents(stored.paths, now, (sofar) => {
    const open = openBallots(scoring, votes, sofar);
    const identical = open.filter(scoring.identical);
    const shown = open.filter((dealt) => !identical.includes(dealt));
    // No key there, so no early stop: the frozen order, with the hidden repeats where they fall.
    given = packetOrder({ run: stored.run, open: shown, dealt: scoring.dealt, share: scoring.share });
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
      ...identicalEvents(identical, sofar),
      ...[...fresh].map((prompt) => ({ event: 'claimed' as const, rater, prompt, packet: true as const })),
    ];
  });
  return given;
}
