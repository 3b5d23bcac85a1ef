/** A request and an answer as programs send them (OpenAI's form, or gapcheck's own) → what checks and arms know. */
import { userError } from '../../errors.ts';
import { answerFrom } from '../../logs/answer.ts';
import { requestFrom } from '../../logs/request.ts';
import { toolCallsFrom } from '../../logs/tools.ts';
import type { PromptId } from '../../records/ids.ts';
import { isObject, type Json, type JsonObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, PromptRecord } from '../../records/prompt-record.ts';

/**
 * `{task, messages, tools?, tool_choice?, response_format?, max_tokens?, …}`, or `{task, prompt}`. Throws (exit 2) where
 * nothing is asked.
 */
export function readRequest(request: JsonObject): PromptRecord {
  const draft = requestFrom(request);
  if (!draft || draft.messages.length === 0)
    throw userError('no-request', 'It asks nothing: there are no messages.', 'send {"task": …, "messages": […]}');
  const { messages, tools, tool_choice, response_format, params } = draft;
  return {
    id: (typeof request.id === 'string' ? request.id : 'request') as PromptId,
    task: typeof request.task === 'string' ? request.task : 'all',
    messages,
    difficulty: 'easy',
    weight: 1,
    source: { format: 'request', file: 'stdin', line: 1 },
    ...(tools && { tools }),
    ...(tool_choice !== undefined && { tool_choice }),
    ...(response_format && { response_format }),
    ...(params && { params }),
  };
}

/** A text, `{text, tool_calls?, finish?, refusal?}`, or what an API answered. Throws (exit 2) where there is none. */
export function readAnswer(value: Json | undefined): LoggedAnswer {
  if (typeof value === 'string') return { text: value };
  const own = isObject(value) && typeof value.text === 'string' ? ownAnswer(value) : undefined;
  const answer = own ?? answerFrom(value);
  if (!answer)
    throw userError('no-answer', 'There is no answer to check.', 'send {"answer": "text"} or the reply of the API');
  return answer;
}

function ownAnswer(value: JsonObject): LoggedAnswer {
  const { text, finish, refusal } = value;
  const calls = toolCallsFrom(value.tool_calls);
  return {
    text: String(text),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(typeof finish === 'string' && { finish }),
    ...(typeof refusal === 'string' && { refusal }),
  };
}
