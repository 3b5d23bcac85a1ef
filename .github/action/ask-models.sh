#!/usr/bin/env bash
# `gapcheck ci`: the one step that calls models, and the only one that is given keys (KEYS: NAME=VALUE, one a line).
# In: VERSION, LOCK, RESULTS, OUT, RATERS, IF_CHANGED, ARGS, KEYS. Out: code.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

while IFS= read -r line; do
  [[ -n "${line//[[:space:]]/}" ]] || continue
  name=${line%%=*}
  [[ "$line" == *=* && "$name" =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || stop "keys: each line is NAME=VALUE."
  case "${name^^}" in
    PATH | HOME | SHELL | IFS | ENV | BASH_* | LD_* | DYLD_* | NODE_OPTIONS | NODE_PATH | NPM_* | GITHUB_* | RUNNER_* | ACTIONS_*)
      stop "keys: $name is not for keys." ;;
  esac
  # An absent secret is an empty one: not set at all is what a program expects then.
  [[ -z "${line#*=}" ]] || export "$name=${line#*=}"
done <<<"${KEYS:-}"
unset KEYS

flags=(--results "$RESULTS" --lock "$LOCK" --out "$OUT")
while IFS= read -r rater; do flags+=("--rater=$rater"); done < <(split_raters "$RATERS")
if [[ "$IF_CHANGED" == true ]]; then flags+=(--if-changed); fi
read -ra more <<<"${ARGS:-}"
code=0
muted gapcheck ci "${flags[@]}" "${more[@]}" || code=$?
give code "$code"
