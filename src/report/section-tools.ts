/** Where tools were called: slips by kind, what a workflow survives, and several tries at the same prompt. */

import type { ToolCounts } from '../runs/tool-counts.ts';
import { count, outOf, percent } from '../text/numbers.ts';
import { finishChance, type Survival, stepsSurvived, survivalSentence } from '../verdicts/survival.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { left, right, table } from './table-columns.ts';

export function toolSection(report: Report): Section {
  return { id: 'tools', title: 'Tools and long workflows', blocks: [...toolBlocks(report), ...tryBlocks(report)] };
}

function toolBlocks({ arms }: Report): Block[] {
  const users = arms.flatMap((arm) => (arm.tools ? [{ arm, tools: arm.tools }] : []));
  if (users.length === 0) return [];
  return [
    { kind: 'chart', chart: 'survival' },
    ...users.flatMap(({ arm }): Block[] =>
      arm.survival ? [{ kind: 'text', text: survivalWords(arm, arm.survival) }] : [],
    ),
    table('Tool calls', users, [
      left('model', ({ arm }) => armTitle(arm)),
      right('trials with tools', ({ tools }) => count(tools.trials)),
      right('calls', ({ tools }) => count(tools.calls)),
      right('unknown tool', ({ tools }) => count(tools.invalid['unknown-tool'])),
      right('no JSON', ({ tools }) => count(tools.invalid['bad-json'])),
      right('wrong arguments', ({ tools }) => count(tools.invalid['schema-mismatch'])),
      right('repeated', ({ tools }) => count(tools.invalid.repeated)),
      right('recovered', ({ tools }) => recoveredWords(tools)),
      right('finished', ({ tools }) => outOf(tools.finished, tools.trials)),
    ]),
  ];
}

/** "3/4", with the calls after which nobody knows; a dash where no call went wrong. */
function recoveredWords({ recovered, notRecovered, recoveryUnknown }: ToolCounts): string {
  const known = recovered + notRecovered;
  if (recoveryUnknown === 0) return outOf(recovered, known);
  return known === 0 ? 'not measured' : `${outOf(recovered, known)}, ${count(recoveryUnknown)} not measured`;
}

const workflow = 20;

/** Without a failure the estimate is 100 %, which says too much: then the sentence says what can still be true. */
function survivalWords(arm: ArmReport, found: Survival): string {
  const assumed = 'Assumes that steps fail independently, all at one rate.';
  if (found.failed > 0) return `${armTitle(arm)}: ${survivalSentence(found, workflow)}. ${assumed}`;
  const least = percent(finishChance(found, workflow).lower);
  return `${armTitle(arm)}: none of ${count(found.steps)} steps failed. That few steps still allow that only ${least} of ${workflow}-step workflows finish without a retry. ${assumed}`;
}

function tryBlocks({ arms }: Report): Block[] {
  const most = Math.max(0, ...arms.map((arm) => arm.passHat.length));
  if (most < 2) return [];
  return [
    table<ArmReport>('pass^k: chance that k tries at the same prompt all end usable', arms, [
      left('model', armTitle),
      ...Array.from({ length: most }, (_, at) =>
        right<ArmReport>(`k = ${at + 1}`, ({ passHat }) => percent(passHat[at]?.chance ?? null)),
      ),
      right('prompts', ({ passHat }) => count(passHat[0]?.prompts ?? 0)),
    ]),
  ];
}

/** Steps of the longest workflow that the survival chart shows: where the weaker arm is down to 20 %, 10 to 50. */
export function chartSteps(arms: readonly ArmReport[]): number {
  const reach = arms.flatMap((arm) => (arm.survival ? [stepsSurvived(arm.survival.rate, 0.2) ?? 50] : []));
  return Math.min(50, Math.max(10, ...reach));
}
