#!/usr/bin/env bash
# A sweep over two nodes of Slurm loses nothing when a node and then the controller are killed, and
# gives the same bytes as one machine; so does GNU parallel. Usage: sweep_test.sh CHOKEPOINT ROOT [DRAWS]
set -euo pipefail
chokepoint=$(realpath "$1")
root=$(realpath "$2")
draws=${3:-300}
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d)
cluster=$here/slurm_cluster.sh
mkdir -m 700 "$folder/slurm"
trap '"$cluster" stop "$folder/slurm"; rm -rf "$folder"' EXIT
cd "$folder"

run() { "$chokepoint" --root "$root" -q "$@"; }
whole() { run sweep status "$1" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["whole"])'; }
fail() { echo "FAILED: $*" >&2; exit 1; }

for engine in local slurm parallel; do
  run sweep plan history --until 2021-05-01 --draws "$draws" -o "$engine" >planned
done
cells=$((draws + 1))
patience=$((120 + draws / 5))  # Seconds for all cells.
run sweep run local
run sweep collect local >/dev/null

"$cluster" start "$folder/slurm" | grep -qx "2 idle" || { echo "no Slurm comes up here: skipped"; exit 77; }
export SLURM_CONF=$folder/slurm/slurm.conf

# What waits for the controller is stopped with it: results are what counts.
setsid timeout "$patience" "$chokepoint" --root "$root" -q sweep run slurm --engine slurm --shards 12 >first.log 2>&1 &
waiting=$!
for _ in $(seq 300); do
  [ "$(find slurm/cells -name '*.figures' 2>/dev/null | wc -l)" -ge 10 ] && break
  sleep 0.1
done
"$cluster" kill node1 "$folder/slurm"
sleep 1
"$cluster" kill controller "$folder/slurm"
found=$(whole slurm)
[ "$found" -ge 10 ] || fail "only $found cells when the controller went"
echo "killed a node and the controller with $found of $cells cells"
kill -- "-$waiting" 2>/dev/null || true
wait "$waiting" || true
kept=$(whole slurm)
[ "$kept" -ge "$found" ] || fail "$found cells were whole, and $kept are now"

"$cluster" begin controller "$folder/slurm"
"$cluster" begin node1 "$folder/slurm"
for _ in $(seq 5); do
  timeout "$patience" "$chokepoint" --root "$root" -q sweep run slurm --engine slurm --shards 12 && break
  sleep 2
done
[ "$(whole slurm)" -eq "$cells" ] || fail "$(whole slurm) of $cells cells are whole"
run sweep collect slurm >/dev/null
cmp local/bands.csv slurm/bands.csv || fail "Slurm has other bands"

run sweep run parallel --engine parallel --shards 8 --engine-option=--jobs --engine-option=2
run sweep collect parallel >/dev/null
cmp local/bands.csv parallel/bands.csv || fail "GNU parallel has other bands"
diff -r local/cells slurm/cells || fail "Slurm has other results"
echo "$cells cells are alike on one machine, on two nodes of Slurm and under GNU parallel"
