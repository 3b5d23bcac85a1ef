/**
 * Which licence a model's licence text is, and its catch. Known texts are told by phrases that only they have;
 * anything else is "not identified", which is said, never guessed. No legal advice: it says what to read.
 */
export interface Licence {
  /** SPDX id where there is one, else the name the licence gives itself. */
  name: string;
  spdx: boolean;
  /** Use, change and sell without asking anyone. */
  permissive: boolean;
  /** What users trip over, in one sentence; null: nothing beyond keeping the notice. */
  catch: string | null;
}

export interface IdentifiedLicence {
  /** Null: not identified. */
  licence: Licence | null;
  /** What a report says. */
  sentence: string;
}

interface Rule extends Licence {
  /** Every one of these must be in the text. */
  phrases: RegExp[];
}

const plain = (name: string, ...phrases: RegExp[]): Rule => ({
  name,
  spdx: true,
  permissive: true,
  catch: null,
  phrases,
});

const special = (name: string, catchSentence: string, ...phrases: RegExp[]): Rule => ({
  name,
  spdx: false,
  permissive: false,
  catch: catchSentence,
  phrases,
});

const llamaCatch = (name: string): string =>
  `Above 700 million monthly users of all your products you must ask Meta for a licence; products must show "${name}", and Meta's acceptable use policy binds you.`;

/** Special licences first: several of them quote Apache or MIT in passing. */
const rules: readonly Rule[] = [
  special(
    'Llama 4 Community License',
    `${llamaCatch('Built with Llama')} Its image understanding is not licensed to companies and people in the EU.`,
    /llama 4 community license/i,
  ),
  ...['3.3', '3.2', '3.1', '3'].map((version) =>
    special(
      `Llama ${version} Community License`,
      llamaCatch(version === '3' ? 'Built with Meta Llama 3' : 'Built with Llama'),
      new RegExp(`(meta )?llama ${version.replace('.', '\\.')} community license`, 'i'),
    ),
  ),
  special(
    'Llama 2 Community License',
    'Above 700 million monthly users you must ask Meta for a licence, and outputs may not improve other models.',
    /llama 2 community license/i,
  ),
  special(
    'Gemma Terms of Use',
    "Google's prohibited use policy binds you and everyone you pass the model to, and Google may restrict use it finds in breach.",
    /gemma terms of use|gemma prohibited use policy/i,
  ),
  special(
    'Qwen Research License',
    'Research and evaluation only: commercial use needs a licence from Alibaba Cloud.',
    /qwen research license/i,
  ),
  special(
    'Qwen License',
    'Above 100 million monthly users you must ask Alibaba Cloud for a licence.',
    /(tongyi )?(qianwen|qwen) license agreement/i,
    /100 million monthly active users/i,
  ),
  special(
    'Mistral AI Research License',
    'Research only: commercial use needs a licence from Mistral AI.',
    /mistral ai research license/i,
  ),
  special(
    'Mistral AI Non-Production License',
    'Testing and research only, no production use: that needs a licence from Mistral AI.',
    /mistral ai non-production license/i,
  ),
  special(
    'DeepSeek License',
    'Use restrictions (Attachment A) bind you and everyone you pass the model to.',
    /deepseek license agreement/i,
  ),
  special(
    'Falcon LLM License',
    'An acceptable use policy binds you; offering the model itself as a hosted service needs permission.',
    /falcon[^\n]{0,20}(llm|180b) (tii )?license/i,
  ),
  special(
    'NVIDIA Open Model License',
    "Guardrails may not be removed without replacement, and NVIDIA's terms bind users.",
    /nvidia open model license/i,
  ),
  special(
    'Command R / Aya (CC-BY-NC-4.0 with C4AI acceptable use)',
    'Non-commercial only, with an acceptable use policy on top.',
    /c4ai acceptable use|cohere (for ai|labs) acceptable use/i,
  ),
  special(
    'BigCode OpenRAIL-M',
    'Use restrictions bind you and everyone you pass the model to.',
    /bigcode open ?rail-m/i,
  ),
  special(
    'CreativeML OpenRAIL-M',
    'Use restrictions (Attachment A) bind you and everyone you pass the model to.',
    /creativeml open ?rail-m/i,
  ),
  {
    ...special('CC-BY-NC-4.0', 'Non-commercial only.', /attribution-noncommercial 4\.0|cc[- ]by[- ]nc[- ]4\.0/i),
    spdx: true,
  },
  {
    ...special(
      'AGPL-3.0-only',
      'Offering it over a network obliges you to publish your changes.',
      /gnu affero general public license/i,
      /version 3/i,
    ),
    spdx: true,
  },
  plain('CC-BY-4.0', /creative commons attribution 4\.0 international|^cc[- ]by[- ]4\.0$/im),
  plain('Apache-2.0', /apache license/i, /version 2\.0/i),
  plain('Apache-2.0', /^\s*apache[- ]2\.0\s*$/i),
  plain('MIT', /permission is hereby granted, free of charge/i, /without restriction/i),
  plain('MIT', /^\s*mit( license)?\s*$/i),
  plain('BSD-3-Clause', /redistribution and use in source and binary forms/i, /neither the name/i),
  plain('BSD-2-Clause', /redistribution and use in source and binary forms/i),
];

const spdxRules = new Map(rules.filter(({ spdx }) => spdx).map((rule) => [rule.name.toLowerCase(), rule]));

/** Identifies a licence from its text or an SPDX id. Line breaks and repeated spaces do not matter. */
export function identifyLicence(licence: { text?: string; spdx?: string } | undefined): IdentifiedLicence {
  const text = licence?.text?.replace(/[ \t\r\n]+/g, ' ') ?? '';
  const named = licence?.spdx ? spdxRules.get(licence.spdx.toLowerCase()) : undefined;
  const found = named ?? rules.find(({ phrases }) => phrases.every((phrase) => phrase.test(text)));
  if (!found) return { licence: null, sentence: unknownSentence(licence, text) };
  const { name, spdx, permissive, catch: snag } = found;
  return { licence: { name, spdx, permissive, catch: snag }, sentence: snag ? `${name}. ${snag}` : name };
}

function unknownSentence(licence: { spdx?: string } | undefined, text: string): string {
  if (licence?.spdx) return `${licence.spdx}: not one of the licences known here; read it before you depend on it.`;
  if (text.trim() === '') return 'No licence came with the model: look it up before you depend on it.';
  return 'Licence not identified: read it before you depend on the model.';
}
