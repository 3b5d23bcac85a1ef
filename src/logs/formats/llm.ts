/** `llm logs --json -n 0` (simonw/llm). */
import { type Draft, reject, settle } from '../draft.ts';
import { compact, filled, listOf, numberOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolCallsFrom, toolsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';

export const llmLogs: LogFormat = {
  name: 'llm',
  title: 'what `llm logs --json` prints',
  sign: (record) =>
    record.conversation_id !== undefined && record.duration_ms !== undefined && record.datetime_utc !== undefined
      ? { score: 0.98, why: 'rows have conversation_id, duration_ms and datetime_utc' }
      : undefined,
  map: (record) => {
    const prompt = filled(record.prompt);
    // The whole request, with the turns before this one, is in prompt_json where the plug-in logs it.
    const request = requestFrom(record.prompt_json);
    const system = filled(record.system);
    if (!request && !prompt) return reject('the prompt is empty');
    const messages: Draft['messages'] = request?.messages ?? [
      ...(system ? [{ role: 'system' as const, content: system }] : []),
      { role: 'user', content: prompt ?? '' },
    ];
    const fragments =
      [...(listOf(record.prompt_fragments) ?? []), ...(listOf(record.system_fragments) ?? [])].length > 0;
    const calls = toolCallsFrom(record.tool_calls);
    return settle(
      compact<Draft>({
        messages,
        tools: request?.tools ?? toolsFrom(record.tools),
        params: request?.params ?? paramsFrom(record.options_json),
        model: filled(record.model),
        ref:
          typeof record.response === 'string'
            ? compact({
                text: record.response,
                tool_calls: calls.length ? calls : undefined,
                latency_ms: numberOf(record.duration_ms),
                usage: compact({ in: numberOf(record.input_tokens), out: numberOf(record.output_tokens) }),
              })
            : undefined,
        source_id: filled(record.id),
        ts: isoTime(record.datetime_utc),
        session_id: filled(record.conversation_id),
        flags: fragments && !request ? ['truncated'] : listOf(record.attachments)?.length ? ['media'] : undefined,
      }),
    );
  },
  noPrompts: 'export with `llm logs --json -n 0 -e > logs.json`',
};
