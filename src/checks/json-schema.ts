import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { CheckSpec } from '../records/prompt-record.ts';
import type { Check, CheckTools } from './check.ts';
import { isCallOnly, parseAnswer } from './json.ts';
import { checkOptions, type OptionRule, onOrOff, optionError } from './options.ts';
import { fail, notJudged, pass } from './outcome.ts';
import { type SchemaProblem, validatorFor } from './schema.ts';

/** For compiling at validation time only: no text is matched there. */
const noText: CheckTools = { matches: () => false };

const schemaRule: OptionRule = (value) =>
  value === false || isObject(value) ? undefined : 'must be a JSON Schema, written out as an object';

const asSchema = (spec: CheckSpec): JsonObject => (isObject(spec.value) ? spec.value : {});

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The first problems as one sentence: `items[2].price must be number, not text ("12").` */
export function problemSentence(problems: readonly SchemaProblem[], top: string): string {
  const first = problems[0];
  if (!first) return `${top} does not fit the schema.`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${first.at === '' ? top : first.at} ${first.wrong}${more}.`;
}

/** `jsonSchema: {type: object, …}`: the answer parses as JSON and fits the schema. */
export const jsonSchema = {
  name: 'jsonSchema',
  validate: (spec, path) => {
    checkOptions(spec, path, { value: schemaRule, fences: onOrOff });
    if (spec.value === false) return;
    try {
      validatorFor(asSchema(spec), noText);
    } catch (error) {
      throw optionError(spec, path, 'value', `cannot be used: ${reason(error)}`);
    }
  },
  run: (spec, input, tools) => {
    if (isCallOnly(input)) return pass(spec);
    const parsed = parseAnswer(input.text, { fences: spec.fences !== false });
    if (!parsed.ok) return fail(spec, 'json', parsed.why);
    try {
      const verdict = validatorFor(asSchema(spec), tools)(parsed.value);
      if (verdict === 'valid') return pass(spec);
      if (verdict === 'timeout')
        return notJudged(spec, 'regex-timeout', 'A pattern of the schema took too long on this answer.');
      return fail(
        spec,
        'schema-mismatch',
        `The JSON does not fit the schema: ${problemSentence(verdict.problems, 'it')}`,
      );
    } catch (error) {
      return notJudged(spec, 'schema-unusable', `The schema in the log cannot be used: ${reason(error)}.`);
    }
  },
} satisfies Check;
