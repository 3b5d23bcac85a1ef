/** LiteLLM as a proxy before another server of this suite. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { hasPython, installPython, python } from './cache.ts';
import { freePort, type RealServer, type Running, startServer } from './real-server.ts';

export const masterKey = 'sk-real-master-key-of-the-suite';

export const litellm: RealServer = {
  name: 'litellm',
  title: 'LiteLLM',
  missing: async () => ((await hasPython('litellm')) ? undefined : 'no LiteLLM (npm run real -- --install litellm)'),
  install: () => installPython('litellm[proxy]'),
};

/** `config` as LiteLLM's own file has it; `files` lie beside it. */
export async function startLitellm(
  config: Record<string, unknown>,
  { port, files = {}, env = {} }: { port?: number; files?: Record<string, string>; env?: Record<string, string> } = {},
): Promise<Running> {
  const at = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-litellm-'));
  writeFileSync(join(folder, 'config.yaml'), stringify({ general_settings: { master_key: masterKey }, ...config }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return startServer({
    command: join(dirname(python), 'litellm'),
    args: ['--config', 'config.yaml', '--host', '127.0.0.1', '--port', String(at), '--telemetry', 'False'],
    cwd: folder,
    port: at,
    readyAt: '/health/liveliness',
    env: { LITELLM_LOCAL_MODEL_COST_MAP: 'True', ...env },
    within: 180,
  });
}
