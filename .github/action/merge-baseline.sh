#!/usr/bin/env bash
# Votes on the locked run, before anything is compared with it. In: ID, VERSION, RESULTS, VOTES_FOLDER.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
merge_votes "$ID"
