# PostgreSQL for services.sh, from local binaries or docker compose. Sourced; uses $dir, $password and $postgres_*.
# shellcheck shell=bash disable=SC2154 # set by services.sh

# PostgreSQL refuses to run as root.
as_postgres() (
  cd "$dir" || exit # pg_ctl and initdb want a working directory they may read
  if [[ $EUID -ne 0 ]]; then
    exec "$@"
  elif command -v setpriv >/dev/null; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  elif command -v runuser >/dev/null; then
    exec runuser -u postgres -- "$@"
  else
    # shellcheck disable=SC2016 # expanded by the shell that su starts
    exec su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
  fi
)

postgres_find() {
  local bin
  for bin in "$(dirname "$(command -v postgres || echo /-)")" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [[ -x $bin/postgres && -x $bin/initdb && -x $bin/pg_ctl ]]; then
      echo "$bin"
      return
    fi
  done
}

postgres_create() {
  mkdir -m 700 "$dir/postgres"
  if [[ $EUID -eq 0 ]]; then chown postgres: "$dir/postgres"; fi
  # shellcheck disable=SC2016 # expanded by the shell that is started
  as_postgres sh -c 'umask 077 && cat >"$0/password"' "$dir/postgres" <<<"$password"
  # The empty cluster's files need no fsync; the server itself runs with it.
  as_postgres "$postgres_bin/initdb" --pgdata="$dir/postgres/data" --username=switchboard --no-sync \
    --pwfile="$dir/postgres/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C >"$dir/initdb.log" 2>&1 ||
    fail_with_log PostgreSQL "$dir/initdb.log"
  as_postgres tee -a "$dir/postgres/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '.'
max_connections = 400
fsync = on
synchronous_commit = on
CONF
  as_postgres "$postgres_bin/postgres" --single -D "$dir/postgres/data" postgres \
    <<<'create database switchboard' >>"$dir/initdb.log" 2>&1 || fail_with_log PostgreSQL "$dir/initdb.log"
}

postgres_url() {
  echo "postgres://switchboard:$password@127.0.0.1:$postgres_port/switchboard"
}

pg_ctl() {
  as_postgres "$postgres_bin/pg_ctl" --pgdata="$dir/postgres/data" "$@" >/dev/null 2>&1
}

postgres_running() {
  if [[ $postgres_driver == compose ]]; then compose_running postgres; else pg_ctl status; fi
}

postgres_start() {
  if postgres_running; then return; fi
  if [[ $postgres_driver == compose ]]; then
    compose up --detach --wait postgres
  else
    pg_ctl start --wait --timeout=60 --log="$dir/postgres/log" --options="-p $postgres_port"
  fi
}

postgres_stop() {
  if ! postgres_running; then return; fi
  if [[ $postgres_driver == compose ]]; then
    compose_stop postgres "$1"
  else
    pg_ctl stop --wait --timeout=60 --mode="$1"
  fi
}
