/** What moving costs or saves, and where the lead comes from: the lines that stand under the answers in every format. */
import { count, dollars, per100, per100Interval, plural, wholeDollars } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { agentArms, hasAgents } from './agent-columns.ts';
import type { Report } from './model.ts';
import type { ArmMoney } from './money.ts';

/** Net of the machine where its price is stated; else the fees alone, and what would have to be stated. */
export function costWords(report: Report): string[] {
  const { money } = report;
  const priced = money?.arms.filter(({ monthly }) => monthly !== null) ?? [];
  if (!money || priced.length === 0) return [...feeWords(report), ...(money?.noPlan ? [money.noPlan] : [])];
  if (money.plan) return money.plan.words;
  const costs = priced.map((one) => `${modelOf(report, one.arm)} ${dollars(one.monthly)}${partsOf(one)}`);
  return [`A month at ${count(money.volumePerMonth)} calls: ${costs.join(', ')}. ${money.noPlan ?? ''}`.trim()];
}

/** " ($876 for the machines + an assumed $2,500 for people)": a sum of which one part is a guess of ours says so where it stands. */
function partsOf({ monthly, people }: ArmMoney): string {
  if (people === null || monthly === null || people.usd === 0) return '';
  const assumed = people.basis === 'assumed' ? 'an assumed ' : '';
  return ` (${wholeDollars(monthly - people.usd)} for the machines + ${assumed}${wholeDollars(people.usd)} for people)`;
}

/** Fees leave out what the user's own machine costs. */
function feeWords(report: Report): string[] {
  const { arms, sealed, run } = report;
  if (hasAgents(report)) return sealed ? [] : [agentCosts(report)];
  const paid = arms.filter(({ figures }) => figures.costPer1000 !== null);
  if (sealed || run.demo || paid.length === 0) return [];
  const fees = paid.map(({ model, figures }) => `${oneLine(model, 40)} ${dollars(figures.costPer1000)}`);
  const own = arms.filter(({ figures, leavesMachine, host }) => figures.costPer1000 === null && !leavesMachine && host);
  const machine =
    own.length === 0 ? '' : ` The machine of ${own.map(({ model }) => oneLine(model, 40)).join(', ')} is not in it.`;
  return [
    `Fees per 1,000 calls: ${fees.join(', ')}.${machine} What moving saves depends on your calls a month: gapcheck report --volume CALLS`,
  ];
}

/** What was told, and by how many: an unknown cost is not 0. */
function agentCosts({ arms }: Report): string {
  const words = agentArms(arms).map(({ arm, agent: { trials, interrupted, spend, costUnknown } }) => {
    const all = trials + interrupted;
    const of = costUnknown === 0 ? plural(all, 'trial') : `${count(all - costUnknown)} of ${plural(all, 'trial')}`;
    const rest = costUnknown === 0 ? '' : ', the others not known';
    return `${oneLine(arm.model, 40)} ${spend === null ? 'not known' : `${dollars(spend)} for ${of}${rest}`}`;
  });
  return `What the trials cost: ${words.join('; ')}.`;
}

/** With a control arm: how much of the lead is quantization and serving, how much the model. */
export function gapWords(report: Report): string[] {
  return report.gap.flatMap(({ open, control, closed, quantization, model, whole }) => {
    const part = ({ net }: typeof whole): string =>
      net === null ? 'not voted on' : `${per100(net.estimate)} (${per100Interval(net)})`;
    return [
      `Where the lead of ${per100(whole.net?.estimate ?? null)} per 100 comes from: quantization and serving ${part(quantization)}, ${modelOf(report, open)} against ${modelOf(report, control)}; the model ${part(model)}, ${modelOf(report, control)} against ${modelOf(report, closed)}. The parts need not add up.`,
    ];
  });
}

const modelOf = ({ arms }: Report, name: string): string =>
  oneLine(arms.find((arm) => arm.name === name)?.model ?? name, 40);
