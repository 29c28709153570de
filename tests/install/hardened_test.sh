#!/usr/bin/env bash
# hardened_test.sh CONFIGURATION PROGRAM...: what a mistake could be turned into is made harder.
set -euo pipefail
configuration=$1
shift
failed=0

# Says where readelf, of program $1, says nothing that matches $3: it lacks $2.
expect() {
  grep -qE "$3" <<<"$said" || { echo "$2: nothing like $3 in $(basename "$1")" >&2; failed=1; }
}

for program in "$@"; do
  said=$(readelf --wide --file-header --program-headers --dynamic --symbols "$program")
  expect "$program" "loaded anywhere" 'Type: +DYN'
  expect "$program" "tables that are read-only" 'GNU_RELRO'
  expect "$program" "symbols bound at start" 'BIND_NOW|FLAGS_1.* NOW'
  expect "$program" "a stack that is no code" 'GNU_STACK.* RW +0x'
  expect "$program" "a stack protector" '__stack_chk_fail'
  [ "$configuration" = Debug ] || expect "$program" "fortified calls" '_chk@GLIBC'
done
exit $failed
