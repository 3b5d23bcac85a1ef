/**
 * A run on a Langfuse export of production: the closed side is what the log holds, the open side a model on this machine
 * that nobody has stated a price for.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reply, startModelServer } from './model-server.ts';
import { closedWords, openWords, type PlayedRun, playedAt } from './played-run.ts';
import { runVerb } from './run-verb.ts';

export const productionModel = 'gpt-4o-mini-2024-07-18';

export interface Observation {
  task: string;
  prompt: string;
  model: string;
  temperature: number;
  /** What the log says of a call that failed; it has no output. */
  error?: string;
}

/** Observations as Langfuse exports them: `count` of each task, changed by `change`. */
export function observations(
  tasks: Record<string, number>,
  change: (one: Observation, at: number) => Partial<Observation> = () => ({}),
): Observation[] {
  const all = Object.entries(tasks).flatMap(([task, count]) =>
    Array.from({ length: count }, (_, at) => ({
      task,
      prompt: `${task} number ${at}`,
      model: productionModel,
      temperature: 0.3,
    })),
  );
  return all.map((one, at) => ({ ...one, ...change(one, at) }));
}

const exported = ({ task, prompt, model, temperature, error }: Observation, at: number) => ({
  id: `o-${at}`,
  traceId: `t-${at}`,
  traceName: task,
  type: 'GENERATION',
  name: task,
  startTime: new Date(Date.UTC(2026, 10, 16, 9, at)).toISOString(),
  endTime: new Date(Date.UTC(2026, 10, 16, 9, at, 1)).toISOString(),
  model,
  modelParameters: { temperature, max_tokens: 400 },
  input: { messages: [{ role: 'user', content: prompt }] },
  output: error === undefined ? { role: 'assistant', content: `${closedWords} about ${prompt}` } : null,
  usageDetails: { input: 63, output: 26, total: 89 },
  costDetails: { total: 0.00004 },
  level: error === undefined ? 'DEFAULT' : 'ERROR',
  statusMessage: error ?? null,
  parentObservationId: null,
});

export interface ProductionRun {
  played: PlayedRun;
  /** What `gapcheck run` printed, and its exit code. */
  ran: { code: number | null; out: string; err: string };
  /** Temperatures that the open model was asked with. */
  temperatures: unknown[];
}

export const writeLog = (cwd: string, log: readonly Observation[]): void =>
  writeFileSync(join(cwd, 'langfuse.json'), JSON.stringify(log.map(exported)));

export async function productionRun(
  cwd: string,
  log: readonly Observation[],
  words: readonly string[] = [],
): Promise<ProductionRun> {
  writeLog(cwd, log);
  await using server = await startModelServer(({ lastUserText }) => reply(`${openWords} about ${lastUserText}`));
  const sides = ['--closed', 'logged', '--open', 'openai:toy-8b'];
  const args = ['run', 'langfuse.json', ...sides, '-n', String(log.length), '--no-score', '--yes', ...words];
  const ran = await runVerb(args, { cwd, env: server.env });
  return { played: playedAt(cwd), ran, temperatures: server.calls.map(({ body }) => body.temperature) };
}
