/** Answers made of what models and attackers write: Markdown, code, tables, many scripts, invisible and hostile marks. */
import fc from 'fast-check';

const pieces = [
  'The export works again.',
  'Sentiment: 👍',
  '👩‍👩‍👧 und 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '## Summary',
  '- one\n- two',
  '+ 250 EUR\n- 250 EUR',
  '| SSO | ✅ |\n| --- | --- |\n| SCIM | ❌ |',
  '```js\nconst a = “b”;\n\n\n+ c\n```',
  '~~~\nnever closed',
  '``` the answer is 7\nx\n```',
  '> ```\n> s = **kw — “x”\n> ```',
  '- ```py\n  a — **b**\n  ```',
  '# About C#',
  'می‌خواهم بروم',
  '会議は三時です。契約書を持って来てください。',
  'Łódź, naïve, Straße, K',
  '`x` and **bold** and *soft* and __init__',
  '> quoted\n> 250 EUR',
  '1. first\n2) second',
  '---',
  '<b>not bold</b> &amp; </script>',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202eevil\u2066\u200b\u00ad\ufeff',
  '\ud800 lone',
  'a\tb\tc',
  'line\r\nline\rline\u2028line',
  '\u0000\u0008\u009b',
  '   indented\n      more',
  'https://example.com/a/very/long/path/without/any/blank/in/it/so/that/it/has/to/break/somewhere',
  '“Yes” — she said…',
  '{"city":"Rome","days":3}',
];

/** Text of one answer that is never blank. */
export const randomAnswer: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .chain((parts) => fc.constantFrom('\n', '\n\n', ' ').map((between) => `${parts.join(between)} end`));
