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
  /** The part of the catch that binds only above so many monthly users; null: no part does. */
  users: { above: number; words: string } | null;
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
  users: null,
  phrases,
});

const special = (name: string, catchSentence: string, ...phrases: RegExp[]): Rule => ({
  name,
  spdx: false,
  permissive: false,
  catch: catchSentence,
  users: null,
  phrases,
});

/** Its catch begins with a limit of users, in millions; `rest` holds for everybody. */
const limited = (name: string, millions: number, who: string, rest: string, ...phrases: RegExp[]): Rule => {
  const words = `Above ${millions} million monthly users of all your products you must ask ${who} for a licence`;
  return { ...special(name, `${words}${rest}`, ...phrases), users: { above: millions * 1e6, words } };
};

const llama = (version: string, shown: string, more: string, ...phrases: RegExp[]): Rule =>
  limited(
    `Llama ${version} Community License`,
    700,
    'Meta',
    `; products must show "${shown}", and Meta's acceptable use policy binds you.${more}`,
    ...phrases,
  );

/** Special licences first: several of them quote Apache or MIT in passing. */
const rules: readonly Rule[] = [
  llama(
    '4',
    'Built with Llama',
    ' Its image understanding is not licensed to companies and people in the EU.',
    /llama 4 community license/i,
  ),
  ...['3.3', '3.2', '3.1', '3'].map((version) =>
    llama(
      version,
      version === '3' ? 'Built with Meta Llama 3' : 'Built with Llama',
      '',
      new RegExp(`(meta )?llama ${version.replace('.', '\\.')} community license`, 'i'),
    ),
  ),
  limited(
    'Llama 2 Community License',
    700,
    'Meta',
    "; outputs may not improve other models, and Meta's acceptable use policy binds you.",
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
  limited(
    'Qwen License',
    100,
    'Alibaba Cloud',
    '.',
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

const named = new Map(rules.map((rule) => [rule.name.toLowerCase(), rule]));

/** SPDX ids of licences that let everybody use, change and sell; beyond those whose text is known. */
const permissiveIds = /^(?:BSD-[234]-Clause|ISC|0BSD|Zlib|BSL-1\.0|Unlicense|CC0-1\.0|CC-BY-4\.0|MIT-0|AFL-3\.0)$/i;

/** What the user says of a model is taken at its word. */
const stated = (spdx: string): Licence => ({
  name: spdx,
  spdx: true,
  permissive: permissiveIds.test(spdx),
  catch: permissiveIds.test(spdx) ? null : 'not one of the licences known here; read it before you depend on it.',
  users: null,
});

/** Identifies a licence from its text or an SPDX id. Line breaks and repeated spaces do not matter. */
export function identifyLicence(licence: { text?: string; spdx?: string } | undefined): IdentifiedLicence {
  const text = licence?.text?.replace(/[ \t\r\n]+/g, ' ') ?? '';
  const spdx = licence?.spdx?.trim();
  const known =
    (spdx ? named.get(spdx.toLowerCase()) : undefined) ??
    rules.find(({ phrases }) => phrases.every((phrase) => phrase.test(text)));
  const found = known ?? (spdx ? stated(spdx) : undefined);
  if (!found) return { licence: null, sentence: unknownSentence(text) };
  const { name, spdx: isSpdx, permissive, catch: snag, users } = found;
  const sentence = snag === null ? name : `${name}${known ? '.' : ':'} ${snag}`;
  return { licence: { name, spdx: isSpdx, permissive, catch: snag, users }, sentence };
}

/** The catch for a user with so many monthly users, and whether the limit of users binds them; null: no limit, or not said. */
export function catchFor(
  { catch: snag, users }: Licence,
  monthlyUsers: number | undefined,
): { catch: string | null; binds: boolean | null } {
  if (snag === null || users === null || monthlyUsers === undefined) return { catch: snag, binds: null };
  const binds = monthlyUsers > users.above;
  const said = `you said ${monthlyUsers.toLocaleString('en-US')}`;
  const words = binds
    ? `${users.words}: ${said}, so this binds you`
    : `${users.above / 1e6} million monthly users: ${said}, so this does not bind you`;
  return { catch: snag.replace(users.words, words), binds };
}

function unknownSentence(text: string): string {
  if (text.trim() === '') return 'No licence came with the model: look it up before you depend on it.';
  return 'Licence not identified: read it before you depend on the model.';
}
