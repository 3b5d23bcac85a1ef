/** A shell's completion script, out of the program itself: commands, the long options of each, and run names. */
import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

interface Verb {
  /** `` for the program, `votes export`. */
  path: string;
  words: { name: string; says: string }[];
  /** It takes a run folder or its name. */
  takesRun: boolean;
}

export function completionScript(program: Command, shell: Shell): string {
  const verbs = verbsOf(program);
  if (shell === 'fish') return fishScript(verbs);
  return shell === 'zsh' ? `${zshLoads}\n${bashScript(verbs)}` : bashScript(verbs);
}

/** bashcompinit needs compinit's `compdef`, which a bare zsh has not loaded. */
const zshLoads = `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
autoload -Uz bashcompinit && bashcompinit`;

function verbsOf(command: Command, path = ''): Verb[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command).filter((one) => one.name() !== 'help');
  const options = help
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ name: long, says: description }] : []));
  const words = [...below.map((one) => ({ name: one.name(), says: one.description() })), ...options];
  const takesRun = command.registeredArguments.some((argument) => /^run\b/.test(argument.name()));
  return [{ path, words, takesRun }, ...below.flatMap((one) => verbsOf(one, `${path} ${one.name()}`.trim()))];
}

/**
 * Words that are neither options, commands nor runs (files) are left to the shell, which knows files. Run names are
 * compared and added as they are, never expanded: a folder may be called anything. No variable is called `path`: to
 * zsh, that is PATH.
 */
function bashScript(verbs: readonly Verb[]): string {
  const known = verbs
    .map(({ path }) => `"${path}"`)
    .slice(1)
    .join('|');
  const cases = verbs.map(({ path, words, takesRun }) => {
    const names = words.map(({ name }) => name).join(' ');
    return `    "${path}") words="${names}"${takesRun ? ' runs=1' : ''} ;;`;
  });
  return `# gapcheck completion: eval "$(gapcheck completion bash)"
_gapcheck() {
  local current="\${COMP_WORDS[COMP_CWORD]}" verb="" words="" runs="" results=results at longer run
  for ((at = 1; at < COMP_CWORD; at++)); do
    longer="\${verb:+$verb }\${COMP_WORDS[at]}"
    case "$longer" in ${known}) verb="$longer" ;; esac
    [[ "\${COMP_WORDS[at]}" == --results ]] && results="\${COMP_WORDS[at+1]}"
  done
  case "$verb" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ -n "$runs" && "$current" != -* && -d "$results" ]] || return 0
  while IFS= read -r run; do
    [[ -f "$results/$run/run.json" && "$run" == "$current"* ]] && COMPREPLY+=("$(printf %q "$run")")
  done < <(command ls -1 -- "$results")
  return 0
}
complete -o default -o bashdefault -F _gapcheck gapcheck
`;
}

/** `-n` asks for the very command: "votes import" is not "import". */
function fishScript(verbs: readonly Verb[]): string {
  const known = verbs.slice(1).map(({ path }) => `'${path}'`);
  const lines = verbs.flatMap(({ path, words, takesRun }) => {
    const here = `complete -c gapcheck -n '__gapcheck_at "${path}"'`;
    const offers = words.map(({ name, says }) => {
      const what = name.startsWith('--') ? `-l ${name.slice(2)}` : `-a ${name}`;
      return `${here} ${what} -d '${says.replaceAll("'", '’')}'`;
    });
    return takesRun ? [...offers, `${here} -a '(__gapcheck_runs)' -d 'run'`] : offers;
  });
  return `# gapcheck completion: gapcheck completion fish | source
function __gapcheck_at
    set -l path
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim -- "$path $word")
        contains -- "$longer" ${known.join(' ')}; and set path "$longer"
    end
    test "$path" = "$argv[1]"
end
function __gapcheck_runs
    set -l results results
    set -l words (commandline -opc)
    if set -l at (contains -i -- --results $words); and test $at -lt (count $words)
        set results $words[(math $at + 1)]
    end
    for run in $results/*/run.json
        string replace -r '.*/([^/]+)/run\\.json$' '$1' -- $run
    end
end
${lines.join('\n')}
`;
}
