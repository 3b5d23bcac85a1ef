/** Where an arm's answers come from. run.json keeps it; runs of 0.1.0 did not, so their provider's name tells. */

import type { ArmPlace } from './run-record.ts';

/** Of a provider: nothing is called; a program of the user; a model server of one's own; somebody's service. */
export type Where = ArmPlace;

/** The providers that 0.1.0 had; all others were hosted. */
const before: Readonly<Record<string, Where>> = {
  logged: 'nowhere',
  column: 'nowhere',
  command: 'program',
  ollama: 'local',
  vllm: 'local',
  llamacpp: 'local',
  lmstudio: 'local',
};

export const whereOf = ({ where, provider }: { where?: Where; provider: string }): Where =>
  where ?? (Object.hasOwn(before, provider) ? before[provider] : undefined) ?? 'hosted';

/** A model behind a provider: its name means something. The others are a file's column, a log, a program. */
export const isModel = (arm: { where?: Where; provider: string }): boolean =>
  whereOf(arm) === 'local' || whereOf(arm) === 'hosted';

/** Ollama's own protocol has no fingerprint: this is its /v1. */
export const ollamaFingerprint = 'fp_ollama';

/** Ollama behind another server's protocol: it cannot be asked for a window there. */
export const isOllama = (model: string): string => `this is Ollama: use ollama:${model}, which sets the window`;
