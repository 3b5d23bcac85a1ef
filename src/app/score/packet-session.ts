/** `gapcheck score packet.json`: the same session far from the run. No key here, so frozen order and no early stop. */
import { basename, dirname, join } from 'node:path';
import { type Packet, readPacket } from '../../blind/packet.ts';
import { createPacketPort as packetPort, readBallots } from '../../blind/packet-port.ts';
import { finalVotes, fingerprintWords, votesText } from '../../blind/session/closing-words.ts';
import type { SessionPort } from '../../blind/session/engine.ts';
import { type ExitCode, userError } from '../../errors.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { openVotesFile, type VotesWriter } from '../../store/votes-file.ts';
import { readWholeText } from '../../store/whole-text.ts';
import { plural } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import type { Context } from '../context.ts';
import { shortPath } from '../short-path.ts';
import type { ScoreOptions } from '../verb-options.ts';
import { converse, requireTerminal, sessionExit, sessionOpens } from './converse.ts';

export async function scorePacket(file: string, options: ScoreOptions, context: Context): Promise<ExitCode> {
  const packet = readPacket(readWholeText(file), file);
  if (options.rater !== undefined && options.rater !== packet.rater)
    throw userError(
      'other-rater',
      `This packet was dealt to "${packet.rater}"; sides are dealt per rater.`,
      `ask for one of your own: gapcheck packet --rater ${shellWord(options.rater)} -o FILE`,
    );
  requireTerminal(context, `gapcheck score ${shellWord(shortPath(context.cwd, file))}`);
  const votesPath = join(dirname(file), `${basename(file).replace(/\.json$/i, '')}.votes.jsonl`);
  const lock = takeLock(`${votesPath}.lock`, 'this packet is already being scored in another window');
  try {
    const seal = { id: packet.run, keyCommitment: packet.keyCommitment, token: packet.token };
    const writer = openVotesFile(votesPath, seal, packet.rater, 'plain', context.now().toISOString());
    try {
      return await session(packet, writer, { file, votesPath, options, context });
    } finally {
      writer.close();
    }
  } catch (error) {
    throw cannotWrite(votesPath, error);
  } finally {
    lock.release();
  }
}

interface Place {
  file: string;
  votesPath: string;
  options: ScoreOptions;
  context: Context;
}

async function session(
  packet: Packet,
  writer: VotesWriter,
  { file, votesPath, options, context }: Place,
): Promise<ExitCode> {
  const again = `gapcheck score ${shellWord(shortPath(context.cwd, file))}${options.plain ? ' --plain' : ''}`;
  const before = castVotes(writer.file.lines).length;
  const left = readBallots(packet.ballots, writer.file).length - before;
  context.out(
    `${sessionOpens(packet.rater, before)}: at most ${plural(left, 'ballot')} left. Each vote is saved at once in ${shortPath(context.cwd, votesPath)}.`,
  );
  const end = await converse(packet.rater, createPacketPort(packet, writer, context.now), options, context);
  const cast = castVotes(writer.file.lines);
  const skips = cast.filter(({ choice }) => choice === 'skip').length;
  const shown = shellWord(basename(votesPath));
  if (end === 'done')
    context.out(
      `${finalVotes(packet.rater, cast.length, skips)} ${fingerprintWords(writer.file.lastHash, cast.length)}\nNext: send ${shown} back to whoever sent you ${basename(file)}. They run: gapcheck merge ${shown}`,
    );
  else
    context[end === 'saved' ? 'out' : 'err'](
      `Saved: ${votesText(cast.length, skips)} in ${shortPath(context.cwd, votesPath)}.\nNext: ${again}`,
    );
  return sessionExit[end];
}

export function createPacketPort(packet: Packet, writer: VotesWriter, now: () => Date): SessionPort {
  const append: VotesWriter['append'] = (line) => {
    try {
      return writer.append(line);
    } catch (error) {
      throw cannotWrite('your votes file', error);
    }
  };
  return packetPort(packet, { file: writer.file, append }, now);
}
