/** What a chat template writes last, right before the model's first token: some open the block of thought themselves. */

/** Go actions of Ollama and Jinja statements: at the end of a template they close its conditions. */
const closingActions = /(?:\{\{-?\s*(?:end|\/\*[^*]*\*\/)\s*-?\}\}|\{%-?\s*end(?:if|for)\s*-?%\})\s*$/;
const jinjaString = /\{\{-?\s*(['"])((?:(?!\1)[^\\]|\\.)*)\1\s*-?\}\}\s*$/;
const tag = /(?:<[\w:|]{1,30}>|\[[A-Z]{1,20}\]|◁think▷)\s*$/;
/** Templates are 20 KB at most; their last words are here. */
const tailLength = 2_000;

/** What a branch of a template begins with, in Go and in Jinja. */
const branch = /\{\{-?\s*(?:else\s+)?if\b[^}]*\}\}|\{%-?\s*(?:el)?if\b[^%]*%\}/g;
/** Conditions on whether the model is asked to think. */
const onThinking = /think/i;

/**
 * `<think>\n` for a template that ends so; undefined where its last words are no tag, and where it writes the tag only for
 * a model that thinks and this one was told not to (`thinks` is false).
 */
export function templateEnd(template: string, thinks = true): string | undefined {
  let tail = template.slice(-tailLength).trimEnd();
  const whole = tail;
  for (let found = closingActions.exec(tail); found; found = closingActions.exec(tail))
    tail = tail.slice(0, found.index).trimEnd();
  const isConditional = tail !== whole && onThinking.test([...tail.matchAll(branch)].at(-1)?.[0] ?? '');
  if (!thinks && isConditional) return undefined;
  const literal = jinjaString.exec(tail)?.[2];
  const written = literal === undefined ? `${tail}\n` : literal.replaceAll('\\n', '\n');
  return tag.exec(written)?.[0];
}
