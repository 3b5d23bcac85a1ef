#!/usr/bin/env bash
# Votes on the new run, and the gates again where there are some. In: CODE, VERSION, LOCK, RESULTS, OUT, RATERS,
# VOTES_FOLDER. Out: code, run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

code=$CODE
run=$(node "$(dirname "${BASH_SOURCE[0]}")/result-run.mjs" "$OUT/result.json")
if is_id "$run"; then
  give run "$run"
  back=0
  merge_votes "$run" || back=$?
  if [[ "$back" != 0 ]]; then
    code=$back
  elif [[ "$merged" == 1 ]]; then
    flags=(--results "$RESULTS" --lock "$LOCK" --out "$OUT")
    while IFS= read -r rater; do flags+=("--rater=$rater"); done < <(split_raters "$RATERS")
    code=0
    muted gapcheck ci --verdict "$run" "${flags[@]}" || code=$?
  fi
fi
give code "$code"
