/** Routes as data that a router reads: our own JSON, and LiteLLM's form, which a YAML writer turns into a file. */
import { userError } from '../errors.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import type { Routing, TaskRoute } from './routing.ts';

export interface RouterModel {
  model_name: string;
  litellm_params: JsonObject;
  model_info: JsonObject;
}

/** LiteLLM proxy configuration: one model name per task; `TASK-fallback` is where a failed check goes. */
export interface LiteLlmConfig {
  model_list: RouterModel[];
  router_settings: { fallbacks: Record<string, string[]>[] };
}

/** LiteLLM's parameters of an arm; undefined for answers from a file or a log, which cannot be routed to. */
export type RouteTo = (arm: ArmRecord) => JsonObject | undefined;

/** Throws a user error (exit 2) for an arm that no router can call. */
export function liteLlmConfig(run: RunRecord, routing: Routing, routeTo: RouteTo): LiteLlmConfig {
  const model_list: RouterModel[] = [];
  const fallbacks: Record<string, string[]>[] = [];
  for (const task of routing.tasks) {
    const toOpen = task.route === 'open' || task.route === 'open-first';
    model_list.push(routerModel(run, toOpen ? routing.open : routing.closed, task.task, task, routeTo));
    if (task.route !== 'open-first') continue;
    const fallback = `${task.task}-fallback`;
    model_list.push(routerModel(run, routing.closed, fallback, task, routeTo));
    fallbacks.push({ [task.task]: [fallback] });
  }
  return { model_list, router_settings: { fallbacks } };
}

function routerModel(run: RunRecord, name: string, modelName: string, task: TaskRoute, routeTo: RouteTo): RouterModel {
  const arm = run.arms.find((candidate) => candidate.name === name);
  const litellm_params = arm && routeTo(arm);
  if (!arm || litellm_params === undefined) {
    throw userError(
      'not-routable',
      `Arm "${name}" (${arm?.spec ?? 'unknown'}) is not a model that a router can call.`,
      'write the routes as JSON instead: gapcheck report --routes routes.json',
    );
  }
  return {
    model_name: modelName,
    litellm_params,
    model_info: { gapcheck_route: task.route, gapcheck_reason: task.reason, gapcheck_identity: arm.identity },
  };
}

/** Our own form: what is decided and why, without anything a router must not act on. */
export function routesJson(run: RunRecord, routing: Routing): JsonObject {
  return {
    schema: 1,
    run: run.id,
    open: modelOf(run, routing.open),
    closed: modelOf(run, routing.closed),
    savingPerMonth: routing.savingPerMonth && { ...routing.savingPerMonth },
    routes: routing.tasks.map(({ task, route, reason, failureCost, margin, closedShare, delayMs, savingPerMonth }) => ({
      task,
      route,
      reason,
      failureCost,
      margin,
      closedShare,
      delayMs,
      savingPerMonth: savingPerMonth && { ...savingPerMonth },
    })),
  };
}

function modelOf(run: RunRecord, name: string): JsonObject {
  const arm = run.arms.find((candidate) => candidate.name === name);
  return { arm: name, model: arm?.model ?? null, identity: arm?.identity ?? null, host: arm?.host ?? null };
}
