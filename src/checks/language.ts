import { lastRequest } from '../text/message-text.ts';
import type { Check } from './check.ts';
import { detectable, detectLanguage, foreignScript } from './detect-language.ts';
import { checkOptions, type OptionRule, textOption } from './options.ts';
import { fail, pass } from './outcome.ts';

const languageRule: OptionRule = (value) =>
  value === false || value === 'same' || (typeof value === 'string' && detectable.includes(value))
    ? undefined
    : `must be "same" (as the prompt's last user turn) or one of ${detectable.join(', ')}, not ${JSON.stringify(value ?? null)}`;

const names = new Map<string, string>(
  Object.entries({
    en: 'English',
    de: 'German',
    fr: 'French',
    es: 'Spanish',
    pt: 'Portuguese',
    it: 'Italian',
    nl: 'Dutch',
    sv: 'Swedish',
    da: 'Danish',
    no: 'Norwegian',
    fi: 'Finnish',
    pl: 'Polish',
    cs: 'Czech',
    ro: 'Romanian',
    hu: 'Hungarian',
    tr: 'Turkish',
    vi: 'Vietnamese',
    id: 'Indonesian',
    sw: 'Swahili',
    ru: 'Russian',
    uk: 'Ukrainian',
    bg: 'Bulgarian',
    sr: 'Serbian',
    ar: 'Arabic',
    fa: 'Persian',
    ur: 'Urdu',
    hi: 'Hindi',
    mr: 'Marathi',
    ne: 'Nepali',
    ko: 'Korean',
    ja: 'Japanese',
    zh: 'Chinese',
    el: 'Greek',
    he: 'Hebrew',
    th: 'Thai',
    bn: 'Bengali',
    pa: 'Punjabi',
    gu: 'Gujarati',
    ta: 'Tamil',
    te: 'Telugu',
    kn: 'Kannada',
    ml: 'Malayalam',
    ka: 'Georgian',
    hy: 'Armenian',
  }),
);
/** English name of an ISO 639-1 code. */
export const languageName = (code: string): string => names.get(code) ?? code;

/** `language: de` or `language: same`. Fails only when the answer is surely in another language. */
export const language = {
  name: 'language',
  validate: (spec, path) => checkOptions(spec, path, { value: languageRule }),
  run: (spec, { text, prompt }) => {
    const asked = textOption(spec);
    const wanted = asked === 'same' ? detectLanguage(lastRequest(prompt.messages)) : asked;
    const found = detectLanguage(text);
    if (!wanted || found === wanted) return pass(spec);
    const script = found ? undefined : foreignScript(text, wanted);
    if (script)
      return fail(spec, 'wrong-language', `The answer is in ${script} letters; ${languageName(wanted)} was asked for.`);
    if (!found) return pass(spec);
    return fail(
      spec,
      'wrong-language',
      `The answer is in ${languageName(found)}; ${languageName(wanted)} was asked for.`,
    );
  },
} satisfies Check;
