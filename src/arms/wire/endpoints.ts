/** OpenAI-compatible endpoints that have a name of their own, so that a SPEC is enough to reach them. */
interface Endpoint {
  baseURL: string;
  apiKeyEnv?: string;
}

export const endpoints: Record<string, Endpoint> = {
  openrouter: { baseURL: 'https://openrouter.ai/api/v1', apiKeyEnv: 'OPENROUTER_API_KEY' },
  groq: { baseURL: 'https://api.groq.com/openai/v1', apiKeyEnv: 'GROQ_API_KEY' },
  together: { baseURL: 'https://api.together.xyz/v1', apiKeyEnv: 'TOGETHER_API_KEY' },
  gemini: { baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai', apiKeyEnv: 'GEMINI_API_KEY' },
  mistral: { baseURL: 'https://api.mistral.ai/v1', apiKeyEnv: 'MISTRAL_API_KEY' },
  deepseek: { baseURL: 'https://api.deepseek.com/v1', apiKeyEnv: 'DEEPSEEK_API_KEY' },
  fireworks: { baseURL: 'https://api.fireworks.ai/inference/v1', apiKeyEnv: 'FIREWORKS_API_KEY' },
  vllm: { baseURL: 'http://127.0.0.1:8000/v1' },
  llamacpp: { baseURL: 'http://127.0.0.1:8080/v1' },
  lmstudio: { baseURL: 'http://127.0.0.1:1234/v1' },
};
