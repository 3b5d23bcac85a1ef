/** gapcheck's own prompts.jsonl: what `import` writes and people edit. Kept as it is; ids are made again. */
import type { JsonObject } from '../../records/plain-json.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { oddField } from '../../records/prompt-record.ts';
import { reject } from '../draft.ts';
import { compact } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import type { LogFormat } from './format.ts';

export const gapcheckPrompts: LogFormat = {
  name: 'gapcheck',
  title: 'prompts that `gapcheck import` wrote',
  sign: (record) =>
    typeof record.id === 'string' && /^p_[0-9a-f]{16}$/.test(record.id) && Array.isArray(record.messages)
      ? { score: 0.98, why: 'its ids are `p_…` of an earlier import' }
      : undefined,
  map: (record) => {
    if (!messagesFrom(record.messages)?.length) return reject('no messages that can be read');
    const odd = oddField(record);
    if (odd) return reject(`"${odd}" is not as gapcheck writes it`);
    const kept = record as JsonObject & PromptRecord;
    return {
      draft: compact({
        messages: kept.messages,
        tools: kept.tools,
        tool_choice: kept.tool_choice,
        response_format: kept.response_format,
        params: kept.params,
        ref: kept.ref,
        answers: kept.answers,
        checks: kept.checks,
        tool_log: kept.tool_log,
        task: kept.task,
        source_id: kept.source_id,
        ts: kept.ts,
        session_id: kept.session_id,
        folder: kept.folder,
        tags: kept.tags,
        flags: kept.flags,
        count: kept.count,
        source: kept.source,
        difficulty: kept.difficulty,
        difficulty_score: kept.difficulty_score,
      }),
    };
  },
};
