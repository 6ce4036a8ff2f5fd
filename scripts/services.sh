#!/usr/bin/env bash
# PostgreSQL and Redis for tests, benchmarks and work by hand; `services.sh help` tells the commands.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
by_hand=$root/.tmp/services/env
dir='' project='' child=''

usage() {
  cat <<'TEXT'
services.sh run <command…>   start what DATABASE_URL and REDIS_URL do not already name, run the command with
                             both set, stop what was started, end with the command's exit code
services.sh start            the same services to work with by hand:  eval "$(scripts/services.sh env)"
services.sh stop             stop them and delete their data
services.sh status | env     whether they run | the variables to set
services.sh start-postgres | stop-postgres [fast|immediate] | restart-postgres [fast|immediate]
services.sh start-redis    | stop-redis    [fast|immediate] | restart-redis    [fast|immediate]
                             the one in $SERVICES_DIR (set by run), else the one started by hand: same port, same
                             data; "fast" (default) is an orderly stop, "immediate" a crash

Local binaries are used where there are any, else docker compose. The command of "run" gets no terminal input.
TEXT
}

fail() {
  echo "services.sh: $*" >&2
  exit 1
}

fail_with_log() {
  tail -n 20 "$2" >&2 || true
  fail "$1 did not start; the last lines of its log are above."
}

# shellcheck source-path=SCRIPTDIR source=services/compose.sh
. "$root/scripts/services/compose.sh"
# shellcheck source-path=SCRIPTDIR source=services/postgres.sh
. "$root/scripts/services/postgres.sh"
# shellcheck source-path=SCRIPTDIR source=services/redis.sh
. "$root/scripts/services/redis.sh"

# How each service will run: "given" by its URL, "local" or "compose".
choose_drivers() {
  local missing=''
  postgres_driver=given redis_driver=given postgres_bin='' redis_bin=''
  if [[ -z ${DATABASE_URL:-} ]]; then
    postgres_driver=local postgres_bin=$(postgres_find)
    if [[ -z $postgres_bin ]]; then postgres_driver=compose missing=postgresql; fi
  fi
  if [[ -z ${REDIS_URL:-} ]]; then
    redis_driver=local redis_bin=$(redis_find)
    if [[ -z $redis_bin ]]; then redis_driver=compose missing+=${missing:+ }redis-server; fi
  fi
  if [[ -n $missing ]] && ! docker_answers; then
    fail "missing: ${missing/ / and }, and no Docker engine answers; install with \"apt-get install $missing\"" \
      "(Debian, Ubuntu), start Docker, or set DATABASE_URL and REDIS_URL to services that run."
  fi
  if [[ $postgres_driver == local && $EUID -eq 0 ]] && ! id postgres >/dev/null 2>&1; then
    fail "PostgreSQL refuses to run as root and there is no user postgres to run it as; create it with" \
      "\"useradd --system postgres\", run this as an ordinary user, or set DATABASE_URL to a service that runs."
  fi
}

create_directory() {
  dir=$(mktemp -d "${TMPDIR:-/tmp}/switchboard.XXXXXX")
  if [[ $postgres_driver == local ]] && ! { chmod 711 "$dir" && as_postgres test -x "$dir"; } 2>/dev/null; then
    rmdir "$dir" # in a TMPDIR of root's own, where the user postgres may not go
    dir=$(mktemp -d /tmp/switchboard.XXXXXX)
    chmod 711 "$dir"
  fi
  project=$(basename "$dir" | tr '[:upper:].' '[:lower:]-')
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
}

# Below the range that outgoing connections take their ports from: while a service is stopped for a restart, a client
# that keeps trying an ephemeral port on its own machine can end up connected to itself and hold the port.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# Between choosing a port and listening on it another process may take it, so a few are tried.
start_on_a_free_port() {
  local driver=${1}_driver log=$dir/$1/log
  for _ in 1 2 3 4 5; do
    printf -v "${1}_port" '%s' "$(free_port)"
    if "${1}_start"; then return; fi
  done
  if [[ ${!driver} == compose ]]; then log=$dir/compose.log; fi
  fail_with_log "$1" "$log"
}

create_services() {
  choose_drivers
  postgres_port='' redis_port=''
  create_directory
  export SERVICES_DIR=$dir
  if [[ $redis_driver != given ]]; then
    if [[ $redis_driver == local ]]; then redis_create; fi
    start_on_a_free_port redis
    REDIS_URL=$(redis_url)
  fi
  if [[ $postgres_driver != given ]]; then
    if [[ $postgres_driver == local ]]; then postgres_create; fi
    start_on_a_free_port postgres
    DATABASE_URL=$(postgres_url)
  fi
  export DATABASE_URL REDIS_URL
  local name
  for name in postgres_{driver,bin,port} redis_{driver,bin,port} password project; do
    printf '%s=%q\n' "$name" "${!name}"
  done | (umask 077 && cat >"$dir/state")
}

# At once, without a last checkpoint: the data goes too.
delete_services() {
  if [[ -z $project ]]; then return; fi
  if [[ $postgres_driver == local && -d $dir/postgres/data ]]; then postgres_stop immediate; fi
  if [[ $redis_driver == local ]]; then redis_stop immediate; fi
  if [[ $postgres_driver == compose || $redis_driver == compose ]]; then compose down --volumes --timeout 5; fi
  rm -rf "$dir"
}

clean_up() {
  trap '' HUP INT TERM
  set +e # what cannot be stopped must not keep the rest
  if [[ -n $child ]]; then end_group "$child"; fi
  delete_services
}

run() {
  if [[ -n ${DATABASE_URL:-} && -n ${REDIS_URL:-} ]]; then exec "$@"; fi # SERVICES_DIR too, if they have one
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  create_services
  # Job control gives the command a process group of its own, so that a signal reaches all of it and nothing it started
  # is left behind. In the background it must not read from the terminal.
  set -m
  if [[ -t 0 ]]; then "$@" </dev/null & else "$@" <&0 & fi
  child=$!
  set +m
  trap 'pass_on HUP' HUP
  trap 'pass_on INT' INT
  trap 'pass_on TERM' TERM
  local code=0
  while wait "$child" && code=0 || code=$?; kill -0 "$child" 2>/dev/null; do :; done # a trapped signal ends "wait" too
  exit "$code"
}

# The first signal is the command's to obey, the second leaves it no choice.
pass_on() {
  kill "-$1" -- "-$child" 2>/dev/null || true
  trap 'kill -KILL -- "-$child" 2>/dev/null || true' HUP INT TERM
}

end_group() {
  if ! kill -TERM -- "-$1" 2>/dev/null; then return; fi
  echo "services.sh: the command left processes running; stopping them" >&2
  local deadline=$((SECONDS + 5))
  while kill -0 -- "-$1" 2>/dev/null; do
    if [[ $SECONDS -ge $deadline ]]; then
      kill -KILL -- "-$1"
      return
    fi
    sleep 0.05
  done
}

start_by_hand() {
  if [[ -f $by_hand ]]; then fail "already started: see services.sh status, or stop them first."; fi
  trap clean_up EXIT
  create_services
  mkdir -p "$(dirname "$by_hand")"
  (umask 077 && printf 'export %s=%q\n' DATABASE_URL "$DATABASE_URL" REDIS_URL "$REDIS_URL" SERVICES_DIR "$dir" >"$by_hand")
  trap - EXIT
  # shellcheck disable=SC2016 # to be typed as it stands
  echo 'started: eval "$(scripts/services.sh env)"'
}

stop_by_hand() {
  load_by_hand
  clean_up
  rm -f "$by_hand"
  echo stopped
}

load_services() {
  dir=$1
  if [[ ! -f $dir/state ]]; then fail "no services in $dir; start some with services.sh start or run."; fi
  # shellcheck disable=SC1091
  . "$dir/state"
}

load_by_hand() {
  if [[ ! -f $by_hand ]]; then fail "nothing was started by hand; start it with services.sh start."; fi
  # shellcheck disable=SC1090
  dir=$(. "$by_hand" && echo "$SERVICES_DIR")
  if [[ ! -f $dir/state ]]; then
    rm "$by_hand"
    fail "what was started by hand is gone (a restart of the machine?); start it anew with services.sh start."
  fi
  load_services "$dir"
}

status() {
  load_by_hand
  local name driver port code=0
  for name in postgres redis; do
    driver=${name}_driver port=${name}_port
    if [[ ${!driver} == given ]]; then
      echo "$name given by its URL"
    elif "${name}_running"; then
      echo "$name running on 127.0.0.1:${!port} (${!driver})"
    else
      echo "$name stopped" && code=1
    fi
  done
  return $code
}

act_on_one() {
  local action=$1 name=$2 mode=${3:-fast} driver=${2}_driver
  if [[ $mode != fast && $mode != immediate ]]; then fail "a stop is \"fast\" or \"immediate\", not \"$mode\"."; fi
  if [[ -n ${SERVICES_DIR:-} ]]; then load_services "$SERVICES_DIR"; else load_by_hand; fi
  if [[ ${!driver} == given ]]; then fail "$name was given by its URL; what services.sh did not start it does not touch."; fi
  if [[ $action != start ]]; then "${name}_stop" "$mode" || fail "$name did not stop; see the logs in $dir."; fi
  if [[ $action != stop ]]; then "${name}_start" || fail "$name did not start; see the logs in $dir."; fi
}

command=${1:-help}
if [[ $# -gt 0 ]]; then shift; fi
case $command in
  run)
    if [[ $# -eq 0 ]]; then fail "run what? services.sh run <command…>"; fi
    run "$@"
    ;;
  start) start_by_hand ;;
  stop) stop_by_hand ;;
  status) status ;;
  env) load_by_hand && cat "$by_hand" ;;
  start-postgres | stop-postgres | restart-postgres | start-redis | stop-redis | restart-redis)
    act_on_one "${command%-*}" "${command#*-}" "$@"
    ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
