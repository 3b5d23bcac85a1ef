/** Who of the people in a messenger's export answers: its chats name persons, not roles. */

const answering =
  /(?:^|[^\p{L}])(?:bot|chatbot|assistant|assistent|asistente|assistente|support|help ?desk|service|kundenservice|ai|ki|gpt|chatgpt|claude|gemini|agent)(?:$|[^\p{L}])|bot$|бот$/iu;

export const isAnswering = (name: string): boolean => answering.test(name);

/** The names that answer, where at least one other asks; undefined where names do not tell the sides apart. */
export function answerers(names: readonly string[]): ReadonlySet<string> | undefined {
  const different = [...new Set(names)];
  const found = new Set(different.filter(isAnswering));
  return found.size > 0 && found.size < different.length ? found : undefined;
}
