/**
 * A mirror log holds each call twice: as production answered it, and as a second model answered a silent copy of it. A
 * pair has identical messages, different models, starts within ten minutes, and one session where both name theirs. The
 * mark of a silent copy only says which of the two it is.
 */
import type { Gatherer } from './collect.ts';
import type { Draft, Mapped } from './draft.ts';
import { sampleKey } from './sample-key.ts';

type Source = Parameters<Gatherer['add']>[1];

interface Call {
  draft: Draft;
  source: Source;
  start: number;
  order: number;
}

const furthestMs = 10 * 60_000;
/** Calls are logged when they end, so a partner may come this much later; after that a group is matched. */
const patienceMs = 60 * 60_000;
/** How often what is old enough is looked for, in calls. */
const lookEvery = 20_000;
/** How many later calls of the same prompt are tried as the partner of one call. */
const mostPartners = 50;

/** The name under which the silent copy's answer is in a prompt. */
export const silentAnswer = 'silent';

/** Holds calls until their partner has come, and hands on one prompt for each pair. Copies alone are no traffic. */
export class MirrorPairs implements Gatherer {
  private readonly next: Gatherer;
  private readonly groups = new Map<number, Call[]>();
  /** Models of which a call was marked as a silent copy. */
  private readonly silentModels = new Set<string>();
  /** Pairs that are matched before it is known which of the models is the silent one. */
  private waiting: [Call, Call][] = [];
  private latest = 0;
  private count = 0;
  paired = 0;

  constructor(next: Gatherer) {
    this.next = next;
  }

  add(mapped: Mapped, source: Source): void {
    const call = 'draft' in mapped ? callOf(mapped.draft, source, this.count) : undefined;
    if (!call) {
      this.next.add(mapped, source);
      return;
    }
    this.count += 1;
    const model = modelOf(call);
    if (call.draft.silent && model !== undefined) this.silentModels.add(model);
    const key = sampleKey([JSON.stringify(call.draft.messages)], 3);
    const group = this.groups.get(key);
    if (group) group.push(call);
    else this.groups.set(key, [call]);
    this.latest = Math.max(this.latest, call.start);
    if (this.count % lookEvery === 0) this.matchOld();
  }

  reject(reason: string, at: { file: string; line: number }): void {
    this.next.reject(reason, at);
  }

  /** Matches what is left, and hands on pairs and calls without a partner in the order of the log. */
  finish(): void {
    for (const [key, calls] of this.groups) this.waiting.push(...this.matched(key, calls));
    if (this.silentModels.size === 0) this.guessSilent();
    const pairs = this.waiting.map((pair) => ({ order: pair[0].order, hand: () => this.emit(pair) }));
    const alone = [...this.groups.values()]
      .flat()
      .map((call) => ({ order: call.order, hand: () => this.emitAlone(call) }));
    this.waiting = [];
    this.groups.clear();
    for (const { hand } of [...pairs, ...alone].sort((a, b) => a.order - b.order)) hand();
  }

  private emitAlone({ draft, source }: Call): void {
    if (draft.silent) this.next.add({ skip: 'silent copies of calls that are not in the log' }, source);
    else this.next.add({ draft }, source);
  }

  /** A group whose last call is long ago gets no further partner out of this part of the log. */
  private matchOld(): void {
    for (const [key, calls] of this.groups) {
      if (calls.length < 2 || !calls.every(({ start }) => start < this.latest - patienceMs)) continue;
      for (const pair of this.matched(key, calls)) {
        if (this.isKnown(pair)) this.emit(pair);
        else this.waiting.push(pair);
      }
    }
  }

  /** The pairs of a group; its other calls go on waiting. */
  private matched(key: number, calls: readonly Call[]): [Call, Call][] {
    const { pairs, left } = nearestPairs(calls);
    if (left.length === 0) this.groups.delete(key);
    else this.groups.set(key, left);
    return pairs;
  }

  /** Without a mark anywhere: a copy is sent when its call has begun, so the model that mostly starts later is silent. */
  private guessSilent(): void {
    const lead = new Map<string, number>();
    for (const [a, b] of this.waiting) {
      const [first, second] = a.start <= b.start ? [a, b] : [b, a];
      for (const [call, by] of [
        [first, -1],
        [second, 1],
      ] as const) {
        const model = modelOf(call) ?? '';
        lead.set(model, (lead.get(model) ?? 0) + by);
      }
    }
    for (const [model, by] of lead) if (by > 0) this.silentModels.add(model);
  }

  private isKnown([a, b]: [Call, Call]): boolean {
    return a.draft.silent === true || b.draft.silent === true;
  }

  private emit(pair: [Call, Call]): void {
    const [call, copy] = this.sides(pair);
    const { silent: _, ...draft } = call.draft;
    const answer = copy.draft.ref;
    this.paired += 1;
    this.next.add(
      { draft: { ...draft, ...(answer && { answers: { ...draft.answers, [silentAnswer]: answer } }) } },
      call.source,
    );
  }

  /** The call and its copy: by its mark, else by what its model is elsewhere, else the later one is the copy. */
  private sides([a, b]: [Call, Call]): [Call, Call] {
    const isSilent = ({ draft }: Call): boolean => draft.silent === true;
    if (isSilent(a) !== isSilent(b)) return isSilent(a) ? [b, a] : [a, b];
    const [ofSilent, ofOther] = [a, b].map((call) => this.silentModels.has(modelOf(call) ?? ''));
    if (ofSilent !== ofOther) return ofSilent ? [b, a] : [a, b];
    return a.start <= b.start ? [a, b] : [b, a];
  }
}

function callOf(draft: Draft, source: Source, order: number): Call | undefined {
  const start = draft.ts === undefined ? Number.NaN : Date.parse(draft.ts);
  return Number.isNaN(start) ? undefined : { draft, source, start, order };
}

const modelOf = ({ draft }: Call): string | undefined => draft.model ?? draft.ref?.model;

/** Each call with the nearest one that can be its partner, the nearest pairs first. */
function nearestPairs(calls: readonly Call[]): { pairs: [Call, Call][]; left: Call[] } {
  const sorted = [...calls].sort((a, b) => a.start - b.start || a.order - b.order);
  const possible: { a: Call; b: Call; distance: number }[] = [];
  for (const [at, a] of sorted.entries()) {
    for (let other = at + 1; other < sorted.length; other += 1) {
      const b = sorted[other] as Call;
      if (b.start - a.start > furthestMs || other > at + 2 * mostPartners) break;
      if (canPair(a, b)) possible.push({ a, b, distance: b.start - a.start });
    }
  }
  possible.sort((x, y) => sureness(y) - sureness(x) || x.distance - y.distance || x.a.order - y.a.order);
  const taken = new Set<Call>();
  const pairs: [Call, Call][] = [];
  for (const { a, b } of possible) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a);
    taken.add(b);
    pairs.push([a, b]);
  }
  const inOrder = pairs.map(([a, b]): [Call, Call] => (a.order < b.order ? [a, b] : [b, a]));
  return {
    pairs: inOrder.sort(([a], [b]) => a.order - b.order),
    left: calls.filter((call) => !taken.has(call)),
  };
}

/** A session that both name is surer than any nearness. */
const sureness = ({ a, b }: { a: Call; b: Call }): number =>
  Number(a.draft.session_id !== undefined && a.draft.session_id === b.draft.session_id);

function canPair(a: Call, b: Call): boolean {
  if (isSameModel(a, b) || (a.draft.silent === true && b.draft.silent === true)) return false;
  const [one, other] = [a.draft.session_id, b.draft.session_id];
  return one === undefined || other === undefined || one === other;
}

/** By the name that was asked for, and where that is one alias for both, by the one that answered. */
function isSameModel(a: Call, b: Call): boolean {
  if (modelOf(a) !== modelOf(b)) return false;
  const [one, other] = [a.draft.ref?.model, b.draft.ref?.model];
  return one === undefined || other === undefined || one === other;
}
