/** What scoring needs of a run folder: the deal of one rater, the answers, the masks. Everything here knows the key. */
import { harnessNames } from '../../blind/agent-names.ts';
import type { Ballot } from '../../blind/ballot.ts';
import { createMask, type MaskInput, noticeableMasks, type RawAnswer } from '../../blind/mask.ts';
import { type NameList, nameList } from '../../blind/name-list.ts';
import { openingOf, type PromptKind } from '../../blind/session/leave-out.ts';
import { createNameSearch } from '../../blind/shown-names.ts';
import { hasImage, promptSummary, promptText } from '../../blind/shown-text.ts';
import { promptLanguage } from '../../checks/prompt-language.ts';
import { isModel } from '../../records/arm-where.ts';
import type { PromptId } from '../../records/ids.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { type ArmRecord, type PairRecord, pairName, type RunRecord } from '../../records/run-record.ts';
import { type Trial, trialKey } from '../../runs/trial.ts';
import { raterShares } from '../../stats/rater-shares.ts';
import { hashing } from '../../store/hashing.ts';
import { readKey, type StoredRun } from '../../store/run-folder.ts';
import type { Known } from '../../text/judged.ts';
import { lastRequest } from '../../text/message-text.ts';
import { recordedResults } from '../../text/recorded-results.ts';
import { answerKey } from '../../text/same-answer.ts';
import { sharedOpenings } from '../../text/shared-opening.ts';
import type { ArmMasks } from '../../verdicts/rater-quality.ts';
import { overlapPrompts } from '../../voting/ballot-plan.ts';
import {
  answerOf,
  ballotsOf,
  type DealtBallot,
  judgedAnswer,
  settledAs,
  type TwoTexts,
  toBallot,
} from '../../voting/ballots.ts';
import { questionsOf } from '../../voting/questions.ts';
import { isBalloted } from '../../voting/what-came.ts';
import { allTrials } from '../run-trials.ts';
import { type SeenAt, seenTexts } from './seen-texts.ts';

export interface Scoring {
  stored: StoredRun;
  rater: string;
  /** Every ballot this rater could get, copies of a prompt together, in frozen order. */
  dealt: DealtBallot[];
  byId: ReadonlyMap<string, DealtBallot>;
  overlap: ReadonlySet<PromptId>;
  /** Ballots this rater reads at most, those of `more` included. */
  share: number;
  /** Both answers are there, whatever the checks say of them. What the server refused or nothing brought is missing. */
  answered(dealt: DealtBallot): boolean;
  /** An answer is missing, and no start of the run brings it. */
  isLost(dealt: DealtBallot): boolean;
  /** Why nobody is asked about this ballot; undefined where a rater is. */
  settledAs(dealt: DealtBallot): 'identical' | 'no-answer' | undefined;
  ballot(dealt: DealtBallot): Ballot;
  taskOf(dealt: DealtBallot): string;
  /** Its language, and whether it holds an image. */
  kindOf(prompt: PromptId): PromptKind;
  /** How many of its answers the rater had read beside a model's name at that time, ms since the epoch. */
  seen(dealt: DealtBallot, at: number): 'one' | 'both' | undefined;
  trials: Record<string, Map<string, Trial>>;
}

/** Reads the key, and the answers where they are not given. Throws (exit 5) when the seal is broken. */
export function openScoring(
  stored: StoredRun,
  rater: string,
  events: readonly RunEvent[],
  trials: Scoring['trials'] = allTrials(stored, events),
): Scoring {
  const { run, prompts } = stored;
  const seed = readKey(stored);
  const { plan, draws } = questionsOf(run, prompts, events);
  const dealt = ballotsOf(run, seed, rater, { plan, draws }, hashing);
  const viewer = createViewer(stored, trials, () => [...plan, ...draws.flat()].map(({ id }) => id));
  const more = draws.reduce((sum, draw) => sum + draw.length, 0);
  const overlap = overlapPrompts(run, plan, seed, hashing);
  return {
    stored,
    rater,
    dealt,
    byId: new Map(dealt.map((ballot) => [ballot.id, ballot])),
    overlap,
    share:
      ((raterShares(plan.length, Math.max(1, run.settings.raters), overlap.size)[0] ?? 0) + more) * run.pairs.length,
    seen: seenIn(stored, rater, trials),
    ...viewer,
  };
}

/** Reads the runs beside this one only when somebody asks. */
function seenIn(stored: StoredRun, rater: string, trials: Scoring['trials']): Scoring['seen'] {
  let seenAt: SeenAt | undefined;
  const pairs = new Map(stored.run.pairs.map((pair) => [pairName(pair), pair]));
  return ({ prompt, pair }, at) => {
    seenAt ??= seenTexts(stored, rater);
    const { a, b } = known(pairs.get(pair), pair);
    const sides = [a, b].filter((arm) => {
      const answer = answerOf(trials[arm]?.get(trialKey(prompt, 1)));
      const since = answer && seenAt?.(prompt, answerKey(answer));
      return since !== undefined && since <= at;
    }).length;
    return sides === 0 ? undefined : sides === 1 ? 'one' : 'both';
  };
}

function createViewer(
  { run, prompts }: StoredRun,
  trials: Scoring['trials'],
  asked: () => readonly PromptId[],
): Pick<Scoring, 'answered' | 'isLost' | 'settledAs' | 'ballot' | 'trials' | 'taskOf' | 'kindOf'> {
  const names = namesOf(run);
  const byPrompt = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const byPair = new Map(run.pairs.map((pair) => [pairName(pair), pair]));
  const trialOf = (arm: string, prompt: PromptId) => trials[arm]?.get(trialKey(prompt, 1));
  const templates = new Map(run.arms.map(({ name, templateEnds }) => [name, templateEnds]));
  const knownOf = (arm: string, prompt: PromptId): Known => ({
    prompt: known(byPrompt.get(prompt), prompt),
    templateEnds: templates.get(arm),
  });
  const pairOf = ({ pair }: DealtBallot): PairRecord => known(byPair.get(pair), pair);
  const kinds = new Map<PromptId, PromptKind>();
  const sharedIn = sharedBeginnings(() => asked().map((id) => known(byPrompt.get(id), id)));
  // Answers of a run do not change while somebody votes on them.
  const settled = new Map<string, 'identical' | 'no-answer' | undefined>();
  const kindOf = (id: PromptId): PromptKind => {
    const found = kinds.get(id) ?? promptKind(known(byPrompt.get(id), id), sharedIn(id));
    kinds.set(id, found);
    return found;
  };
  const ballot = (dealt: DealtBallot): Ballot => {
    const pair = pairOf(dealt);
    const prompt = known(byPrompt.get(dealt.prompt), dealt.prompt);
    const answers = new Map<string, RawAnswer>();
    for (const arm of [pair.a, pair.b]) {
      const answer = judgedAnswer(trialOf(arm, dealt.prompt), knownOf(arm, dealt.prompt));
      if (answer) answers.set(arm, answer);
    }
    const { language } = kindOf(dealt.prompt);
    const shared = sharedIn(dealt.prompt);
    const shown = toBallot(dealt, prompt, pair, answers, createMask(maskInput(names, prompt)));
    return { ...shown, ...(language !== undefined && { language }), ...(shared > 0 && { shared }) };
  };
  return {
    trials,
    taskOf: ({ prompt }) => known(byPrompt.get(prompt), prompt).task,
    kindOf,
    ballot,
    answered: (dealt) => {
      const pair = pairOf(dealt);
      return [pair.a, pair.b].every((arm) => isBalloted(trialOf(arm, dealt.prompt)));
    },
    isLost: (dealt) => {
      const { a, b } = pairOf(dealt);
      return [a, b].some((arm) => trialOf(arm, dealt.prompt)?.forGood === true);
    },
    settledAs: (dealt) => {
      const key = `${dealt.prompt} ${dealt.pair}`;
      if (settled.has(key)) return settled.get(key);
      const { a, b } = pairOf(dealt);
      const texts = (arm: string): TwoTexts => {
        const trial = trialOf(arm, dealt.prompt);
        return { recorded: answerOf(trial), judged: judgedAnswer(trial, knownOf(arm, dealt.prompt)) };
      };
      const found = settledAs(texts(a), texts(b));
      settled.set(key, found);
      return found;
    },
  };
}

const promptKind = ({ messages }: Pick<PromptRecord, 'messages'>, shared: number): PromptKind => ({
  language: promptLanguage(messages, shared),
  image: hasImage(messages),
  opening: openingOf(messages, shared),
});

/** Where an image stands among the words, no place in them is the same on the screen. */
const wordsAlone = (messages: PromptRecord['messages']): string => {
  const words = lastRequest(messages);
  return words === promptSummary(messages) ? words : '';
};

/** How much of a prompt's last request others begin with as well; found when the first one is shown. */
function sharedBeginnings(asked: () => readonly PromptRecord[]): (id: PromptId) => number {
  let found: ReadonlyMap<PromptId, number> | undefined;
  return (id) => {
    if (!found) {
      const prompts = asked();
      const shared = sharedOpenings(prompts.map(({ messages }) => wordsAlone(messages)));
      found = new Map(prompts.map((prompt, at) => [prompt.id, shared[at] ?? 0]));
    }
    return found.get(id) ?? 0;
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not in this run`);
  return value;
}

/** Per arm, over the answers of these prompts: what was masked, and which names are still on the screen. For the report. */
export function maskCounts(
  run: Pick<RunRecord, 'arms'>,
  prompts: readonly PromptRecord[],
  trials: Readonly<Record<string, ReadonlyMap<string, Trial>>>,
): Record<string, ArmMasks> {
  const counts: Record<string, ArmMasks> = {};
  const names = namesOf(run);
  const searched = prompts.map((prompt) => {
    const known = maskInput(names, prompt);
    return { prompt, mask: createMask(known), namesIn: createNameSearch(known) };
  });
  for (const { name, templateEnds } of run.arms) {
    const masks: ArmMasks = { count: 0, left: 0, names: [], prompts: [] };
    for (const { prompt, mask, namesIn } of searched) {
      const judged = judgedAnswer(trials[name]?.get(trialKey(prompt.id, 1)), { prompt, templateEnds });
      const { view, counts: found } = mask(judged);
      const left = namesIn(view);
      masks.count += noticeableMasks(found);
      masks.left += left.length;
      masks.names = [...new Set([...masks.names, ...left])].sort();
      if (left.length > 0) masks.prompts.push(prompt.id);
    }
    counts[name] = masks;
  }
  return counts;
}

/** The run's own names beside the public list. */
const namesOf = ({ arms }: Pick<RunRecord, 'arms'>): NameList =>
  nameList({
    assistants: arms.flatMap(modelNames),
    ...(arms.some(({ agent }) => agent) && { harnesses: [...harnessNames, ...arms.flatMap(programNames)] }),
  });

/** An agent's program by its file name, where that is more than a word of every day. */
function programNames({ agent, model }: ArmRecord): string[] {
  const name = (model.split(/[/\\\s]/).at(-1) ?? '').replace(/\.\w{1,4}$/, '');
  return agent && /[-_\d]/.test(name) && name.length > 3 ? [name] : [];
}

/** What tools gave back is content, too: both answers may name what stands in it. */
const maskInput = (names: NameList, prompt: Pick<PromptRecord, 'messages' | 'tool_log'>): MaskInput => ({
  promptText: [promptText(prompt.messages), ...recordedResults(prompt).map(({ result }) => result)].join('\n'),
  request: lastRequest(prompt.messages),
  names,
});

/** As the config has it; placeholders of answer columns are no names. */
const modelNames = (arm: ArmRecord): string[] => (!isModel(arm) || arm.model.length < 3 ? [] : [arm.model]);
