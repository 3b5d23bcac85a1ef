/**
 * Report inputs made by hand from the record types: every number of votes, task and kind of ending that a report
 * must lay out. Same arguments, same input.
 */

import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { type ArmRecord, type RunRecord, schemaVersion } from '../../src/records/run-record.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import type { MoneyPart } from '../../src/report/report-parts.ts';
import { foldTrials } from '../../src/runs/trial.ts';
import type { RaterQuality } from '../../src/verdicts/rater-quality.ts';
import type { EvidenceUnit, PairVerdicts, ScopeVerdict } from '../../src/verdicts/verdict-shapes.ts';

export type Outcome = 'a' | 'both-fine' | 'both-bad' | 'b';

export interface TaskVotes {
  task: string;
  /** One letter per prompt: w open better, t both fine, n both bad, l closed better, i identical. */
  votes: string;
  verdict?: Partial<ScopeVerdict>;
  reserve?: number;
}

export interface InputShape {
  tasks?: TaskVotes[];
  overall?: Partial<ScopeVerdict>;
  raters?: string[];
  /** Texts put into every prompt, answer and note. */
  text?: string;
  longText?: number;
  plannedBallots?: number;
}

/** 24 prompts in 3 tasks: one within the margin, one to keep closed, one leaning. */
export const demoTasks: TaskVotes[] = [
  { task: 'extract-json', votes: 'wwwwwttl', verdict: { verdict: 'open-good-enough', goodAt: 8 }, reserve: 10 },
  { task: 'reply-with-rules', votes: 'lllltlll', verdict: { verdict: 'keep-closed', keepAt: 8 }, reserve: 10 },
  { task: 'summarise-ticket', votes: 'wtwttwlt', verdict: { leaning: 'leans-open', remaining: 15 }, reserve: 40 },
];

const hex = (seed: number, length: number): string => {
  let state = (seed * 2654435761 + 12345) >>> 0;
  let out = '';
  while (out.length < length) {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    out += state.toString(16).padStart(8, '0');
  }
  return out.slice(0, length);
};

export function reportInput(shape: InputShape = {}): ReportInput {
  const tasks = shape.tasks ?? demoTasks;
  const prompts = tasks.flatMap((task, at) => taskPrompts(task, at, shape));
  const run = runRecord(tasks, shape);
  const steps = run.arms.map(
    (arm) => [arm.name, prompts.flatMap((prompt, at) => stepsOf(arm, prompt, at, shape))] as const,
  );
  return {
    run,
    prompts,
    trials: Object.fromEntries(steps.map(([name, all]) => [name, foldTrials(all, run.settings.retries)])),
    pairs: [pairVerdicts(run, tasks, prompts, shape)],
    raters: (shape.raters ?? ['maria']).map((rater, at) => ({
      rater,
      votes: prompts.length,
      skipped: 0,
      lastHash: hex(900 + at, 64),
      finished: true,
      chainOk: true,
    })),
    seal: { sealed: false, reason: 'Every rater has finished.' },
    generatedAt: '2026-11-21T09:30:00.000Z',
  };
}

function taskPrompts({ task, votes }: TaskVotes, at: number, { text, longText = 0 }: InputShape): PromptRecord[] {
  return Array.from(votes, (_, n) => ({
    id: `p_${hex(at * 100_000 + n, 16)}`,
    task,
    messages: [
      { role: 'user' as const, content: `${text ?? 'Summarise this ticket'} #${n}${' word'.repeat(longText)}` },
    ],
    difficulty: n % 4 === 3 ? ('hard' as const) : ('easy' as const),
    weight: 1,
    source: { format: 'csv', file: 'tickets.csv', line: n + 2 },
  }));
}

export function armRecord(role: 'closed' | 'open' | 'control'): ArmRecord {
  const open = role === 'open';
  return {
    name: role,
    role,
    spec: open ? 'ollama:qwen3:8b' : 'openai:gpt-5.6',
    provider: open ? 'ollama' : 'openai',
    model: open ? 'qwen3:8b' : 'gpt-5.6',
    identity: hex(open ? 1 : 2, 64),
    host: open ? '127.0.0.1:11434' : 'api.openai.com',
    leavesMachine: !open,
    ...(open
      ? {
          digest: `sha256:${hex(3, 64)}`,
          quantization: 'Q4_K_M',
          parameterSize: '8.2B',
          contextAsked: 8192,
          licence: { spdx: 'Apache-2.0' },
        }
      : { price: { in: 1.25, out: 10, source: 'config', matched: 'gpt-5.6', date: '2026-11-01' } }),
  };
}

export function runRecord(tasks: TaskVotes[], { plannedBallots }: InputShape = {}): RunRecord {
  const n = tasks.reduce((sum, task) => sum + task.votes.length, 0);
  return {
    schema: schemaVersion,
    gapcheck: '0.1.0',
    id: `r_${hex(7, 16)}`,
    createdAt: '2026-11-21T09:00:00.000Z',
    arms: [armRecord('closed'), armRecord('open')],
    pairs: [{ a: 'open', b: 'closed', decides: true }],
    settings: {
      n,
      raters: 1,
      checkN: n,
      trials: 1,
      retries: 2,
      retryMode: 'same',
      seed: 1,
      maxTokens: 1024,
      temperature: 0,
      endpoint: 'preference',
      hard: null,
      redact: true,
      maxSteps: 8,
    },
    margin: 0.3,
    alpha: 0.05,
    plannedBallots: plannedBallots ?? n,
    tasks: tasks.map(({ task, votes, reserve = 0 }) => ({
      task,
      planned: votes.length,
      reserve,
      traffic: 1 / tasks.length,
      hardTraffic: 0.25,
      hardPlan: 0.25,
    })),
    leftOut: [],
    redacted: {},
    sources: [{ file: 'tickets.csv', sha256: hex(5, 64), format: 'csv', records: n }],
    promptsHash: hex(6, 64),
    keyCommitment: hex(8, 64),
    dealVersion: 1,
  };
}

/** Every fifth open answer fails a check once; every seventh closed call meets a 429 first. */
function stepsOf(arm: ArmRecord, prompt: PromptRecord, at: number, shape: InputShape): StepRecord[] {
  const open = arm.role === 'open';
  const text = `${shape.text ?? `Answer of ${open ? 'one' : 'the other'}`} ${at}${' word'.repeat(shape.longText ?? 0)}`;
  const step = (attempt: number, more: Partial<StepRecord>): StepRecord => ({
    prompt: prompt.id,
    trial: 1,
    attempt,
    step: 1,
    outcome: 'answered',
    text,
    finish: 'stop',
    usage: { in: 400, out: 120 },
    ms: {
      ttft: (open ? 300 : 500) + (at % 7) * 13,
      total: (open ? 4000 : 2500) + (at % 11) * 97,
      tokensPerSecond: 30 + (at % 3),
    },
    ...(open ? {} : { costUsd: 0.0017 }),
    last: true,
    at: '2026-11-21T09:01:00.000Z',
    checks: [{ check: 'not-empty', pass: true }],
    ...more,
  });
  if (open && at % 5 === 0) {
    const failed = { checks: [{ check: 'json', pass: false, why: 'not valid JSON', kind: 'invalid-json' }] };
    return [step(1, failed), step(2, at % 20 === 0 ? failed : {}), ...(at % 20 === 0 ? [step(3, failed)] : [])];
  }
  if (!open && at % 7 === 0) {
    return [step(1, { outcome: 'rate-limit', message: '429', text: '', checks: [], ms: { total: 90 } }), step(2, {})];
  }
  return [step(1, {})];
}

const outcomeOf: Record<string, Outcome> = { w: 'a', t: 'both-fine', i: 'both-fine', n: 'both-bad', l: 'b' };

function pairVerdicts(run: RunRecord, tasks: TaskVotes[], prompts: PromptRecord[], shape: InputShape): PairVerdicts {
  let at = 0;
  const evidence = tasks.flatMap(({ votes }) =>
    Array.from(votes, (letter) => {
      const prompt = prompts[at] as PromptRecord;
      at += 1;
      return evidenceUnit(prompt, letter, at, shape);
    }),
  );
  const pair = run.pairs[0] ?? { a: 'open', b: 'closed', decides: true };
  return {
    pair,
    overall: scope(null, evidence, shape.overall ?? {}),
    tasks: tasks.map(({ task, verdict = {} }) =>
      scope(
        task,
        evidence.filter((unit) => unit.task === task),
        verdict,
      ),
    ),
    rows: [],
    evidence,
    batchSizes: [evidence.length],
    scopes: [],
  };
}

function evidenceUnit(
  prompt: PromptRecord,
  letter: string,
  n: number,
  { raters = ['maria'], text }: InputShape,
): EvidenceUnit {
  const outcome = outcomeOf[letter] ?? 'both-fine';
  const redo = { a: outcome === 'b' && n % 2 === 0, b: outcome === 'a' && n % 3 === 0 };
  const share = (one: Outcome): number => (one === outcome && letter !== 'i' ? 1 : 0);
  const votes: EvidenceUnit['votes'] =
    letter === 'i'
      ? []
      : [
          {
            rater: raters[n % raters.length] ?? 'maria',
            n,
            ballot: `b_${hex(n, 16)}`,
            aSide: n % 2 === 0 ? 'left' : 'right',
            outcome,
            redo,
            ms: 30_000 + (n % 9) * 1500,
            ...(n % 6 === 0 ? { note: text ?? 'a fair point' } : {}),
            ...(n % 10 === 0 ? { recognised: { closed: 'left' as const, cause: 'style', right: true } } : {}),
          },
        ];
  return {
    prompt: prompt.id,
    task: prompt.task,
    difficulty: prompt.difficulty,
    weight: 1,
    score: share('a') - share('b'),
    retryScore: (redo.b ? 1 : 0) - (redo.a ? 1 : 0),
    shares: { a: share('a'), bothFine: share('both-fine'), bothBad: share('both-bad'), b: share('b') },
    redo: { a: redo.a ? 1 : 0, b: redo.b ? 1 : 0 },
    identical: letter === 'i',
    noAnswer: false,
    votes,
    deciding: votes,
  };
}

/** Counts from the units; intervals are round numbers, only their place matters here. */
export function scope(task: string | null, units: EvidenceUnit[], verdict: Partial<ScopeVerdict>): ScopeVerdict {
  const sum = (of: (unit: EvidenceUnit) => number): number => units.reduce((total, unit) => total + of(unit), 0);
  const net = units.length === 0 ? null : sum((unit) => unit.score) / units.length;
  const around = (half: number): ScopeVerdict['interval'] =>
    net === null ? null : { lower: Math.max(-1, net - half), upper: Math.min(1, net + half) };
  const redo = { a: sum((unit) => unit.redo.a), b: sum((unit) => unit.redo.b) };
  const difference = units.length === 0 ? null : (redo.a - redo.b) / units.length;
  return {
    challenger: 'open',
    task,
    planned: units.length,
    units: units.length,
    read: units.length,
    plannedRead: units.length,
    skipped: 0,
    unasked: { a: 0, b: 0 },
    toGo: 0,
    counts: {
      a: sum((unit) => unit.shares.a),
      bothFine: sum((unit) => unit.shares.bothFine),
      bothBad: sum((unit) => unit.shares.bothBad),
      b: sum((unit) => unit.shares.b),
      identical: units.filter((unit) => unit.identical).length,
      noAnswer: 0,
    },
    net,
    interval: around(0.34),
    redo: {
      ...redo,
      asked: units.filter((unit) => unit.votes.length > 0).length,
      difference,
      interval:
        difference === null ? null : { lower: Math.max(-1, difference - 0.3), upper: Math.min(1, difference + 0.3) },
    },
    verdict: 'undecided',
    leaning: 'none',
    logEGood: 0.5,
    logEKeep: 0.1,
    logEBetter: -0.5,
    goodAt: null,
    keepAt: null,
    betterAt: null,
    withdrawn: null,
    firm: null,
    withinMargin: false,
    neither: false,
    remaining: null,
    settlesAs: null,
    ...verdict,
  };
}

/** The same run before everyone has finished: pairs withheld. */
export function sealedInput(shape: InputShape = {}): ReportInput {
  const input = reportInput(shape);
  return {
    ...input,
    pairs: 'sealed',
    raters: input.raters.map((rater) => ({ ...rater, votes: 3, finished: false })),
    seal: { sealed: true, reason: 'maria has not finished: results would tell which side is ahead.' },
  };
}

/** What a user stated with `--volume` and `--machine-price`, and nothing else. */
export const moneyInput = (calls: number, perHour: number | null): MoneyPart => ({
  volume: { calls, basis: 'stated', from: '--volume' },
  machine: perHour === null ? null : { perHour, from: '--machine-price' },
  machinesHere: 1,
  peak: { value: 1, basis: 'assumed', from: 'the log spans less than a week; --peak states it' },
  growth: null,
  batchShare: null,
  cachedShare: null,
  wrongUsd: null,
  ops: { fte: 0.25, yearUsd: 120_000, basis: 'assumed', from: 'change with --ops-fte and --ops-year' },
});

/** A run with everything a report can hold: two open arms' worth of parts, tool calls, repeated trials, money. */
export function fullInput(shape: InputShape = {}): ReportInput {
  const input = reportInput({ raters: ['maria', 'jo'], ...shape });
  const open = input.run.arms.find((arm) => arm.role === 'open')?.name ?? 'open';
  const run: RunRecord = { ...input.run, settings: { ...input.run.settings, trials: 2 } };
  return {
    ...input,
    run,
    trials: Object.fromEntries(
      run.arms.map((arm) => [
        arm.name,
        foldTrials(
          input.prompts.flatMap((prompt, at) => [1, 2].flatMap((trial) => toolSteps(arm, prompt, at, trial))),
          run.settings.retries,
        ),
      ]),
    ),
    observed: [{ arm: open, model: 'qwen3:8b', context: 8192 }],
    money: moneyInput(400_000, 0.9),
    quality: { 'open:closed': quality(shape.raters?.[0] ?? 'jo', open) },
    command: 'gapcheck run tickets.csv --closed openai:gpt-5.6 --open ollama:qwen3:8b',
  };
}

/** Two steps with one tool call; the open arm calls an unknown tool now and then, and its answer fails a check at times. */
function toolSteps(arm: ArmRecord, prompt: PromptRecord, at: number, trial: number): StepRecord[] {
  const open = arm.role === 'open';
  const slip = open && at % 6 === 1;
  const unusable = open && at % 5 === trial;
  const base = {
    prompt: prompt.id,
    trial,
    attempt: 1,
    outcome: 'answered' as const,
    at: '2026-11-21T09:01:00.000Z',
    usage: { in: 500, out: 90 },
  };
  const ms = {
    ttft: (open ? 280 : 450) + at * 7,
    total: (open ? 2600 : 1500) + ((at * 131) % 1700),
    tokensPerSecond: open ? 34 : 80,
  };
  const cost = open ? {} : { costUsd: 0.0017 };
  const call = { id: 'c1', name: slip ? 'find_ticket' : 'get_ticket', arguments: '{"id":1}' };
  const result = slip
    ? { id: 'c1', name: call.name, content: 'no such tool', from: 'error' as const, trouble: 'unknown-tool' as const }
    : { id: 'c1', name: call.name, content: '{"ok":true}', from: 'log' as const };
  const answer = {
    finish: 'stop',
    checks: [{ check: 'json', pass: !unusable, ...(unusable ? { kind: 'invalid-json', why: 'not valid JSON' } : {}) }],
  };
  return [
    {
      ...base,
      ...cost,
      step: 1,
      text: '',
      finish: 'tool_calls',
      tool_calls: [call],
      tool_results: [result],
      ms,
      last: false,
    },
    { ...base, ...cost, ...answer, step: 2, text: `Answer ${at}`, ms, last: true },
    ...(unusable
      ? [
          {
            ...base,
            ...cost,
            attempt: 2,
            step: 1,
            text: `Answer ${at}`,
            finish: 'stop',
            checks: [{ check: 'json', pass: true }],
            ms,
            last: true,
          },
        ]
      : []),
  ];
}

/** The worked examples of the two blinding indices, and one rater with a side habit. */
function quality(rater: string, open: string): RaterQuality {
  const net = { estimate: -0.05, lower: -0.4, upper: 0.3 };
  const fine = { left: 7, decisive: 9, p: 0.18, warn: false };
  return {
    raters: [
      {
        rater: 'maria',
        votes: 12,
        position: fine,
        consistency: {
          repeats: 6,
          identical: 4,
          reversed: 2,
          identicalShare: { lower: 0.3, upper: 0.9 },
          reversedShare: { lower: 0.1, upper: 0.7 },
          notice: true,
        },
        timed: 12,
        medianMs: 30_000,
      },
      {
        rater,
        votes: 12,
        position: { left: 9, decisive: 9, p: 0.0039, warn: true },
        consistency: null,
        timed: 12,
        medianMs: 30_000,
      },
    ],
    position: fine,
    consistency: null,
    agreement: { items: 6, raters: 2, agreed: 0.8, ac1: 0.72, kappa: { kappa: 0.61, se: 0.2 } },
    recognition: {
      adjusted: {
        asked: 20,
        used: 20,
        index: 0.2547,
        lower: -0.0621,
        upper: 0.5016,
        decisiveLower: -0.1,
        word: 'not-enough',
        plainBang: 0.3,
      },
      plain: { bi: 0.3, se: 0.19, waldLower: -0.07, waldUpper: 0.67, tangoLower: -0.08, tangoUpper: 0.62 },
      closedIsBetter: { count: 9, of: 12, share: null },
      flagged: { count: 2, right: 2, causes: { style: 2 } },
      rows: [
        { row: 'all', units: 24, net },
        { row: 'not-flagged', units: 22, net },
      ],
    },
    length: {
      decisive: 17,
      longerWins: 11,
      share: { lower: 0.41, upper: 0.83 },
      odds: { oddsRatio: 1.4, logOrSe: 0.5, chi2: 1, p: 0.3 },
      warn: false,
      rows: [],
      similar: { units: 0, net: null },
    },
    masks: {
      [open]: { count: 2, left: 1, names: ['Qwen'], prompts: ['p_0000000000000003'] },
      closed: { count: 0, left: 0, names: [], prompts: [] },
    },
  };
}
