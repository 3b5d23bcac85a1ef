/** Routes as data that a router reads: our own JSON, and LiteLLM's form, which a YAML writer turns into a file. */
import { type GapcheckError, userError } from '../errors.ts';
import { whereOf } from '../records/arm-where.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { type RoutedArm, type RoutesRecord, routesSchemaVersion } from '../records/routes-record.ts';
import { type ArmRecord, type RunRecord, reachOf } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { listed } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { coverOf } from './route-cover.ts';
import type { Routing, TaskRoute } from './routing.ts';
import { type Sent, sentFor } from './sent-params.ts';

export interface RouterModel {
  model_name: string;
  litellm_params: JsonObject;
  model_info: JsonObject;
}

/**
 * LiteLLM proxy configuration. Each task is a model name. `TASK-open` and `TASK-closed` are the two models behind a task
 * that may go to open: errors and prompts over open's window fall back to closed. LiteLLM's fallbacks act on errors
 * alone, so a task that is open first goes to our handler, which asks both.
 */
export interface LiteLlmConfig {
  model_list: RouterModel[];
  litellm_settings?: { custom_provider_map: { provider: string; custom_handler: string }[] };
  router_settings: {
    enable_pre_call_checks: boolean;
    fallbacks: Record<string, string[]>[];
    context_window_fallbacks: Record<string, string[]>[];
  };
}

/** The name of our provider in LiteLLM, and where docs/routes.md puts its handler. */
export const handlerProvider = 'gapcheck';
export const handlerObject = 'gapcheck_handler.handler';

/** LiteLLM's parameters of an arm; undefined for answers from a file or a log, which cannot be routed to. */
export type RouteTo = (arm: ArmRecord) => JsonObject | undefined;

/** Throws a user error (exit 2) for an arm that no router can call. */
export function liteLlmConfig(run: RunRecord, routing: Routing, routeTo: RouteTo): LiteLlmConfig {
  const fallbacks: Record<string, string[]>[] = [];
  const model = (name: string, modelName: string, task: TaskRoute): RouterModel =>
    routerModel(run, name, modelName, task, routeTo);
  const model_list = routing.tasks.flatMap((task): RouterModel[] => {
    const { open, closed } = routing;
    if (task.route === 'closed' || task.route === 'closed-until-decided') return [model(closed, task.task, task)];
    const behind = `${task.task}-closed`;
    if (task.route === 'open') {
      fallbacks.push({ [task.task]: [behind] });
      return [model(open, task.task, task), model(closed, behind, task)];
    }
    fallbacks.push({ [`${task.task}-open`]: [behind] });
    return [handled(task), model(open, `${task.task}-open`, task), model(closed, behind, task)];
  });
  const needsHandler = routing.tasks.some(({ route }) => route === 'open-first');
  return {
    model_list,
    ...(needsHandler && {
      litellm_settings: {
        custom_provider_map: [{ provider: handlerProvider, custom_handler: handlerObject }],
      },
    }),
    router_settings: { enable_pre_call_checks: true, fallbacks, context_window_fallbacks: fallbacks },
  };
}

/** What a reader of the file must know, as its comments. */
export function liteLlmNotes(run: RunRecord, routing: Routing): string {
  const first = routing.tasks.filter(({ route }) => route === 'open-first').map(({ task }) => oneLine(task, 60));
  const lines = [
    `Written by gapcheck ${oneLine(run.gapcheck, 40)} from run ${run.id}.`,
    coverOf(armOf(run, routing.open)).words,
    'Longer prompts and errors of open go to the model of TASK-closed.',
    ...(first.length > 0
      ? [
          `Open first, closed when a check fails: ${listed(first)}. This needs gapcheck_handler.py beside this file and`,
          'routes.json from the same report: docs/routes.md has both.',
        ]
      : []),
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}

const handled = (task: TaskRoute): RouterModel => ({
  model_name: task.task,
  litellm_params: { model: `${handlerProvider}/${task.task}` },
  model_info: { gapcheck_route: task.route, gapcheck_reason: task.reason },
});

function routerModel(run: RunRecord, name: string, modelName: string, task: TaskRoute, routeTo: RouteTo): RouterModel {
  const arm = run.arms.find((candidate) => candidate.name === name);
  const litellm_params = arm && routeTo(arm);
  if (!arm || litellm_params === undefined) throw notRoutable(name, arm);
  const { contextTokens, tools } = coverOf(arm);
  return {
    model_name: modelName,
    litellm_params,
    model_info: {
      gapcheck_route: task.route,
      gapcheck_reason: task.reason,
      gapcheck_identity: arm.identity,
      ...(arm.role === 'open' && contextTokens !== null && { max_input_tokens: contextTokens }),
      ...(arm.role === 'open' && tools !== null && { supports_function_calling: tools }),
    },
  };
}

function notRoutable(name: string, arm: ArmRecord | undefined): GapcheckError {
  const [why, hint] =
    arm === undefined || isReplay(arm)
      ? [
          'ready answers. A file for LiteLLM has to name the model that your app calls.',
          '   (write that model into it; docs/routes.md says where)',
        ]
      : [
          whereOf(arm) === 'program'
            ? 'a program, which LiteLLM cannot call.'
            : 'of a provider that LiteLLM has no name for.',
          '   (the routes for Node and "gapcheck check" reach it)',
        ];
  return userError(
    'not-routable',
    `Arm "${name}" is ${arm?.spec ?? 'unknown'}: ${why}`,
    `gapcheck report --routes routes.json${hint}`,
  );
}

/** Our own form: what is decided and why, how both models are reached, and the checks that decide who answers. */
export function routesJson(
  run: RunRecord,
  routing: Routing,
  prompts: readonly Pick<PromptRecord, 'task' | 'params'>[],
): RoutesRecord {
  const open = armOf(run, routing.open);
  const sent = sentFor(prompts, run.settings);
  return {
    schema: routesSchemaVersion,
    kind: 'gapcheck-routes',
    gapcheck: run.gapcheck,
    run: run.id,
    open: { ...routedArm(open), covers: coverOf(open) },
    closed: routedArm(armOf(run, routing.closed)),
    checks: run.settings.checks ?? {},
    ...sent,
    feesSavedPerMonth: routing.savingPerMonth && { ...routing.savingPerMonth },
    routes: routing.tasks.map(
      ({ task, route, reason, failureCost, margin, closedShare, closedShareInterval, delayMs, savingPerMonth }) => ({
        task,
        route,
        reason,
        failureCost,
        margin,
        closedShare,
        closedShareInterval: closedShareInterval && { ...closedShareInterval },
        delayMs,
        feesSavedPerMonth: savingPerMonth && { ...savingPerMonth },
        ...ownSent(
          prompts.filter((prompt) => prompt.task === task),
          run.settings,
          sent,
        ),
      }),
    ),
  };
}

/** What a task's own prompts were sent with, where that is not what most were. */
function ownSent(
  own: readonly Pick<PromptRecord, 'params'>[],
  settings: RunRecord['settings'],
  all: Sent,
): Partial<Sent> {
  const { temperature, maxTokens } = own.length === 0 ? all : sentFor(own, settings);
  return {
    ...(temperature !== all.temperature && { temperature }),
    ...(maxTokens !== all.maxTokens && { maxTokens }),
  };
}

function armOf(run: RunRecord, name: string): ArmRecord {
  const arm = run.arms.find((candidate) => candidate.name === name);
  if (!arm) throw new Error(`a route to an arm that the run does not have: ${name}`);
  return arm;
}

const routedArm = (arm: ArmRecord): RoutedArm => ({
  arm: arm.name,
  ...reachOf(arm),
  ...(arm.setup && { setup: arm.setup }),
});
