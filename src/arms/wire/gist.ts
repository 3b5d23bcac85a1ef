/**
 * Refusals in words that no list knows: what a sentence is about, and what it says of it. Asked last, so that whatever
 * is known by its code, its status or its sentence stays what it is.
 */
import { type Classified, is } from './server-words.ts';
import { isOtherMatter } from './too-long.ts';

interface Gist {
  /** Statuses that leave open what happened. */
  at: readonly number[];
  about: RegExp;
  says: RegExp;
  /** Words of another matter. */
  not?: RegExp;
  /** Both in one clause: the topic is a word that any sentence may have. */
  close?: true;
  gives: Classified;
}

const broken = [400, 409, 425, 500, 503];

const context: Gist = {
  at: [400, 412, 413, 422],
  about: /\b(?:prompts?|inputs?|messages?|history|conversation|context|sequence|text|request|total tokens)\b/i,
  says: /\b(?:too (?:long|much|large|many|big)|over|above|exceed\w*|overflow\w*|larger|longer|greater|beyond|no longer fits|(?:not|n't) fit|room|full|limit|cap|more \w+ than|at most|accepts|takes)\b|\d ?>=? ?\w/i,
  gives: is('too-long', 'context'),
};
/** What a prompt is measured in. */
const measure =
  /\b(?:tokens?|context|window|kv cache|n \w+|(?:prompt|input|message|sequence|history)s? (?:is |are )?too (?:long|large))\b/i;
const contextElsewhere =
  /(?:eingabe|kontext|entrée|entrada|contexte|contexto)\w*.{0,60}(?:länger|zu lang|überschr|trop long|dépasse|demasiado larg|excede)/i;

const gists: readonly Gist[] = [
  {
    at: [400, 500, 503],
    about: /\b(?:memory|vram)\b|bad.?alloc|OutOf\w*Memory/i,
    says: /\b(?:not enough|insufficient|out of|exhausted|lacks?|(?:cannot|can't|could not|failed to) (?:be )?(?:alloc\w*|reserved?|fit|map\w*))\b|bad.?alloc|OutOf\w*Memory/i,
    gives: is('out-of-memory', 'memory'),
  },
  {
    at: [409, 425, 500, 503],
    about: /\b(?:models?|weights|engine|endpoint|container|instance|replica|server|worker|scaling)\b/i,
    says: /\b(?:not (?:yet )?(?:loaded|ready|started) yet|not yet (?:loaded|ready|started)|loading|initiali[sz]ing|starting|booting|waking|warming|scaling up|is cold|being (?:loaded|downloaded|started))\b/i,
    not: /\b(?:fail\w*|cannot|could not|unable|exception|while|shutting|errors? (?:loading|starting|while))\b/i,
    gives: is('overload', 'loading'),
  },
  {
    at: broken,
    about: /\b(?:queued?|slots?|replicas?|workers?|backends?|capacity|concurren\w+)\b/i,
    says: /\b(?:full|busy|no free|none free|too many|reached|exceeded)\b/i,
    gives: is('overload', 'overloaded'),
  },
  {
    at: [400, 403, 422],
    about:
      /\b(?:api[ -]?keys?|credentials?|(?:bearer|access|session|auth\w*|api|id) tokens?|token signature|signature|authori[sz]ation(?: header)?|authentication|(?:this|your|the) key)\b/i,
    says: /\b(?:invalid|bad|wrong|missing|malformed|incorrect|supply|provide|could not|not (?:recogni[sz]ed|known|valid|found)|unknown|required|expired|deactivated|revoked|failed|no|mismatch|disabled)\b/i,
    not: /\b(?:not allowed|permission\w*|scopes?|access to|json|schema|object|field)\b/i,
    close: true,
    gives: is('auth', 'key'),
  },
  {
    at: [400, 403, 412, 429],
    about:
      /\b(?:credits?|wallet|balance|billing|payment|subscription|spend(?:ing)?(?: cap| limit)?|budget|trial|top up|funds|invoices?)\b/i,
    says: /\b(?:ran out|run out|out of|used up|empty|declined|reached|hit|expired|no active|below|negative|disabled|top up|exhausted|insufficient|exceeded|required|overdue|unpaid|pay|depleted|too low)\b/i,
    not: /\brate[- ]?limit|\bper (?:minute|second)|\bunlock/i,
    close: true,
    gives: is('quota', 'quota'),
  },
  {
    at: [400, 404, 422],
    about: /\b(?:key|account|user|project|team|organi[sz]ation|you|access)\b/i,
    says: /\bnot (?:be )?(?:allowed|entitled|authori[sz]ed|permitted) to\b|\b(?:may not|cannot) (?:call|use|access)\b|\baccess\b.{0,40}\b(?:limited|restricted) to\b/i,
    gives: is('auth', 'permission'),
  },
  {
    at: [400, 404, 422],
    about: /\b(?:plan|region|country|licen[cs]e|allow ?list|ip address)\b/i,
    says: /\b(?:not (?:include\w*|allowed|available|permitted|on)|accept|restricted|denied|blocked)\b/i,
    gives: is('auth', 'permission'),
  },
  {
    at: [400, 422],
    about: /\b(?:roles?|(?:system|user|assistant|developer|first|last) (?:message|prompt|turn)s?)\b/i,
    says: /\b(?:not|must|has to|have to|cannot|only|unknown|unsupported|expected)\b/i,
    not: /\bempty\b|\btokens?\b|\btoo (?:long|large)\b/i,
    gives: is('bad-request', 'role', 'setup'),
  },
  {
    at: [400, 404, 422, 501],
    about:
      /\btools?\b(?![[.])|\bfunction call\w*|\b(?:vision|images?|audio|multimodal|chat template|completion model|structured outputs?|thinking)\b/i,
    says: /\b(?:not|no|cannot|can't|doesn't|unsupported|unavailable|disabled|without|off|only|lacks?)\b/i,
    not: /\b(?:results?|ids?|followed|name|empty)\b/i,
    gives: is('bad-request', 'feature', 'model'),
  },
  {
    at: [400, 404, 422],
    about: /\b(?:models?|engine|deployment|endpoint|adapter)\b/i,
    says: /\b(?:unknown|unsupported|no|no such) (?:models?|engine|deployment)\b|\b(?:(?:model|engine|deployment|adapter) (?:(?:identifier|name|id) )?(?:['"`]?[\w./:@-]{1,80}['"`]? )?|endpoint ['"`]?(?!\/)(?!is |was |not |has )[\w./:@-]{1,80}['"`]? )(?:is |was |has been )?(?:not (?:supported|registered|known|found|served)|could not be (?:found|resolved)|has reached end of life|deleted|removed|disabled|retired|offline|gone)\b|\bnot (?:one of|among) the\b|\b(?:not|isn't) an? (?:(?:known|valid|supported|served) model\b|model (?:we|that|of)\b)|\b(?:can't|cannot|could not) find\b|\bmodel must be one of\b/i,
    not: /\b(?:support\w* (?:by|with|for)|with this|for this|by this)\b/i,
    gives: is('model-missing', 'model'),
  },
];

/** Addresses of help pages, and types that any refusal has. */
const ofEverything = /https?:\S+|\b(?:invalid_request(?:_error)?|bad_?request(?:_?error)?|invalid_?parameter)\b/gi;

/** Undefined where the sentence says nothing that is understood. */
export function gistOf(words: string, status: number | undefined): Classified | undefined {
  if (status === undefined) return undefined;
  const text = words.replace(ofEverything, ' ').replaceAll('_', ' ');
  const found = gists.find(
    ({ at, about, says, not, close }) =>
      at.includes(status) &&
      !not?.test(text) &&
      (close ? text.split(/[.;!?\n]|, /) : [text]).some((clause) => about.test(clause) && says.test(clause)),
  );
  return isTooMuch(text, words, status) ? context.gives : found?.gives;
}

const isTooMuch = (text: string, words: string, status: number): boolean =>
  context.at.includes(status) &&
  ((context.about.test(text) && context.says.test(text) && measure.test(text)) || contextElsewhere.test(text)) &&
  !isOtherMatter(words) &&
  !/\bat least\b/i.test(text);
