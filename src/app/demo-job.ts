import type { ExitCode } from '../errors.ts';
import { packageFile } from '../version.ts';
import type { Context } from './context.ts';
import { run } from './main-job.ts';
import type { DemoOptions } from './verb-options.ts';

/** The packaged file: the same as prompts/demo.csv of a clone. */
const demoFile = packageFile('prompts/demo.csv');

/** The whole job on the packaged prompts. Says first that they measure no model. */
export async function demo(options: DemoOptions, context: Context): Promise<ExitCode> {
  context.err('Demo: 24 prompts, each with two answers written by hand. They measure no model; nothing is sent.');
  return run([demoFile], { ...options, yes: true, name: options.name ?? 'demo' }, context);
}
