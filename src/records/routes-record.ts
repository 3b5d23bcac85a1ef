/** routes.json: which model each task goes to, how both are reached, and the checks behind "open first". */
import * as v from 'valibot';
import { checkSpec } from './prompt-record.ts';
import { amount, anyObject, count, number, oddPlace, runId, share } from './rules.ts';
import { armRole } from './run-record.ts';

/** Of routes.json; a change that breaks a reader raises it. */
export const routesSchemaVersion = 2;

/** How a model is reached: enough to make its arm again. Keys stay in the environment. */
const routedArm = v.object({
  arm: v.string(),
  role: armRole,
  spec: v.string(),
  provider: v.string(),
  model: v.string(),
  identity: v.string(),
  host: v.nullable(v.string()),
  setup: v.optional(anyObject),
});
export type RoutedArm = v.InferOutput<typeof routedArm>;

/** What open can be asked; null = not known, and taken as yes. */
const cover = v.object({
  /** Window that prompt and answer share, tokens. */
  contextTokens: v.nullable(count),
  tools: v.nullable(v.boolean()),
  images: v.nullable(v.boolean()),
  words: v.string(),
});
export type RouteCover = v.InferOutput<typeof cover>;

const range = v.object({ lower: number, upper: number });

const taskRoute = v.object({
  task: v.string(),
  route: v.picklist(['open', 'open-first', 'closed', 'closed-until-decided']),
  reason: v.string(),
  failureCost: v.picklist(['low', 'medium', 'high']),
  margin: share,
  /** Share of the calls that closed answers under this route, and its limits where it was measured. */
  closedShare: share,
  closedShareInterval: v.nullable(range),
  delayMs: v.nullable(amount),
  /** Fees alone, US dollars. */
  feesSavedPerMonth: v.nullable(v.object({ estimate: number, lower: number, upper: number })),
  /** Where this task's prompts were sent with others than those of the file. */
  temperature: v.optional(v.nullable(number)),
  maxTokens: v.optional(count),
});

const routesRecord = v.object({
  schema: v.literal(routesSchemaVersion),
  kind: v.literal('gapcheck-routes'),
  gapcheck: v.string(),
  run: runId,
  open: v.object({ ...routedArm.entries, covers: cover }),
  closed: routedArm,
  /** As the config of the run had them: by task, `*` for every one. */
  checks: v.record(v.string(), v.array(checkSpec)),
  /** What the run sent, which a request that says nothing goes out with: the temperature of most prompts, the largest cap. */
  maxTokens: count,
  temperature: v.nullable(number),
  /** Fees alone, US dollars. */
  feesSavedPerMonth: v.nullable(v.object({ estimate: number, lower: number, upper: number })),
  routes: v.array(taskRoute),
});
export type RoutesRecord = v.InferOutput<typeof routesRecord>;

/** The field that is not as gapcheck writes it. */
export const oddInRoutes = (value: unknown): string | undefined => oddPlace(routesRecord, value);
