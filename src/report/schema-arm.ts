/** The parts of the report's schema about one arm. */
import type { ToolCounts } from '../runs/tool-counts.ts';
import type { CurvePoint } from '../stats/kaplan-meier.ts';
import type { PassHat } from '../verdicts/pass-hat.ts';
import type { AgentFigures, Standing } from '../verdicts/survival.ts';
import type { ArmFigures, CauseCount } from './arm-figures.ts';
import type { ArmReport } from './arm-report.ts';
import { amount, counted, list, oneOf, orNull, ref, shape, share, text, truth, whole } from './schema-words.ts';

export const figures = shape<ArmFigures>({
  arm: text,
  trials: whole,
  usable: orNull(whole),
  unusable: orNull(whole),
  empty: orNull(whole),
  withheld: orNull(whole),
  missing: whole,
  silentFailures: orNull(whole),
  firstFailed: orNull(ref('shareOf')),
  answerRetries: orNull(whole),
  transportRetries: orNull(whole),
  causes: list(shape<CauseCount>({ kind: oneOf('answer', 'transport'), cause: text, count: whole })),
  firstTokenMs: orNull(ref('spread')),
  totalMs: orNull(ref('spread')),
  finishedMs: orNull(ref('spread')),
  tokensPerSecond: orNull(amount),
  readPerSecond: orNull(amount),
  tokensIn: whole,
  tokensOut: orNull(whole),
  costUsd: orNull(amount),
  costPer1000: orNull(amount),
});

const point = shape<CurvePoint>({
  time: amount,
  atRisk: whole,
  chance: share,
  lower: orNull(share),
  upper: orNull(share),
});
export const alone = shape<AgentFigures['alone']['minutes']>({
  marks: list(shape({ at: whole, point: orNull(point) })),
  curve: list(point),
  few: amount,
  until: amount,
});
export const standing = list(shape<Standing>({ at: whole, done: whole, lost: whole, working: whole, stopped: whole }));

/** A whole agent: how its trials ended, and how long it worked alone. */
const agent = shape<AgentFigures>({
  trials: whole,
  jobs: whole,
  checked: truth,
  ends: shape({ done: whole, 'wrong-end': whole, crash: whole, hang: whole, time: whole, cost: whole, person: whole }),
  done: orNull(whole),
  lost: whole,
  person: shape({ trials: whole, causes: list(shape({ cause: text, count: whole })) }),
  recovered: orNull(shape({ done: whole, of: whole })),
  passHat: list(shape<PassHat>({ k: whole, chance: orNull(share), prompts: whole })),
  interrupted: whole,
  spend: orNull(amount),
  costUnknown: whole,
  costPerDone: orNull(amount),
  minutes: ref('standing'),
  steps: ref('standing'),
  alone: shape({ minutes: ref('alone'), steps: ref('alone') }),
});

export const arm = shape<ArmReport>({
  name: text,
  role: oneOf('closed', 'open', 'control'),
  kind: text,
  provider: text,
  model: text,
  observedModel: orNull(text),
  host: orNull(text),
  leavesMachine: truth,
  identity: text,
  digest: orNull(text),
  weights: orNull(text),
  quantization: orNull(text),
  parameterSize: orNull(text),
  contextAsked: orNull(whole),
  contextServed: orNull(whole),
  onGpu: orNull(share),
  think: { anyOf: [truth, oneOf('low', 'medium', 'high'), { type: 'null' }] },
  asked: list(text),
  adjusted: list(text),
  quantizationWords: orNull(text),
  speedWords: orNull(text),
  figures: ref('figures'),
  latencies: list(amount),
  tools: orNull(
    shape<ToolCounts>({
      trials: whole,
      steps: whole,
      calls: whole,
      invalid: counted(whole),
      results: counted(whole),
      noResult: whole,
      execFailed: whole,
      recovered: whole,
      notRecovered: whole,
      recoveryUnknown: whole,
      finished: whole,
      tokensPerFinished: orNull(amount),
      msPerFinished: orNull(amount),
    }),
  ),
  missingBecause: list(
    shape<ArmReport['missingBecause'][number]>({
      cause: text,
      fault: orNull(oneOf('setup', 'provider', 'network', 'model')),
      message: text,
      count: whole,
      forGood: truth,
      hint: orNull(text),
    }),
  ),
  passHat: list(shape<PassHat>({ k: whole, chance: orNull(share), prompts: whole })),
  agent: orNull(agent),
});
