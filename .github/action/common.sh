# What the steps of the Action share. Each sources it under `bash -euo pipefail`.
# Values come from the environment, never from `${{ }}` inside a script: a branch may be called anything.

gapcheck() { npx --yes "gapcheck@$VERSION" "$@"; }

# What a command prints is text of models and files: no line of it may become a workflow command.
muted() {
  local mark code=0
  mark=$(node -p 'crypto.randomUUID()')
  echo "::stop-commands::$mark"
  "$@" || code=$?
  echo "::$mark::"
  return "$code"
}

# A name that may stand in a shell line, a variable, a URL and an artifact's name.
is_id() { [[ "$1" =~ ^[A-Za-z0-9][A-Za-z0-9_-]{3,63}$ ]]; }

# A folder below the checkout that may be emptied.
is_own_folder() {
  [[ "$1" =~ ^[A-Za-z0-9._][A-Za-z0-9._/-]*$ ]] && [[ "/$1/" != */../* ]] && [[ "/$1/" != */./* ]] && [[ "/$1/" != */.git/* ]] && [[ ! -L "$1" ]]
}

give() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

stop() {
  echo "::error title=gapcheck::$1"
  give code 2
  exit 2
}

# Votes whose header names the run, into that run; merging twice is merging once. Sets `merged`.
merged=0
merge_votes() {
  local file
  for file in "$VOTES_FOLDER"/*.votes.jsonl; do
    [[ -f "$file" ]] || continue
    head -n 1 "$file" | grep -qF "\"run\":\"$1\"" || continue
    muted gapcheck merge "$1" "$file" --results "$RESULTS" || return $?
    merged=1
  done
}
