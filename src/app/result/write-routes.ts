/** `--routes FILE`: which model each task goes to, for a program that routes. */

import { basename, extname } from 'node:path';
import { liteLlmParams } from '../../arms/litellm-params.ts';
import { userError } from '../../errors.ts';
import { pairName, type RunRecord } from '../../records/run-record.ts';
import { toOpenSeal } from '../../report/next-step.ts';
import type { PlanReport } from '../../report/plan-report.ts';
import type { ReportInput } from '../../report/report-input.ts';
import { routingOf } from '../../report/routes.ts';
import { isReplay } from '../../runs/trial.ts';
import { liteLlmConfig, liteLlmNotes, routesJson } from '../../verdicts/router-file.ts';
import { routesModule } from '../../verdicts/router-module.ts';
import { payingRoutes } from '../../verdicts/routing.ts';
import { refuseUnsafe } from './refuse-unsafe.ts';

/** A note for each arm that a router cannot ask: its answers were there before the run. */
export const unroutable = (file: string, { arms }: RunRecord): string[] =>
  arms
    .filter((arm) => arm.role !== 'control' && isReplay(arm))
    .map(
      ({ name, spec }) =>
        `Note: ${name} is ${spec}: ready answers, which no router can ask for. Before you use ${basename(file)}, write the model that your app calls into "spec", "provider" and "model" of arm ${name} there.`,
    );

/** By quality and, where there is a plan, by what pays. Throws (exit 2) while the run is sealed, and for another extension than .json, .mjs, .yaml, .yml. */
export async function routesText(
  file: string,
  input: ReportInput,
  { plan }: { plan: PlanReport | null },
): Promise<string> {
  const extension = extname(file).toLowerCase();
  if (!['.json', '.mjs', '.yaml', '.yml'].includes(extension)) {
    throw userError(
      'unknown-format',
      `--routes ${file}: routes are .json, .mjs for Node, or .yaml for LiteLLM.`,
      '--routes routes.json',
    );
  }
  if (input.pairs === 'sealed')
    throw userError('sealed', `There are no routes yet: ${input.seal.reason}`, toOpenSeal(input));
  if (input.run.settings.agent)
    throw userError(
      'no-routes',
      'A run of whole agents gives no routes: a router passes on single calls.',
      'gapcheck report -o report.html says which jobs the open agent does',
    );
  refuseUnsafe(input, 'no-routes', 'Nothing may be routed on these votes.');
  const all = routingOf(input, input.pairs);
  const found = all.find(({ verdicts }) => pairName(verdicts.pair) === plan?.pair) ?? all[0];
  if (!found) throw userError('no-routes', 'This run has no closed and open arm to route between.');
  const moves = plan && (plan.word === 'not-for-money' ? [] : plan.moves);
  const routing = moves ? payingRoutes(found.routing, moves) : found.routing;
  if (extension === '.json') return `${JSON.stringify(routesJson(input.run, routing, input.prompts), null, 2)}\n`;
  if (extension === '.mjs') return routesModule(routesJson(input.run, routing, input.prompts));
  const { stringify } = await import('yaml');
  const config = liteLlmConfig(input.run, routing, liteLlmParams);
  return `${liteLlmNotes(input.run, routing)}${stringify(config)}`;
}
