/** A small request for tests of arms; everything can be overridden. */
import type { ArmConfig, ArmReply, ArmRequest } from '../../src/arms/arm.ts';
import { ArmError } from '../../src/arms/arm.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';

export const promptOf = (text: string, more: Partial<PromptRecord> = {}): PromptRecord => ({
  id: 'p_0123456789abcdef',
  task: 'test',
  messages: [{ role: 'user', content: text }],
  difficulty: 'easy',
  weight: 1,
  source: { format: 'csv', file: 'prompts.csv', line: 2 },
  ...more,
});

export function requestOf(text = 'hello', more: Partial<ArmRequest> = {}): ArmRequest {
  const prompt = more.prompt ?? promptOf(text);
  return {
    prompt,
    messages: prompt.messages,
    params: { max_tokens: 256, temperature: 0.5, seed: 7 },
    trial: 1,
    ...more,
  };
}

export const configOf = (provider: string, model: string, more: Partial<ArmConfig> = {}): ArmConfig => ({
  name: 'open',
  role: 'open',
  spec: `${provider}:${model}`,
  provider,
  model,
  ...more,
});

/** The ArmError that a promise ends with; throws when it ends well or otherwise. */
export async function failureOf(promise: Promise<ArmReply | unknown>): Promise<ArmError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArmError) return error;
    throw error;
  }
  throw new Error('expected an ArmError, but it went well');
}
