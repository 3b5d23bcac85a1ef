/** Answers that came with the prompts: production's own (`logged`), or a column of answers (`column:NAME`). */
import { failedInLog } from '../../records/outcomes.ts';
import type { LoggedAnswer, PromptRecord } from '../../records/prompt-record.ts';
import { type Arm, type ArmConfig, ArmError, type ArmReply } from '../arm.ts';
import type { Provider } from '../provider.ts';

const replayed = {
  where: 'nowhere',
  keyVariables: [],
  atOnce: Number.POSITIVE_INFINITY,
  mayAppearLater: false,
} as const;

export const loggedProvider: Provider = {
  ...replayed,
  name: 'logged',
  example: 'logged',
  settings: ['price'],
  ready: { from: 'log', answer: ({ ref }) => ref },
  inWords: () => "production's own answers from the log",
  make: (config) => replayArm(config, (prompt) => prompt.ref, 'no answer was logged'),
};

export const columnProvider: Provider = {
  ...replayed,
  name: 'column',
  example: 'column:closed',
  settings: ['price'],
  ready: { from: 'column', answer: ({ answers }, model) => answers?.[model] },
  inWords: (model) => `the answers in column ${model}`,
  make: (config) =>
    replayArm(
      config,
      (prompt) => prompt.answers?.[config.model],
      `the column "answer:${config.model}" is empty in this row`,
    ),
};

function replayArm(config: ArmConfig, find: (prompt: PromptRecord) => LoggedAnswer | undefined, none: string): Arm {
  const { provider, model } = config;
  return {
    config,
    describe: async () => ({ provider, model, host: null, leavesMachine: false }),
    call: async ({ prompt }) => {
      const answer = find(prompt);
      if (!answer) throw new ArmError('no-answer', `${prompt.source.file}:${prompt.source.line}: ${none}`);
      if (answer.error !== undefined) {
        const { error, text } = answer;
        throw new ArmError('no-answer', `failed in the log: ${error}`, { why: failedInLog, partial: text });
      }
      return replyOf(answer);
    },
  };
}

function replyOf(answer: LoggedAnswer): ArmReply {
  const { text, tool_calls, earlier_calls, refusal, model, usage, latency_ms, ttft_ms, cost_usd } = answer;
  return {
    text,
    ...(tool_calls?.length && { toolCalls: tool_calls }),
    ...(earlier_calls?.length && { earlierCalls: earlier_calls }),
    ...(refusal !== undefined && { refusal }),
    // A log without a finish reason held a whole answer, as far as anyone can tell.
    finish: answer.finish ?? (tool_calls?.length ? 'tool_calls' : 'stop'),
    ...(model !== undefined && { model }),
    usage: usage ?? {},
    ...(latency_ms !== undefined && { ms: { total: latency_ms, ...(ttft_ms !== undefined && { ttft: ttft_ms }) } }),
    ...(cost_usd !== undefined && { costUsd: cost_usd }),
  };
}
