/** Ray Serve: several replicas behind one address that speaks OpenAI's wire. What answers in them is a script of ours. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPython, installPython, python } from './cache.ts';
import { freePort, type RealServer, type Running, startServer } from './real-server.ts';

export const rayServe: RealServer = {
  name: 'ray-serve',
  title: 'Ray Serve',
  missing: async () => ((await hasPython('ray')) ? undefined : 'no Ray Serve (npm run real -- --install ray-serve)'),
  install: () => installPython('ray[serve]'),
};

/** Two replicas, 16 calls at once in each; GET /kill ends one of them from inside, as a machine that dies does. */
const app = `
import asyncio, os, sys, time
from fastapi import FastAPI, Request
from ray import serve

api = FastAPI()

@serve.deployment(num_replicas=2, max_ongoing_requests=17, ray_actor_options={"num_cpus": 0.5})
@serve.ingress(api)
class Model:
    @api.get("/v1/models")
    def models(self):
        return {"object": "list", "data": [{"id": "smol", "object": "model"}]}

    @api.get("/kill")
    def kill(self):
        os._exit(1)

    @api.post("/v1/chat/completions")
    async def chat(self, request: Request):
        body = await request.json()
        asked = body["messages"][-1]["content"]
        await asyncio.sleep(0.4)
        text = "It is " + str(sum(int(word) for word in asked.rstrip("?").split() if word.isdigit())) + "."
        return {
            "id": "c", "object": "chat.completion", "created": int(time.time()), "model": "smol",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13},
        }

serve.start(http_options={"host": "127.0.0.1", "port": int(sys.argv[1])})
serve.run(Model.bind(), name="model", route_prefix="/")
while True:
    time.sleep(1)
`;

export async function startRayServe(): Promise<Running> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-ray-'));
  writeFileSync(join(folder, 'app.py'), app);
  return startServer({
    command: python,
    args: ['app.py', String(port)],
    cwd: folder,
    port,
    readyAt: '/v1/models',
    within: 150,
    env: {
      RAY_USAGE_STATS_ENABLED: '0',
      RAY_DISABLE_DOCKER_CPU_WARNING: '1',
      RAY_ADDRESS: '',
      RAY_SERVE_LOG_TO_STDERR: '0',
    },
  });
}
