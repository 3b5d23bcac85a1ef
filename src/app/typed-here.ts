/**
 * How gapcheck is typed in this shell. Every text says `gapcheck …`, and files (reports, workflows, `--summary`, JSON)
 * keep it, as they are read elsewhere. Started by npx there is no `gapcheck` on the path, so whatever goes to the
 * terminal says `npx gapcheck …`. This is the only place that decides it.
 */
const verbs = 'demo|init|doctor|import|run|score|more|report|packet|merge|votes|outdated|ci|completion';
/** Not in a path or a name, and not twice. A bare "gapcheck" is the program's name, not a command. */
const command = new RegExp(`(?<![\\w./@:-]|npx )gapcheck (?=(?:${verbs})(?![\\w.-])|--?[a-z])`, 'g');

export const typedHere = (text: string, env: Record<string, string | undefined>): string =>
  env.npm_command === 'exec' ? text.replace(command, 'npx gapcheck ') : text;
