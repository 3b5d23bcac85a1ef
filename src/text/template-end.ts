/** What a chat template writes last, right before the model's first token: some open the block of thought themselves. */

/** Go actions of Ollama and Jinja statements: at the end of a template they close its conditions. */
const closingActions = /(?:\{\{-?\s*(?:end|\/\*[^*]*\*\/)\s*-?\}\}|\{%-?\s*end(?:if|for)\s*-?%\})\s*$/;
const jinjaString = /\{\{-?\s*(['"])((?:(?!\1)[^\\]|\\.)*)\1\s*-?\}\}\s*$/;
const tag = /(?:<[\w:|]{1,30}>|\[[A-Z]{1,20}\]|◁think▷)\s*$/;
/** Templates are 20 KB at most; their last words are here. */
const tailLength = 2_000;

/** `<think>\n` for a template that ends so; undefined where its last words are no tag. */
export function templateEnd(template: string): string | undefined {
  let tail = template.slice(-tailLength).trimEnd();
  for (let found = closingActions.exec(tail); found; found = closingActions.exec(tail))
    tail = tail.slice(0, found.index).trimEnd();
  const literal = jinjaString.exec(tail)?.[2];
  const written = literal === undefined ? `${tail}\n` : literal.replaceAll('\\n', '\n');
  return tag.exec(written)?.[0];
}
