/** A shell's completion script, out of the program itself: commands, and the long options of each. */
import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

interface Verb {
  /** `` for the program, `votes export`. */
  path: string;
  words: { name: string; says: string }[];
}

export function completionScript(program: Command, shell: Shell): string {
  const verbs = verbsOf(program);
  if (shell === 'fish') return fishScript(verbs);
  return shell === 'zsh' ? `autoload -Uz bashcompinit && bashcompinit\n${bashScript(verbs)}` : bashScript(verbs);
}

function verbsOf(command: Command, path = ''): Verb[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command).filter((one) => one.name() !== 'help');
  const options = help
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ name: long, says: description }] : []));
  const words = [...below.map((one) => ({ name: one.name(), says: one.description() })), ...options];
  return [{ path, words }, ...below.flatMap((one) => verbsOf(one, `${path} ${one.name()}`.trim()))];
}

/** Words that are neither options nor commands (files, run names) are left to the shell, which knows files. */
function bashScript(verbs: readonly Verb[]): string {
  const known = verbs
    .map(({ path }) => `"${path}"`)
    .slice(1)
    .join('|');
  const cases = verbs.map(({ path, words }) => `    "${path}") words="${words.map(({ name }) => name).join(' ')}" ;;`);
  return `# gapcheck completion: eval "$(gapcheck completion bash)"
_gapcheck() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" at longer
  for ((at = 1; at < COMP_CWORD; at++)); do
    longer="\${path:+$path }\${COMP_WORDS[at]}"
    case "$longer" in ${known}) path="$longer" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _gapcheck gapcheck
`;
}

function fishScript(verbs: readonly Verb[]): string {
  const lines = verbs.flatMap(({ path, words }) => {
    const seen = path
      .split(' ')
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join('; and ');
    const when = path === '' ? '__fish_use_subcommand' : seen;
    return words.map(({ name, says }) => {
      const what = name.startsWith('--') ? `-l ${name.slice(2)}` : `-a ${name}`;
      return `complete -c gapcheck -n '${when}' ${what} -d '${says.replaceAll("'", '’')}'`;
    });
  });
  return `# gapcheck completion: gapcheck completion fish | source\n${lines.join('\n')}\n`;
}
