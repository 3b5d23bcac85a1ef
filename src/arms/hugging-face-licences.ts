/** Licences of open models by their id at Hugging Face, ORG/NAME: only families whose every member has the same one. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^Qwen\/(?:Qwen3|QwQ)/i, 'Apache-2.0'],
  [/^openai\/gpt-oss/i, 'Apache-2.0'],
  [/^mistralai\/(?:Mistral-7B|Mixtral|Mistral-Nemo|Mistral-Small-(?:24B|3\.))/i, 'Apache-2.0'],
  [/^ibm-granite\/granite-[34]/i, 'Apache-2.0'],
  [/^allenai\/OLMo-?2/i, 'Apache-2.0'],
  [/^HuggingFaceTB\/SmolLM/i, 'Apache-2.0'],
  [/^deepseek-ai\/DeepSeek-(?:R1|V3\.|V3-0324)(?!-Distill)/i, 'MIT'],
  [/^microsoft\/phi-4/i, 'MIT'],
  [/^(?:zai-org|THUDM)\/GLM-4\.[5-7]/i, 'MIT'],
  [/^meta-llama\/Llama-?3\.1/i, 'Llama 3.1 Community License'],
  [/^meta-llama\/Llama-?3\.2/i, 'Llama 3.2 Community License'],
  [/^meta-llama\/Llama-?3\.3/i, 'Llama 3.3 Community License'],
  [/^google\/gemma-[123]/i, 'Gemma Terms of Use'],
];

/** Undefined for an id that is not in the table: nothing is guessed. */
export const licenceOfId = (id: string): string | undefined =>
  /^[\w.-]+\/[\w.-]+$/.test(id) ? families.find(([family]) => family.test(id))?.[1] : undefined;
