/** `--pull`: fetches a model that Ollama lacks, with its progress on stderr. Gigabytes, so never without the flag. */
import type { ArmConfig } from '../../arms/arm.ts';
import { ollamaServer } from '../../arms/ollama/ollama-address.ts';
import { type PullProgress, pullModel } from '../../arms/ollama/ollama-pull.ts';
import { printableLine } from '../../text/printable.ts';
import { type Context, isDumb } from '../context.ts';
import { watchInterrupt } from '../interrupt.ts';

/** Ctrl-C stops it; Ollama keeps what it has and goes on from there the next time. Throws ArmError. */
export async function pullWithProgress(config: ArmConfig, context: Context): Promise<void> {
  const { model } = config;
  using interrupt = watchInterrupt();
  const server = ollamaServer(context.env, config);
  const isDrawn = context.stderr.isTTY === true && !isDumb(context.env);
  const show = isDrawn ? lineProgress(model, context) : quarterProgress(model, context);
  context.err(`Pulling ${model} with Ollama at ${server.host}.`);
  await pullModel(server, model, interrupt.soon, show);
  if (isDrawn) context.stderr.write('\r\x1b[K');
  context.err(`Pulled ${model}.`);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Layers come one after the other; the largest is nearly all of the model. */
function lineProgress(model: string, { stderr }: Context): (progress: PullProgress) => void {
  let shownAt = 0;
  return ({ status, total, completed = 0 }) => {
    if (performance.now() - shownAt < 100) return;
    shownAt = performance.now();
    const share = total === undefined ? '' : ` ${Math.floor((completed / total) * 100)} % of ${gigabytes(total)}`;
    const line = printableLine(`${model}: ${status}${share}`).slice(0, (stderr.columns ?? 80) - 1);
    stderr.write(`\r\x1b[K${line}`);
  };
}

/** One line at 25, 50 and 75 % of each layer above 100 MB. */
function quarterProgress(model: string, { err }: Context): (progress: PullProgress) => void {
  const said = new Set<string>();
  return ({ digest, total, completed }) => {
    if (digest === undefined || total === undefined || completed === undefined || total < 1e8) return;
    const quarter = Math.floor((completed / total) * 4) * 25;
    const key = `${digest} ${quarter}`;
    if (quarter < 25 || quarter > 75 || said.has(key)) return;
    said.add(key);
    err(`${model}: ${quarter} % of ${gigabytes(total)}`);
  };
}
