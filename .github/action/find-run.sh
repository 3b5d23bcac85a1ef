#!/usr/bin/env bash
# Which run is locked, where its answers are, and which votes count.
# Out: go, id, artifact, votes.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/common.sh"

if [[ "${FORK:-false}" == true ]]; then
  echo "::notice title=gapcheck::A pull request from a fork gets no keys, so nothing is asked. A maintainer runs this on a branch of the repository."
  give go false
  exit 0
fi
is_own_folder "$OUT" || stop "out: \"${OUT//[^A-Za-z0-9._\/-]/?}\" is no folder below the checkout that may be emptied."
is_own_folder "$RESULTS" || stop "results: \"${RESULTS//[^A-Za-z0-9._\/-]/?}\" is no folder below the checkout that may be emptied."
id=$(node "$here/locked-id.mjs" "$LOCK") || stop "The lock file has no run id."
is_id "$id" || stop "The run id of the lock file has characters that no run id has."

rm -rf -- "$OUT" "$RESULTS"
mkdir -p -- "$OUT" "$RESULTS"
found="$RUNNER_TEMP/gapcheck-found"
rm -rf -- "$found"
mkdir -p -- "$found"

# $1: the artifact's name, $2: the branch that may have made it. The newest one that this repository made there.
fetch() {
  local artifact
  # Every page: whoever can push a branch can make a hundred artifacts of this name.
  gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$1&per_page=100" --paginate --slurp >"$found/list.json" || return 0
  artifact=$(BRANCH="$2" NAME="$1" node "$here/pick-artifact.mjs" <"$found/list.json")
  [[ -n "$artifact" ]] || return 0
  gh api "repos/$GITHUB_REPOSITORY/actions/artifacts/$artifact/zip" >"$found/run.zip"
  rm -rf -- "$found/unpacked"
  mkdir -- "$found/unpacked"
  muted unzip -qo "$found/run.zip" -d "$found/unpacked"
  node "$here/keep-runs.mjs" "$found/unpacked" "$RESULTS" "$3" "$id"
}

# The locked run's answers come from the default branch alone, or are asked again.
fetch "gapcheck-run-$id" "$DEFAULT_BRANCH" all
if [[ -n "${PULL:-}" ]]; then
  [[ "$PULL" =~ ^[0-9]+$ ]] || stop "The pull request has no number."
  give artifact "gapcheck-pull-$PULL-$id"
  # What an earlier job of this pull request was answered; never in place of the locked run.
  fetch "gapcheck-pull-$PULL-$id" "$HEAD_BRANCH" others
else
  give artifact "gapcheck-run-$id"
fi

votes="$RUNNER_TEMP/gapcheck-votes"
rm -rf -- "$votes"
mkdir -p -- "$votes"
trust=all
if [[ -n "${PULL:-}" ]]; then
  gh api "repos/$GITHUB_REPOSITORY/pulls/$PULL/reviews?per_page=100" --paginate --slurp >"$found/reviews.json" || echo '[]' >"$found/reviews.json"
  trust=$(node "$here/review.mjs" <"$found/reviews.json")
fi
echo '[]' >"$found/listing.json"
if [[ "$trust" != all && "$VOTES" =~ ^[A-Za-z0-9_][A-Za-z0-9_./-]*$ && "/$VOTES/" != */../* && "$DEFAULT_BRANCH" =~ ^[A-Za-z0-9_./-]+$ ]]; then
  gh api "repos/$GITHUB_REPOSITORY/contents/$VOTES?ref=$DEFAULT_BRANCH" >"$found/listing.json" || echo '[]' >"$found/listing.json"
fi
node "$here/count-votes.mjs" "$VOTES" "$votes" "$trust" <"$found/listing.json"
give id "$id"
give votes "$votes"
give go true
