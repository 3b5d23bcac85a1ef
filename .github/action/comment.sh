#!/usr/bin/env bash
# The pull request's comment, written over the one that this Action's own author wrote before; the check; the exit code.
# In: CODE, OUT, PULL, HEAD_SHA, COMMENT_AUTHOR.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/common.sh"

comments="repos/$GITHUB_REPOSITORY/issues"
if [[ "${PULL:-}" =~ ^[0-9]+$ && -f "$OUT/comment.md" ]]; then
  old=$(gh api "$comments/$PULL/comments?per_page=100" --paginate --slurp | node "$here/own-comment.mjs") || old=
  if [[ -n "$old" ]]; then target=(-X PATCH "$comments/comments/$old"); else target=("$comments/$PULL/comments"); fi
  gh api "${target[@]}" -F "body=@$OUT/comment.md" --silent || echo "::warning title=gapcheck::The comment could not be written."
fi
# A job cannot end as neutral; a check of its own can.
if [[ "$CODE" == 4 ]]; then
  # From the file: a value in the command line ends at 128 KB.
  summary=(-f "output[summary]=")
  if [[ -f "$OUT/comment.md" ]]; then summary=(-F "output[summary]=@$OUT/comment.md"); fi
  gh api "repos/$GITHUB_REPOSITORY/check-runs" -f name="gapcheck verdict" -f head_sha="$HEAD_SHA" -f status=completed \
    -f conclusion=neutral -f "output[title]=cannot decide yet" "${summary[@]}" --silent || true
  echo "::warning title=gapcheck::It cannot decide yet: votes are missing. The job summary says whose."
  exit 0
fi
[[ "${CODE:-}" =~ ^[0-9]+$ ]] || CODE=70
exit "$CODE"
