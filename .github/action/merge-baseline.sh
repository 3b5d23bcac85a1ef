#!/usr/bin/env bash
# Votes on the locked run, before anything is compared with it; first those that are to count no more.
# In: ID, VERSION, RESULTS, VOTES_FOLDER, VOID, TRUST. Out: code, when it fails.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Whose votes: in every run that is here and has some.
void_votes() {
  local folder found=0
  [[ "$TRUST" == all ]] || stop "void: votes are voided on the default branch."
  for folder in "$RESULTS"/*/; do
    [[ -f "$folder/run.json" ]] || continue
    if muted gapcheck votes void "$folder" "--rater=$VOID"; then found=1; fi
  done
  [[ "$found" == 1 ]] || stop "void: no run here has votes of that name."
}

if [[ -n "${VOID:-}" ]]; then void_votes; fi
code=0
merge_votes "$ID" || code=$?
[[ "$code" == 0 ]] || give code "$code"
exit "$code"
