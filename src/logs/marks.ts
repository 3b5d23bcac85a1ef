/** Marks that loggers leave where they cut or blacked out text. Such prompts are kept, flagged and not run unless asked. */

// LiteLLM; `llm logs -t` and many loggers; OpenAI-style dashboards.
const cutMarks = [
  /\(litellm_truncated/,
  /litellm_truncated skipped/,
  /(?:…|\.\.\.)\s?[[(<](?:truncated|content truncated)[^\])>]{0,40}[\])>]\s*$/i,
];
const hiddenMarks =
  /^\s*(?:redacted-by-litellm|[[<(](?:redacted|REDACTED|filtered|Filtered|removed)[\])>]|\*{3,}|<redacted[^>]{0,40}>|__REDACTED__)\s*$/;

/** Whether a text may end so: one look at its last character, because a pattern for each text of a log takes long. */
function mayEndIn(text: string, signs: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  const isPlain = last > 0x20 && last < 0x80;
  return !isPlain || signs.includes(text[text.length - 1] ?? '');
}

/** The text was cut by the logger. */
export function isCut(text: string): boolean {
  // A search that begins with a rare character skips through prose.
  if (text.includes('_truncated')) return cutMarks[0]?.test(text) === true || cutMarks[1]?.test(text) === true;
  return mayEndIn(text, ')]>') && cutMarks[2]?.test(text.slice(-80)) === true;
}

/** Where a picture or a recording stood, alone on a line or at the end of one; `</image>` makes it markup that is asked about. */
const mediaMarks =
  /(?:^|\n)[ \t]{0,20}<(?:image|video|audio)>|<(?:image|video|audio)>[ \t]{0,20}(?:\n|$)|<\|(?:image|video|audio)(?:_\d{1,3}|_pad)?\|>/i;
const mediaData = /data:(?:image|audio|video)\/[\w.+-]{1,40};base64,[A-Za-z0-9+/]{16}/;

/** A marker of a picture or a recording, or the thing itself as a data URL. */
export const holdsMedia = (text: string): boolean =>
  (text.includes('<') && mediaMarks.test(text) && !/<\/(?:image|video|audio)>/i.test(text)) ||
  (text.includes(';base64,') && mediaData.test(text));

/** The result of a tool as blocks, kept as JSON: a picture or a recording among them, in the form of an API. */
export const holdsMediaBlock = (text: string): boolean =>
  /"type":"(?:image|audio)","(?:source":\{|data":")|"type":"(?:image_url","image_url|input_image","image_url)"/.test(
    text,
  );

/** The whole text was replaced at the source. */
export const isHidden = (text: string): boolean =>
  text.length < 120 && mayEndIn(text, ')]>*_m') && hiddenMarks.test(text);
