/**
 * A prompt with tools as a loop of steps: model → tool call → tool result → model, until a final answer or `maxSteps`.
 * Every step is yielded, and so recorded, with the results that went back to the model.
 *
 * It runs where calls can be answered (toolbox.ts). Without any source of results one step is asked and its call is
 * the answer; `logged` and `column` arms have nothing to ask.
 */

import type { StepRecord } from '../records/attempt-record.ts';
import type { Message, ToolCall } from '../records/prompt-record.ts';
import { judgedText, type Known } from '../text/judged.ts';
import {
  type AttemptContext,
  type Attempter,
  type AttemptStep,
  type CalledStep,
  callStep,
  lastStep,
  messagesFor,
  runAttempt,
} from './attempt.ts';
import { isToolLoop } from './loop-steps.ts';
import { createToolbox, type Toolbox, type ToolboxOptions } from './toolbox.ts';
import { isReplay } from './trial.ts';

/** An `Attempter` for every prompt: plain ones go to `runAttempt`. */
export const createToolLoop = (options: ToolboxOptions): Attempter =>
  async function* attempt(context) {
    yield* isLoop(context) ? runLoop(context, options) : runAttempt(context);
  };

const isLoop = ({ arm, cell, settings }: AttemptContext): boolean =>
  !isReplay(arm.config) && isToolLoop(cell.prompt, settings);

async function* runLoop(context: AttemptContext, options: ToolboxOptions): AsyncGenerator<AttemptStep> {
  const { cell, settings } = context;
  const toolbox = createToolbox(cell, settings, options);
  const messages = [...messagesFor(context)];
  const known = { prompt: cell.prompt, templateEnds: context.templateEnds };
  const steps = [...cell.steps];
  for (const step of steps) {
    toolbox.recall(step);
    messages.push(...turnOf(step, known));
  }
  for (;;) {
    const called = await callStep(steps.length === 0 ? context : freeToAnswer(context), messages, steps.length + 1);
    if (!goesOn(called, settings.maxSteps)) {
      yield await lastStep(context, called, steps);
      return;
    }
    const step = await withResults(called, toolbox, context.signal);
    yield step;
    if (step.step.last) return;
    steps.push(step.step);
    messages.push(...turnOf(step.step, known));
  }
}

/** A forced call would be forced at every step, and the loop could never end. */
function freeToAnswer(context: AttemptContext): AttemptContext {
  const { tool_choice: choice } = context.cell.prompt;
  if (choice === undefined || choice === 'auto' || choice === 'none') return context;
  return { ...context, cell: { ...context.cell, prompt: { ...context.cell.prompt, tool_choice: 'auto' } } };
}

/** A call that the token limit cut is no call to execute. */
function goesOn({ step }: CalledStep, maxSteps: number): boolean {
  if (step.outcome !== 'answered' || step.step >= maxSteps) return false;
  return (step.tool_calls?.length ?? 0) > 0 && step.finish !== 'length' && step.finish !== 'max_tokens';
}

/** Results in the order of the calls. A program that cannot be started stops the run; the step is recorded first. */
async function withResults(called: CalledStep, toolbox: Toolbox, signal: AbortSignal): Promise<AttemptStep> {
  const { reply: _reply, judged: _judged, ...item } = called;
  const calls = (item.step.tool_calls ?? []).map((call, index) => withId(call, item.step, index));
  const step: StepRecord = { ...item.step, tool_calls: calls };
  const results: NonNullable<StepRecord['tool_results']> = [];
  try {
    for (const call of calls) results.push(await toolbox.answer(call, signal));
    return { ...item, step: { ...step, tool_results: results } };
  } catch (error) {
    const ended = { ...step, tool_results: results, outcome: 'aborted', last: true } satisfies StepRecord;
    if (signal.aborted) return { ...item, step: { ...ended, message: 'stopped while a tool ran' } };
    const message = error instanceof Error ? error.message : String(error);
    return { ...item, step: { ...ended, message }, crash: error };
  }
}

/** Some local servers send calls without an id; the result must name one. */
const withId = (call: ToolCall, { attempt, step }: StepRecord, index: number): ToolCall =>
  call.id === '' ? { ...call, id: `call_${attempt}_${step}_${index + 1}` } : call;

/** A step as the next request's history holds it: no provider takes the thought of an earlier turn back. */
function turnOf(step: StepRecord, known: Known): Message[] {
  const { tool_calls = [], tool_results = [] } = step;
  const { text } = judgedText(step, known);
  const results = tool_results.map(
    ({ id, name, content }): Message => ({ role: 'tool', tool_call_id: id, name, content }),
  );
  return [{ role: 'assistant', content: text || null, tool_calls }, ...results];
}
