#!/usr/bin/env bash
# browser_test.sh PROGRAM PACKAGES FOLDER: writes reports with PROGRAM into FOLDER and checks them in
# Chromium. Pictures of each stay in FOLDER/shots. 77: this build makes no pages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$1 packages=$2 folder=$3
[ -d "$packages/node_modules/playwright-core" ] || { echo "no packages in $packages"; exit 77; }

rm -rf "$folder/runs" "$folder/shots"
mkdir -p "$folder/runs"
cd "$folder/runs"
quiet() { "$program" "$@" >/dev/null 2>said || { cat said >&2; exit 1; }; }

quiet run history --draws 3 -o history
quiet run h20_never_banned --draws 3 -o never_banned
quiet run h20_2025 -o schedule
quiet run "$here/hostile.textproto" -o hostile
logs=$here/../../scenarios/logs
quiet replay requests "$logs/conversations.jsonl" --model DeepSeek-V3 --rate 5 --slo ttft=5s,tpot=50ms \
  --on hgx_h20 --on atlas_800t_a3 --on mixed_h20_910c -o serving --trace-level request
quiet estimate training --model Llama-3.1-405B --device nv_h100_sxm --devices 16384 --seq 8192 \
  --global-batch 2048 --tp 8 --pp 16 --tokens 1T --seed 1 -o training
quiet replay jobs "$logs/jobs.csv" --on hgx_h100 --policy fifo --policy easy --policy sjf -o jobs.csv
began=$(date +%s%N)
quiet report never_banned --baseline history -o what_if.html
echo "report of a pair of eight years: $((($(date +%s%N) - began) / 1000000)) ms"
quiet report hostile --baseline schedule -o hostile.html
quiet report schedule -o single.html
quiet report serving -o serving.html
quiet report training -o training.html
quiet report jobs.csv -o jobs.html

quiet report never_banned --baseline history --format md -o memo.md

# Every picture of the memo is there, with words in it, and so is its data.
pictures=$(grep -o '](memo_figures/[a-z_]*\.svg)' memo.md | tr -d '()]')
[ -n "$pictures" ] || { echo "FAILED: the memo shows nothing"; exit 1; }
for picture in $pictures; do
  grep -q '<text' "$picture" && [ -s "${picture%.svg}.csv" ] || { echo "FAILED: $picture"; exit 1; }
done

export CHOKEPOINT_WEB=$packages
"${NODE:-node}" "$here/page_test.mjs" "$folder/shots" *.html
