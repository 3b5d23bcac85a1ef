import type { CheckResult } from '../records/attempt-record.ts';
import { isObject } from '../records/plain-json.ts';
import type { CheckSpec, ToolCall } from '../records/prompt-record.ts';
import type { Check, CheckInput, CheckTools } from './check.ts';
import { objectDifference } from './expected-value.ts';
import { callArguments, judgeCall } from './judge-call.ts';
import { checkOptions, oneOf, onOrOff, optional, optionError, someObject, someText, textOption } from './options.ts';
import { fail, notJudged, pass, quote } from './outcome.ts';

/**
 * `toolCall`: every call names a known function and its arguments fit that function's schema.
 * `call: always | never | optional` (default), `name: refund` and `arguments: {city: Rome}` (a value, or
 * `{oneOf: [...], optional: true}`) say more: at least one call must be that one. `strict` rejects unnamed arguments.
 */
export const toolCall = {
  name: 'toolCall',
  validate: (spec, path) => {
    checkOptions(spec, path, {
      value: onOrOff,
      call: optional(oneOf('always', 'never', 'optional')),
      name: optional(someText),
      arguments: optional(someObject),
      strict: onOrOff,
    });
    if (spec.call === 'never' && (spec.name !== undefined || spec.arguments !== undefined)) {
      throw optionError(spec, path, 'call', '"never" and an expected name or arguments exclude each other');
    }
  },
  run: (spec, input, tools) => {
    const calls = input.allToolCalls ?? input.toolCalls;
    const first = calls[0];
    if (spec.call === 'never') {
      return first
        ? fail(spec, 'unwanted-call', `It called ${quote(first.name)} where no tool should be called.`)
        : pass(spec);
    }
    if (calls.length > input.toolCalls.length && input.toolCalls.length > 0) {
      return fail(spec, 'unfinished', 'It was still calling tools at the step limit and never gave an answer.');
    }
    if (!first) return missingCall(spec);
    return judgeCalls(spec, calls, input, tools);
  },
} satisfies Check;

function missingCall(spec: CheckSpec): CheckResult {
  const name = textOption(spec, 'name');
  if (name) return fail(spec, 'missing-call', `It should have called ${quote(name)} and called nothing.`);
  if (spec.call === 'always' || isObject(spec.arguments))
    return fail(spec, 'missing-call', 'It should have called a tool and did not.');
  return pass(spec);
}

/**
 * The answer's own calls must be valid. Over a tool loop's earlier steps an invalid call that the model recovered from
 * is counted elsewhere and fails nothing; what was expected may be among the calls of any step.
 */
function judgeCalls(spec: CheckSpec, calls: ToolCall[], input: CheckInput, tools: CheckTools): CheckResult {
  let unjudged: string | undefined;
  for (const call of input.toolCalls) {
    const verdict = judgeCall(call, input.prompt.tools ?? [], tools, spec.strict === true);
    if (!verdict.valid) return fail(spec, verdict.kind, verdict.why);
    unjudged ??= verdict.unjudged;
  }
  const wrong = expectedCall(spec, calls);
  if (wrong) return wrong;
  return unjudged ? notJudged(spec, 'schema-unusable', unjudged) : pass(spec);
}

function expectedCall(spec: CheckSpec, calls: ToolCall[]): CheckResult | undefined {
  const name = textOption(spec, 'name');
  const named = name === undefined ? calls : calls.filter((call) => call.name === name);
  const last = named.at(-1);
  if (!last)
    return fail(spec, 'wrong-tool', `It called ${quote(calls[0]?.name ?? '')}; ${quote(name ?? '')} was expected.`);
  const wanted = spec.arguments;
  if (!isObject(wanted)) return undefined;
  const differences = named.map((call) => objectDifference(wanted, callArguments(call) ?? {}, ''));
  if (differences.includes(undefined)) return undefined;
  return fail(
    spec,
    'wrong-arguments',
    `${last.name} was called with other arguments than expected: ${differences.at(-1)}.`,
  );
}
