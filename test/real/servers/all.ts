import { litellm } from './litellm.ts';
import { llamaCppPython } from './llama-cpp-python.ts';
import { llamaServer } from './llama-server.ts';
import { ollama } from './ollama.ts';
import { rayServe } from './ray-serve.ts';
import type { RealServer } from './real-server.ts';
import { vllm } from './vllm.ts';

/** Those that `--install` brings, the quickest first. */
export const servers: RealServer[] = [llamaServer, litellm, rayServe, ollama, llamaCppPython, vllm];
