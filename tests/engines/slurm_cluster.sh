#!/usr/bin/env bash
# A Slurm of one's own on this machine, for tests: munged, a controller and two nodes, all in one
# folder, as whoever calls it. Usage: slurm_cluster.sh start|stop|kill NAME FOLDER
#   start FOLDER   brings it up, and says what to export
#   kill NAME FOLDER   kills "node0", "node1" or "controller" at once, as a power cut would
#   begin NAME FOLDER  starts it again
#   stop FOLDER    ends all of it
set -euo pipefail
PATH=$PATH:/usr/sbin

port_of() { # A port that is free now.
  python3 -c 'import socket; s=socket.socket(); s.bind(("",0)); print(s.getsockname()[1])'
}

write_config() {
  local me cores
  me=$(id -un)
  cores=$(nproc)
  cat > "$folder/slurm.conf" <<CONF
ClusterName=chokepoint
SlurmctldHost=localhost
SlurmUser=$me
SlurmdUser=$me
SlurmctldPort=$(port_of)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.sock
CryptoType=crypto/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=5
SlurmctldTimeout=5
InactiveLimit=0
MinJobAge=10
KillWait=2
NodeName=node0 NodeHostname=localhost Port=$(port_of) CPUs=$cores
NodeName=node1 NodeHostname=localhost Port=$(port_of) CPUs=$cores
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

begin() {
  case $1 in
    munge)
      munged --force --key-file="$folder/munge.key" --socket="$folder/munge.sock" \
        --pid-file="$folder/munge.pid" --log-file="$folder/munge.log" --seed-file="$folder/munge.seed"
      ;;
    controller) slurmctld -f "$folder/slurm.conf" ;;
    node*) slurmd -f "$folder/slurm.conf" -N "$1" ;;
  esac
}

pid_of() {
  case $1 in
    munge) cat "$folder/munge.pid" ;;
    controller) cat "$folder/slurmctld.pid" ;;
    node*) cat "$folder/slurmd.$1.pid" ;;
  esac
}

command=$1
folder=$(realpath "${!#}")
export SLURM_CONF=$folder/slurm.conf
case $command in
  start)
    chmod 700 "$folder"
    mkdir -p "$folder/state" "$folder/spool.node0" "$folder/spool.node1"
    dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 status=none
    chmod 600 "$folder/munge.key"
    write_config
    for name in munge controller node0 node1; do begin "$name"; done
    for _ in $(seq 100); do
      [ "$(sinfo -h -o '%D %T' 2>/dev/null)" = "2 idle" ] && break
      sleep 0.2
    done
    sinfo -h -o '%D %T'
    ;;
  begin) begin "$2" ;;
  kill) kill -9 "$(pid_of "$2")" ;;
  stop)
    for name in node0 node1 controller munge; do
      pid=$(pid_of "$name" 2>/dev/null) || continue
      kill "$pid" 2>/dev/null || continue
      # They write what they know before they end; who does not in ten seconds is made to.
      for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
      done
      kill -9 "$pid" 2>/dev/null || true
    done
    ;;
esac
