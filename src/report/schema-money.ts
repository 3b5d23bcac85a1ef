/** The money part of the report's schema. */
import type { CheaperRange } from '../verdicts/machine-cost.ts';
import type { ArmMoney, MoneyReport } from './money.ts';
import type { BreakEven } from './money-words.ts';
import type { PlanReport } from './plan-report.ts';
import { amount, list, number, oneOf, orNull, shape, text, whole } from './schema-words.ts';

const basis = oneOf('measured', 'extended', 'stated', 'assumed');

const ranges = list(shape<CheaperRange>({ from: amount, to: orNull(amount) }));

export const money = shape<MoneyReport>({
  volumePerMonth: amount,
  volumeBasis: basis,
  arms: list(
    shape<ArmMoney>({
      arm: text,
      basis: oneOf('price', 'machine', 'unknown'),
      per1000: orNull(amount),
      per1000Busy: orNull(amount),
      callsPerSecond: orNull(amount),
      machines: orNull(whole),
      monthly: orNull(amount),
      people: orNull(shape<NonNullable<ArmMoney['people']>>({ usd: amount, basis })),
      months12: orNull(amount),
      months24: orNull(amount),
    }),
  ),
  capacity: list(
    shape<MoneyReport['capacity'][number]>({
      arm: text,
      perSecond: amount,
      inFlight: whole,
      seconds: amount,
      answers: whole,
      basis: oneOf('measured'),
    }),
  ),
  plan: orNull(
    shape<PlanReport>({
      pair: text,
      word: oneOf('saves', 'may-save', 'not-for-money'),
      moves: list(text),
      keeps: list(text),
      net: number,
      lower: number,
      upper: number,
      basis,
      closedAloneUsd: amount,
      planUsd: number,
      machines: orNull(whole),
      paysFrom: orNull(amount),
      gaps: ranges,
      passedOn: orNull(text),
      words: list(text),
    }),
  ),
  noPlan: orNull(text),
  breakEven: list(
    shape<BreakEven>({
      open: text,
      closed: text,
      callsPerMonth: orNull(amount),
      tokensPerDay: orNull(amount),
      cheaper: ranges,
      words: text,
    }),
  ),
  curveCalls: list(amount),
  curves: list(shape<MoneyReport['curves'][number]>({ arm: text, usd: list(amount) })),
  assumptions: list(text),
});
