#!/usr/bin/env bash
# Votes on the new run, and the gates again where there are some. In: CODE, VERSION, LOCK, RESULTS, OUT, RATERS,
# VOTES_FOLDER. Out: code, run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

code=$CODE
run=$(node -p 'JSON.parse(fs.readFileSync(process.env.OUT + "/result.json", "utf8")).run' 2>/dev/null || true)
if is_id "$run"; then
  give run "$run"
  back=0
  merge_votes "$run" || back=$?
  if [[ "$back" != 0 ]]; then
    code=$back
  elif [[ "$merged" == 1 ]]; then
    flags=(--results "$RESULTS" --lock "$LOCK" --out "$OUT")
    read -ra raters <<<"$RATERS"
    for rater in "${raters[@]}"; do flags+=(--rater "$rater"); done
    code=0
    muted gapcheck ci --verdict "$run" "${flags[@]}" || code=$?
  fi
fi
give code "$code"
