/** What servers say of a parameter, in codes and in words. */

export const refusingCodes =
  /unsupported_parameter|unsupported_value|invalid_value|extra_forbidden|unknown_parameter|UnsupportedParams/i;

/** What servers say of a parameter that they do not take; each is a piece of a pattern. */
export const refusingWords = new RegExp(
  [
    // Nobody knows it.
    'unexpected',
    'unrecognized',
    'unknown (parameter|field|argument|name|option)',
    'extra[_ ](forbidden|inputs|fields)',
    'additional propert',
    'invalid param',
    'not recogni[sz]ed',
    // It may not be sent.
    'unsupported',
    "(not|n't) support",
    'not permitted',
    "(?:cannot|can't|may not) (?:be )?(?:set|used?)\\b",
    'not allowed',
    'cannot both',
    'not both',
    'deprecated',
    'is not available',
    'unavailable',
    'no longer',
    'must be verified to',
    'not accept',
    'not implemented',
    'disallowed',
    'to be absent',
    'in place of',
    'instead of',
    // Its value is wrong.
    'only the default',
    'only [^.]{1,30} (?:is|are) allowed',
    'must be',
    'should be',
    `use '?max_`,
    'invalid (value|option|type)',
    'invalid \\w+ value',
    'valid range',
    'out of (range|bounds)',
    'impossible',
    'is invalid',
    'has no \\w+ (parameter|option|field)',
    'no such (parameter|option|field)',
    'extra data',
    '\\bis no\\b',
    'too (large|high|big)',
    'cannot be (greater|larger|specified)',
    'greater than',
    'less than',
    'at most',
    'up to \\d',
    'maximum',
    'not a valid',
    // The same in Chinese.
    '不支持',
    '不允许',
    '无效',
    '不合法',
  ].join('|'),
  'i',
);
