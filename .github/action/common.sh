# What the steps of the Action share. Each sources it under `bash -euo pipefail`.
# Values come from the environment, never from `${{ }}` inside a script: a branch may be called anything.

gapcheck() { npx --yes "gapcheck@$VERSION" "$@"; }

# What a command prints is text of models and files: no line of it may become a workflow command. Both streams go one
# way: the runner reads them side by side, and a late line of the other one could come behind the mark.
muted() {
  local mark code=0
  mark=$(node -p 'crypto.randomUUID()')
  echo "::stop-commands::$mark"
  "$@" 2>&1 || code=$?
  echo "::$mark::"
  return "$code"
}

# A name that may stand in a shell line, a variable, a URL and an artifact's name.
is_id() { [[ "$1" =~ ^[A-Za-z0-9][A-Za-z0-9_-]{3,63}$ ]]; }

# A folder below the checkout that may be emptied: no part of its path leads elsewhere.
is_own_folder() {
  local part="" path=""
  [[ "$1" =~ ^[A-Za-z0-9._][A-Za-z0-9._/-]*$ ]] || return 1
  while IFS= read -r part; do
    [[ -n "$part" && "$part" != . && "$part" != .. && "$part" != .git ]] || return 1
    path+="${path:+/}$part"
    [[ ! -L "$path" ]] || return 1
  done <<<"${1//\//$'\n'}"
}

# The raters of the input, one a line: with commas or line breaks between them, else with blanks.
split_raters() {
  local text=$1
  if [[ "$text" == *[,$'\n']* ]]; then text=${text//,/$'\n'}; else text=${text//[[:blank:]]/$'\n'}; fi
  while IFS= read -r rater; do
    rater="${rater#"${rater%%[![:space:]]*}"}"
    rater="${rater%"${rater##*[![:space:]]}"}"
    [[ -z "$rater" ]] || printf '%s\n' "$rater"
  done <<<"$text"
}

# A line break in a value would be another output, or a variable of later steps.
give() {
  [[ "$2" != *[$'\n\r']* ]] || return 1
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

stop() {
  echo "::error title=gapcheck::$1"
  give code 2
  exit 2
}

# Votes whose header names the run, into that run; merging twice is merging once. Sets `merged`.
merged=0
merge_votes() {
  local file head
  for file in "$VOTES_FOLDER"/*.votes.jsonl; do
    [[ -f "$file" ]] || continue
    IFS= read -r -n 4096 head <"$file" || true
    [[ "$head" == *"\"run\":\"$1\""* ]] || continue
    muted gapcheck merge "$1" "$file" --skip-voided --results "$RESULTS" || return $?
    merged=1
  done
}
