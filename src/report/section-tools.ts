/** Where tools were called: slips by kind, and several tries at the same prompt. */

import type { ToolCounts } from '../runs/tool-counts.ts';
import { count, outOf, percent } from '../text/numbers.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { left, right, table } from './table-columns.ts';

export function toolSection(report: Report): Section {
  return { id: 'tools', title: 'Tools and repeated tries', blocks: [...toolBlocks(report), ...tryBlocks(report)] };
}

function toolBlocks({ arms }: Report): Block[] {
  const users = arms.flatMap((arm) => (arm.tools ? [{ arm, tools: arm.tools }] : []));
  if (users.length === 0) return [];
  return [
    table('Tool calls', users, [
      left('model', ({ arm }) => armTitle(arm)),
      right('trials with tools', ({ tools }) => count(tools.trials)),
      right('calls', ({ tools }) => count(tools.calls)),
      right('unknown tool', ({ tools }) => count(tools.invalid['unknown-tool'])),
      right('no JSON', ({ tools }) => count(tools.invalid['bad-json'])),
      right('wrong arguments', ({ tools }) => count(tools.invalid['schema-mismatch'])),
      right('repeated', ({ tools }) => count(tools.invalid.repeated)),
      right('recorded result of another call', ({ tools }) => count(tools.results['log-order'])),
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
