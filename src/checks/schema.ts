/**
 * JSON Schema, draft 7 and 2020-12. A schema is data from a log or a config: a `$ref` out of the document is refused,
 * nothing is ever loaded, and its patterns run under the same time limit as everybody's.
 */
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { repairSchema } from '../records/schema-repair.ts';
import type { CheckTools } from './check.ts';
import { counted } from './outcome.ts';

export interface SchemaProblem {
  /** Where in the value: `items[2].price`; empty at the top. */
  at: string;
  /** What is wrong there, continuing a sentence: `must be integer, not string`. */
  wrong: string;
}
type SchemaVerdict = 'valid' | 'timeout' | { problems: SchemaProblem[] };
export type Validator = (value: unknown) => SchemaVerdict;

interface Engine {
  draft7: Ajv;
  draft2020: Ajv2020;
  /** A pattern ran out of time during the validation that is under way. */
  clock: { timedOut: boolean };
  compiled: WeakMap<JsonObject, Validator>;
}
const engines = new WeakMap<CheckTools, Engine>();

/** Compiled once per schema object. Throws Error with one sentence when the schema cannot be used. */
export function validatorFor(schema: JsonObject, tools: CheckTools): Validator {
  const engine = engines.get(tools) ?? makeEngine(tools);
  engines.set(tools, engine);
  const known = engine.compiled.get(schema);
  if (known) return known;
  const outside = outsideReference(schema);
  if (outside)
    throw new Error(
      `its $ref ${JSON.stringify(outside)} points out of the schema; nothing is loaded from files or the network`,
    );
  const validate = compile(schema, engine);
  const validator: Validator = (value) => {
    engine.clock.timedOut = false;
    const valid = validate(value);
    if (engine.clock.timedOut) return 'timeout';
    return valid === true ? 'valid' : { problems: (validate.errors ?? []).map((error) => describe(error, value)) };
  };
  engine.compiled.set(schema, validator);
  return validator;
}

function makeEngine(tools: CheckTools): Engine {
  const clock = { timedOut: false };
  const regExp = (pattern: string, unicode: string) => {
    const flags = compiles(pattern, unicode) ? unicode : '';
    new RegExp(pattern, flags);
    return {
      // Ajv tells patterns apart by this text.
      toString: () => `/${pattern}/${flags}`,
      test: (text: string) => {
        const found = tools.matches(pattern, flags, text);
        if (found === 'timeout') clock.timedOut = true;
        return found === true;
      },
    };
  };
  const options: Options = {
    strict: false,
    validateSchema: false,
    allowUnionTypes: true,
    verbose: true,
    logger: false,
    code: { regExp: Object.assign(regExp, { code: 'undefined' }) },
  };
  const draft7 = new Ajv(options);
  const draft2020 = new Ajv2020(options);
  for (const ajv of [draft7, draft2020]) {
    ajvFormats.default(ajv, { mode: 'fast' });
    boundFormats(ajv, (pattern, text) => regExp(pattern.source, pattern.flags).test(text));
  }
  return { draft7, draft2020, clock, compiled: new WeakMap() };
}

/** Longer texts are matched under the time limit. */
const shortText = 2_000;

/** The pattern of ajv-formats for `url` is quadratic: 100 kB of colons take it half a minute. */
function boundFormats(ajv: Ajv, matches: (pattern: RegExp, text: string) => boolean): void {
  for (const [name, format] of Object.entries(ajv.formats)) {
    if (!(format instanceof RegExp)) continue;
    ajv.addFormat(name, (text) => (text.length <= shortText ? format.test(text) : matches(format, text)));
  }
}

/** Patterns in the wild escape more than the unicode flag allows. */
function compiles(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

function compile(schema: JsonObject, engine: Engine): ValidateFunction {
  const modern =
    typeof schema.$schema === 'string' ? /20(19-09|20-12)/.test(schema.$schema) : usesKey(schema, 'prefixItems');
  const { $id: _, ...repaired } = repairSchema(schema);
  return modern ? engine.draft2020.compile(repaired) : engine.draft7.compile(repaired);
}

const usesKey = (value: Json, key: string): boolean => {
  if (Array.isArray(value)) return value.some((item) => usesKey(item, key));
  return isObject(value) && (key in value || Object.values(value).some((item) => usesKey(item, key)));
};

/** The first `$ref` that does not stay within the document (`#...`). */
function outsideReference(value: Json): string | undefined {
  if (Array.isArray(value)) return value.map(outsideReference).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const target = value[key];
    if (typeof target === 'string' && !target.startsWith('#')) return target;
  }
  return outsideReference(Object.values(value));
}

function describe(error: ErrorObject, root: unknown): SchemaProblem {
  const at = readablePath(error.instancePath);
  const params: Record<string, unknown> = error.params;
  const within = at === '' ? '' : `${at}.`;
  if (error.keyword === 'required') return { at: `${within}${String(params.missingProperty)}`, wrong: 'is missing' };
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const name = String(params.additionalProperty ?? params.unevaluatedProperty);
    return { at: `${within}${name}`, wrong: 'is not in the schema' };
  }
  const got = error.data === undefined ? valueAt(root, error.instancePath) : error.data;
  if (error.keyword === 'type')
    return { at, wrong: `must be ${String(params.type).replaceAll(',', ' or ')}, not ${typeName(got)}` };
  if (error.keyword === 'enum')
    return { at, wrong: `must be one of ${listed(params.allowedValues)}, not ${short(got)}` };
  if (error.keyword === 'const') return { at, wrong: `must be ${short(params.allowedValue)}, not ${short(got)}` };
  if (error.keyword === 'minItems' || error.keyword === 'maxItems') {
    const bound = error.keyword === 'minItems' ? 'at least' : 'at most';
    return { at, wrong: `must have ${bound} ${counted(Number(params.limit), 'item')}` };
  }
  return { at, wrong: error.message ?? 'does not fit the schema' };
}

const listed = (values: unknown): string => {
  const all = Array.isArray(values) ? values : [];
  return `${all.slice(0, 6).map(short).join(', ')}${all.length > 6 ? ', …' : ''}`;
};

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'string' ? `text (${short(value)})` : typeof value;
}

/** `/items/2/unit price` → `items[2].unit price` */
function readablePath(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce(
    (path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
    '',
  );
}

function valueAt(root: unknown, pointer: string): unknown {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at[Number(step)];
    return isObject(at) ? at[step] : undefined;
  }, root);
}
