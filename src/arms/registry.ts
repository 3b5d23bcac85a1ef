/** Every kind of arm: one file each, one line here. A named endpoint (endpoints.ts) is the openai kind elsewhere. */
import { anthropicArm } from './anthropic/anthropic.ts';
import type { Arm, ArmConfig, ArmFactory } from './arm.ts';
import { ollamaArm } from './ollama/ollama.ts';
import { openaiArm } from './openai/openai.ts';
import { commandArm } from './programs/command.ts';
import { columnArm, loggedArm } from './ready/logged.ts';
import { guardKeys } from './wire/echoed-keys.ts';
import { endpoints } from './wire/endpoints.ts';

const factories = {
  openai: openaiArm,
  anthropic: anthropicArm,
  ollama: ollamaArm,
  logged: loggedArm,
  column: columnArm,
  command: commandArm,
} satisfies Record<string, ArmFactory>;

export type ArmKind = keyof typeof factories;

export const armKinds = Object.keys(factories) as ArmKind[];

const isKind = (provider: string): provider is ArmKind => Object.hasOwn(factories, provider);

/** The arm of a config whose provider `parseSpec` knows. No SDK is loaded before the arm is used. */
export function createArm(config: ArmConfig, env: Record<string, string | undefined>): Arm {
  const { provider } = config;
  if (isKind(provider)) return guardKeys(factories[provider](config, env), env);
  return guardKeys(factories.openai({ ...endpoints[provider], ...config }, env), env);
}
