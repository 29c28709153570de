#!/usr/bin/env bash
# hardened_test.sh PROGRAM CONFIGURATION: what a mistake could be turned into is made harder.
set -euo pipefail
said=$(readelf --wide --file-header --program-headers --dynamic --symbols "$1")
failed=0

expect() {
  grep -qE "$2" <<<"$said" || { echo "$1: nothing like $2 in $(basename "$3")" >&2; failed=1; }
}

expect "loaded anywhere" 'Type: +DYN' "$1"
expect "tables that are read-only" 'GNU_RELRO' "$1"
expect "symbols bound at start" 'BIND_NOW|FLAGS_1.* NOW' "$1"
expect "a stack that is no code" 'GNU_STACK.* RW +0x' "$1"
expect "a stack protector" '__stack_chk_fail' "$1"
[ "$2" = Debug ] || expect "fortified calls" '_chk@GLIBC' "$1"
exit $failed
