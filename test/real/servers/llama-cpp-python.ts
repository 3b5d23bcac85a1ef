/** The server of llama-cpp-python: another program around the same library, built from source. */
import { existsSync } from 'node:fs';
import { hasPython, installModel, installPython, model, python } from './cache.ts';
import { freePort, type Launched, launchServer, type RealServer, type Running } from './real-server.ts';

export const llamaCppPython: RealServer = {
  name: 'llama-cpp-python',
  title: 'llama-cpp-python 0.3.36',
  missing: async () =>
    existsSync(model) && (await hasPython('llama_cpp'))
      ? undefined
      : 'no llama-cpp-python (npm run real -- --install llama-cpp-python builds it)',
  install: async () => {
    await installModel();
    await installPython('llama-cpp-python[server]==0.3.36');
  },
};

/** `more`: further options, such as a certificate. */
export const launchLlamaCppPython = (more: string[], port: number): Launched =>
  launchServer({
    command: python,
    args: [
      ...['-m', 'llama_cpp.server', '--model', model, '--host', '127.0.0.1', '--port', String(port)],
      ...['--n_ctx', '512', '--n_threads', '1', ...more],
    ],
    port,
  });

export async function startLlamaCppPython(): Promise<Running> {
  const launched = launchLlamaCppPython([], await freePort());
  await launched.until('/v1/models', ({ ok }) => ok);
  return launched;
}
