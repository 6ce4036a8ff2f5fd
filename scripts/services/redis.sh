# Redis for services.sh, from the local binary or docker compose. Sourced; uses $dir, $password and $redis_*.
# shellcheck shell=bash disable=SC2154 # set by services.sh

redis_find() {
  command -v redis-server || true
}

redis_create() {
  mkdir -m 700 "$dir/redis"
  (umask 077 && cat >"$dir/redis/redis.conf") <<CONF
bind 127.0.0.1
requirepass $password
dir "$dir/redis"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
CONF
}

redis_url() {
  if [[ $redis_driver == compose ]]; then
    echo "redis://127.0.0.1:$redis_port"
  else
    echo "redis://default:$password@127.0.0.1:$redis_port"
  fi
}

redis_pid() {
  cat "$dir/redis/pid" 2>/dev/null
}

# Where process 1 does not reap, as in many containers, a dead daemon stays as a zombie. A killed one is one before all
# its threads have ended, and keeps its port while the last of them waits for the disk.
redis_alive() {
  kill -0 "$1" 2>/dev/null && ! redis_ended "/proc/$1/status"
}

redis_ended() {
  grep -qs '^State:.*zombie' "$1" && grep -qs '^Threads:[[:space:]]*1$' "$1"
}

redis_running() {
  local pid
  if [[ $redis_driver == compose ]]; then
    compose_running redis
  else
    pid=$(redis_pid) && [[ -n $pid ]] && redis_alive "$pid"
  fi
}

# The password makes sure that the one that answers is ours.
redis_answers() (
  exec 3<>"/dev/tcp/127.0.0.1/$redis_port" && printf 'AUTH %s\r\nPING\r\n' "$password" >&3 &&
    read -r -t 2 auth <&3 && read -r -t 2 pong <&3 && [[ $auth == +OK* && $pong == +PONG* ]]
) 2>/dev/null

redis_start() {
  if redis_running; then return; fi
  if [[ $redis_driver == compose ]]; then
    compose up --detach --wait redis
    return
  fi
  # Not by "daemonize", which would hide that a port is taken. Job control gives it a process group of its own, so that
  # it outlives this shell and no signal meant for the command that runs reaches it.
  set -m
  "$redis_bin" "$dir/redis/redis.conf" --port "$redis_port" </dev/null >>"$dir/redis/log" 2>&1 &
  echo $! >"$dir/redis/pid"
  disown
  set +m
  local deadline=$((SECONDS + 30))
  until redis_answers; do
    if [[ $SECONDS -ge $deadline ]] || ! redis_running; then return 1; fi
    sleep 0.05
  done
}

redis_stop() {
  if ! redis_running; then return; fi
  if [[ $redis_driver == compose ]]; then
    compose_stop redis "$1"
    return
  fi
  local pid signal=TERM deadline=$((SECONDS + 30))
  pid=$(redis_pid)
  if [[ $1 == immediate ]]; then signal=KILL; fi
  kill "-$signal" "$pid"
  while redis_alive "$pid"; do
    if [[ $SECONDS -ge $deadline ]]; then return 1; fi
    sleep 0.05
  done
  rm -f "$dir/redis/pid"
}
