/** `gapcheck votes export|import`: the arena battle format. Imported votes are votes, but nothing shows they were blind. */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import type { BallotId } from '../../records/ids.ts';
import { pairName } from '../../records/run-record.ts';
import {
  type Battle,
  battleLines,
  battlesOf,
  type PlacedBattle,
  parseBattle,
  parseBattles,
  placeBattle,
  voteOf,
} from '../../releases/arena.ts';
import { toOpenSeal } from '../../report/next-step.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWriteFile } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { fileHead, fileLines } from '../../store/file-lines.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { openVotesFile, readVotesFile } from '../../store/votes-file.ts';
import { readWholeText } from '../../store/whole-text.ts';
import { plural } from '../../text/numbers.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { refuseUnblinded } from '../score/converse.ts';
import { raterName } from '../score/rater-name.ts';
import type { Untimed } from '../score/run-port.ts';
import { openScoring } from '../score/scoring.ts';
import { runWord } from '../short-path.ts';
import type { VotesOptions } from '../verb-options.ts';
import { gather } from './gather.ts';
import { refuseUnsafe } from './refuse-unsafe.ts';
import { recordOpening } from './write-reports.ts';

/** Exit 2 while the run is sealed: battles name their models. Exit 4 or 5 where nothing may rest on the votes. */
export async function exportVotes(ref: string | undefined, options: VotesOptions, context: Context): Promise<ExitCode> {
  const gathered = gather(resolve(context.cwd, options.results ?? 'results'), ref, context);
  const { input, stored } = gathered;
  nameRun(stored.paths.folder, ref, context);
  const { run, pairs, seal } = input;
  if (pairs === 'sealed') throw userError('sealed', `The run is sealed: ${seal.reason}`, toOpenSeal(input));
  refuseUnsafe(input, 'no-export', 'These votes are not exported: whoever reads them would rest on them.');
  await recordOpening(gathered, context);
  const battles = pairs.flatMap(({ pair, evidence }) => battlesOf(run.arms, pair, evidence));
  const text = battleLines(battles);
  if (options.output === undefined) {
    if (text !== '') context.data(text.trimEnd());
    return exitCodes.done;
  }
  const file = resolve(context.cwd, options.output);
  try {
    writeWhole(file, text);
  } catch (error) {
    throw cannotWriteFile(file, error);
  }
  const settled = battles.filter(({ identical }) => identical).length;
  const unread = settled === 0 ? '' : `, ${settled} of them without a vote (identical or no answers, judge "nobody")`;
  context.err(`Wrote ${options.output}: ${plural(battles.length, 'battle')}${unread}.`);
  return exitCodes.done;
}

/** Battles on prompts and models of this run become votes of their judges. Safe to repeat. */
export async function importVotes(words: string[], options: VotesOptions, context: Context): Promise<ExitCode> {
  const { ref, files } = splitWords(words, context.cwd);
  const folder = findRun(resolve(context.cwd, options.results ?? 'results'), ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseUnblinded(stored);
  const { run, prompts } = stored;
  const battles = files.flatMap((file) => readBattles(resolve(context.cwd, file), file));
  const placed = battles.flatMap((battle) => placeBattle(battle, run.arms, run.pairs, prompts) ?? []);
  if (placed.length === 0)
    throw userError(
      'no-battles',
      `None of the ${battles.length} battles is about a prompt and two models of this run.`,
      'question_id must be an id of prompts.jsonl (id or source_id), model_a and model_b the models of run.json',
    );
  const { votes, strangers } = await takeBattles(stored, placed, context);
  const left = battles.length - placed.length + strangers;
  const rest = left > 0 ? ` ${left} are on other prompts or models and were left out.` : '';
  context.out(
    votes === 0 ? `Nothing new.${rest}` : `${votes} votes taken.${rest} Nothing shows that they were cast blind.`,
  );
  context.out(`Next: gapcheck report ${runWord(context.cwd, stored.paths.folder)}`);
  return exitCodes.done;
}

/** JSON lines of any size, or one JSON array. */
function readBattles(path: string, file: string): Battle[] {
  if (/^\ufeff?\s*\[/.test(fileHead(path))) return parseBattles(readWholeText(path), file);
  return [...fileLines(path)].flatMap(({ text = '', line }) => {
    const row = text.replace(/^\ufeff/, '').trim();
    return row === '' ? [] : [parseBattle(row, file, line)];
  });
}

function splitWords(words: string[], cwd: string): { ref: string | undefined; files: string[] } {
  const isFile = (word: string): boolean => existsSync(resolve(cwd, word)) && statSync(resolve(cwd, word)).isFile();
  const [first = '', ...rest] = words;
  const files = isFile(first) ? words : rest;
  const missing = files.find((file) => !isFile(file));
  if (missing === undefined && files.length > 0) return { ref: isFile(first) ? undefined : first, files };
  throw userError('no-file', `There is no file ${missing ?? first}.`, 'gapcheck votes import [run] battles.jsonl');
}

type Entry = { battle: PlacedBattle } & ({ identical: true } | { rater: string; n: number; ballot: BallotId });

/** Vote files by judge, then the ledger in the order of the battles. */
async function takeBattles(
  stored: StoredRun,
  placed: readonly PlacedBattle[],
  context: Context,
): Promise<{ votes: number; strangers: number }> {
  const judges = [...new Set(placed.flatMap(({ battle }) => (battle.identical ? [] : [battle.judge])))];
  const entries = new Map<Battle, Entry>();
  const files: { rater: string; votes: number; lastHash: string }[] = [];
  let strangers = 0;
  for (const judge of judges) {
    const rater = raterName(judge, context);
    const mine = placed.filter(({ battle }) => battle.judge === judge && !battle.identical);
    const taken = takeFrom(stored, rater, mine, context);
    if (taken === 'known') continue;
    for (const entry of taken.entries) entries.set(entry.battle.battle, entry);
    strangers += taken.strangers;
    if (taken.entries.length > 0) files.push({ rater, votes: taken.entries.length, lastHash: taken.lastHash });
  }
  for (const one of placed) if (one.battle.identical) entries.set(one.battle, { battle: one, identical: true });
  await addEvents(stored.paths, context.now, (sofar): Untimed[] => {
    const known = new Set(
      sofar.flatMap((event) => (event.event === 'entered-identical' ? [`${event.prompt} ${event.pair}`] : [])),
    );
    const entering = placed.flatMap(({ battle }): Untimed[] => {
      const entry = entries.get(battle);
      if (!entry) return [];
      const { prompt, pair } = entry.battle;
      if (!('identical' in entry))
        return [{ event: 'entered', rater: entry.rater, n: entry.n, ballot: entry.ballot, prompt }];
      return known.has(`${prompt} ${pairName(pair)}`)
        ? []
        : [
            {
              event: 'entered-identical',
              prompt,
              pair: pairName(pair),
              ...(battle.no_answer && { empty: true as const }),
            },
          ];
    });
    return [
      ...entering,
      ...files.flatMap((file): Untimed[] => [
        { event: 'merged', ...file, imported: true },
        { event: 'finished', ...file },
      ]),
    ];
  });
  return { votes: files.reduce((sum, { votes }) => sum + votes, 0), strangers };
}

/** Throws (exit 2) when this rater has other votes here already. */
function takeFrom(
  stored: StoredRun,
  rater: string,
  battles: readonly PlacedBattle[],
  context: Context,
): { entries: (Entry & { ballot: BallotId })[]; strangers: number; lastHash: string } | 'known' {
  const { paths, run } = stored;
  const lock = takeLock(paths.votesLock(rater), `${rater} is scoring this run right now`);
  try {
    const scoring = openScoring(stored, rater, readEvents(paths));
    const votes = battles.flatMap((battle) => {
      const dealt = scoring.dealt.find(
        ({ prompt, pair, copy }) => prompt === battle.prompt && pair === pairName(battle.pair) && copy === 1,
      );
      return dealt ? [{ battle, dealt, ...voteOf(battle, dealt.aSide) }] : [];
    });
    const before = readVotesFile(paths.votes(rater));
    if (before) {
      const known = new Map(castVotes(before.lines).map((line) => [line.ballot, line.choice]));
      if (votes.every(({ dealt, choice }) => known.get(dealt.id) === choice)) return 'known';
      throw userError(
        'rater-taken',
        `${rater} has other votes in this run already.`,
        'give the judge another name in the file, or import into a run of its own',
      );
    }
    const writer = openVotesFile(paths.votes(rater), run, rater, 'plain', context.now().toISOString());
    try {
      const entries = votes.map(({ battle, dealt, choice, retry }) => {
        const { ms = null, note } = battle.battle;
        const at = context.now().toISOString();
        const line = {
          ballot: dealt.id,
          choice,
          retry,
          view: 'plain' as const,
          ms,
          at,
          ...(note !== undefined && { note }),
        };
        return { battle, rater, n: writer.append(line).n, ballot: dealt.id };
      });
      writer.append({ finish: true, at: context.now().toISOString() });
      return { entries, strangers: battles.length - votes.length, lastHash: writer.file.lastHash };
    } finally {
      writer.close();
    }
  } finally {
    lock.release();
  }
}
