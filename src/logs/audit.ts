/** What a log says about its own traffic: volume, spend, failures, latency, and what it does not hold at all. */
import type { LoggedAnswer, Message } from '../records/prompt-record.ts';
import { judgedText } from '../text/judged.ts';
import { lastRequest } from '../text/message-text.ts';
import { hasManyTurns, isLongPrompt } from '../text/prompt-tokens.ts';
import { mayDecline } from '../text/refusals/may-decline.ts';
import { readRefusal } from '../text/refusals/read-refusal.ts';
import type { Audit, Unpriced } from './audit-figures.ts';
import { spendOf } from './audit-spend.ts';
import { type Draft, plainText } from './draft.ts';
import { TrafficTally } from './traffic-tally.ts';

export type { Audit };

/** The logged answer is a refusal: said so by the API, or by its words. */
export const isRefusal = (answer: LoggedAnswer, messages: readonly Message[]): boolean =>
  answer.refusal !== undefined ||
  answer.finish === 'content_filter' ||
  answer.finish === 'refusal' ||
  (mayDecline(answer.text) &&
    readRefusal(judgedText(answer, { prompt: { messages: [...messages] } }).text, lastRequest(messages)).is ===
      'refused');

const cutFinishes = new Set(['length', 'max_tokens', 'MAX_TOKENS', 'max_output_tokens']);
const isCutAnswer = ({ finish }: LoggedAnswer): boolean => finish !== undefined && cutFinishes.has(finish);

export class Auditor {
  private readonly tasks = new Map<string, number>();
  private readonly models = new Map<string, ModelTally>();
  private readonly latency = new Histogram();
  private readonly traffic = new TrafficTally();
  private from: string | undefined;
  private to: string | undefined;
  private readonly audit: Audit = {
    records: 0,
    tasks: [],
    models: [],
    tokens: { in: 0, out: 0, estimated: 0 },
    answers: { logged: 0, failed: 0, cut: 0, refused: 0 },
    kinds: { longContext: 0, manyTurns: 0, tools: 0, refusals: 0, json: 0, hard: 0 },
  };
  private usd = 0;
  private priced = 0;
  private pricedTokens = 0;

  add(draft: Draft, task: string, hard: boolean): void {
    const { audit } = this;
    audit.records += 1;
    if (this.tasks.size < 10_000 || this.tasks.has(task)) this.tasks.set(task, (this.tasks.get(task) ?? 0) + 1);
    if (hard) audit.kinds.hard += 1;
    this.time(draft.ts);
    this.traffic.add(draft.ts, draft.ref?.usage);
    const characters = promptLength(draft);
    if (isLongPrompt(draft)) audit.kinds.longContext += 1;
    if (hasManyTurns(draft)) audit.kinds.manyTurns += 1;
    if (usesTools(draft)) audit.kinds.tools += 1;
    if (draft.response_format && draft.response_format.type !== 'text') audit.kinds.json += 1;
    if (draft.ref) this.answer(draft.ref, draft.messages);
    this.volume(draft, characters);
  }

  private time(ts: string | undefined): void {
    if (ts === undefined) return;
    if (this.from === undefined || ts < this.from) this.from = ts;
    if (this.to === undefined || ts > this.to) this.to = ts;
  }

  private answer(ref: LoggedAnswer, messages: readonly Message[]): void {
    const { answers, kinds } = this.audit;
    answers.logged += 1;
    if (ref.error) answers.failed += 1;
    if (isCutAnswer(ref)) answers.cut += 1;
    if (isRefusal(ref, messages)) {
      answers.refused += 1;
      kinds.refusals += 1;
    }
    if (ref.latency_ms !== undefined) this.latency.add(ref.latency_ms);
  }

  private volume(draft: Draft, characters: number): void {
    const usage = draft.ref?.usage;
    const { tokens } = this.audit;
    const name = draft.ref?.model ?? draft.model;
    // A call that failed without a word of an answer took no tokens and cost nothing, as far as anyone can tell.
    if (draft.ref?.error !== undefined && !usage?.out && draft.ref.cost_usd === undefined) {
      if (name) this.tallyOf(name).records += 1;
      return;
    }
    if (usage?.in === undefined) tokens.estimated += 1;
    const input = usage?.in ?? Math.ceil(characters / 4);
    const output = usage?.out ?? Math.ceil((draft.ref?.text.length ?? 0) / 4);
    tokens.in += input;
    tokens.out += output;
    const cost = draft.ref?.cost_usd;
    if (cost !== undefined) {
      this.usd += cost;
      this.priced += 1;
      this.pricedTokens += input + output;
    }
    if (!name) return;
    const model = this.tallyOf(name);
    model.records += 1;
    model.tokens += input + output;
    model.cost += cost ?? 0;
    model.priced += cost === undefined ? 0 : 1;
    if (cost === undefined && draft.ref) {
      model.unpriced.records += 1;
      if (usage?.in === undefined || usage.out === undefined) model.unpriced.estimated += 1;
      model.unpriced.in += input;
      model.unpriced.out += output;
      model.unpriced.cached += usage?.cached ?? 0;
    }
  }

  /** Beyond a thousand names they are no models: counted for nobody. */
  private tallyOf(name: string): ModelTally {
    const known = this.models.get(name);
    if (known) return known;
    const model = newTally();
    if (this.models.size < 1000) this.models.set(name, model);
    return model;
  }

  /** `rename` maps working labels of unlabelled groups to their names. */
  finish(rename: (task: string) => string): Audit {
    const tasks = new Map<string, number>();
    for (const [task, records] of this.tasks) tasks.set(rename(task), (tasks.get(rename(task)) ?? 0) + records);
    const models = [...this.models].map(([model, { records, tokens, cost, priced, unpriced }]) => ({
      model,
      records,
      tokens,
      ...(priced && { costUsd: cost }),
      ...(unpriced.records && { unpriced }),
    }));
    return {
      ...this.audit,
      tasks: [...tasks].map(([task, records]) => ({ task, records })).sort((a, b) => b.records - a.records),
      models: models.sort((a, b) => b.records - a.records),
      ...this.span(),
      ...this.latency.summary(),
    };
  }

  private span(): Partial<Audit> {
    const { audit } = this;
    const { from, to } = this;
    const days = from && to ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : 0;
    const enough = days >= 1 / 24;
    const perDay = enough
      ? { records: audit.records / days, tokens: (audit.tokens.in + audit.tokens.out) / days }
      : undefined;
    const spend = this.priced
      ? spendOf(this.usd, this.priced, this.pricedTokens, enough ? days : undefined)
      : undefined;
    const traffic = this.traffic.finish(from, to);
    return {
      ...(from && { from }),
      ...(to && { to }),
      ...(perDay && { perDay }),
      ...(traffic && { traffic }),
      ...(spend && { spend }),
    };
  }
}

interface ModelTally {
  records: number;
  tokens: number;
  cost: number;
  priced: number;
  unpriced: Unpriced;
}

const newTally = (): ModelTally => ({
  records: 0,
  tokens: 0,
  cost: 0,
  priced: 0,
  unpriced: { records: 0, estimated: 0, in: 0, out: 0, cached: 0 },
});

/** Tools are offered, or called in the conversation: not every exporter keeps their definitions. */
const usesTools = (draft: Draft): boolean =>
  Boolean(draft.tools?.length || draft.ref?.tool_calls?.length || draft.messages.some(({ role }) => role === 'tool'));

function promptLength(draft: Draft): number {
  let length = 0;
  for (const message of draft.messages) {
    length += plainText(message.content).length;
    for (const call of message.tool_calls ?? []) length += call.arguments.length;
  }
  return length;
}

const binWidth = Math.log(1.04);

/** Percentiles within 2 % from a fixed number of bins, so that a million latencies need no memory. */
class Histogram {
  private readonly bins = new Map<number, number>();
  private count = 0;

  add(ms: number): void {
    if (!(ms >= 0)) return;
    const bin = ms < 1 ? 0 : Math.round(Math.log(ms) / binWidth) + 1;
    this.bins.set(bin, (this.bins.get(bin) ?? 0) + 1);
    this.count += 1;
  }

  summary(): { latency?: Audit['latency'] } {
    return this.count ? { latency: { records: this.count, p50: this.at(0.5), p95: this.at(0.95) } } : {};
  }

  private at(share: number): number {
    let sum = 0;
    for (const [bin, count] of [...this.bins].sort((a, b) => a[0] - b[0])) {
      sum += count;
      if (sum >= share * this.count) return bin === 0 ? 0 : Math.round(1.04 ** (bin - 1));
    }
    return 0;
  }
}
