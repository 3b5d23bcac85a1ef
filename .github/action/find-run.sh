#!/usr/bin/env bash
# Which run is locked, where its answers are, and which votes count.
# Out: go, id, artifact, votes, trust.
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
  muted node "$here/keep-runs.mjs" "$found/unpacked" "$RESULTS" "$3" "$id"
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

# Somebody else who may write to this repository has approved the very commit.
is_approved() {
  local login
  gh api "repos/$GITHUB_REPOSITORY/pulls/$PULL/reviews?per_page=100" --paginate --slurp >"$found/reviews.json" || return 1
  while IFS= read -r login; do
    gh api "repos/$GITHUB_REPOSITORY/collaborators/$login/permission" >"$found/permission.json" || continue
    if node "$here/may-write.mjs" "$login" <"$found/permission.json"; then return 0; fi
  done < <(node "$here/approvers.mjs" <"$found/reviews.json")
  return 1
}

# The votes folder of the default branch, as git lists it: a listing of contents ends at 1,000 files.
list_votes() {
  local tree="${DEFAULT_BRANCH//\//%2F}" part
  while IFS= read -r part; do
    if [[ -z "$part" || "$part" == . ]]; then continue; fi
    gh api "repos/$GITHUB_REPOSITORY/git/trees/$tree" >"$found/tree.json" || return 1
    tree=$(node "$here/tree-entry.mjs" "$part" <"$found/tree.json")
    [[ -n "$tree" ]] || return 1
  done <<<"${VOTES//\//$'\n'}"
  gh api "repos/$GITHUB_REPOSITORY/git/trees/$tree" >"$found/listing.json"
}

trust=default
if [[ -z "${PULL:-}" ]]; then
  if [[ "$REF" == "refs/heads/$DEFAULT_BRANCH" ]]; then trust=all; fi
elif is_approved; then
  trust=all
fi
if [[ "$trust" != all && "$VOTES" =~ ^[A-Za-z0-9_][A-Za-z0-9_./-]*$ && "/$VOTES/" != */../* && "$DEFAULT_BRANCH" =~ ^[A-Za-z0-9_./-]+$ ]]; then
  list_votes || rm -f -- "$found/listing.json"
fi
[[ -f "$found/listing.json" ]] || echo '{"tree":[]}' >"$found/listing.json"
node "$here/count-votes.mjs" "$VOTES" "$votes" "$trust" <"$found/listing.json"
give id "$id"
give votes "$votes"
give trust "$trust"
give go true
