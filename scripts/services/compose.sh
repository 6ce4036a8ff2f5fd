# docker compose for services.sh, where there is no local binary. Sourced; uses $root, $dir, $project and $password.
# shellcheck shell=bash disable=SC2154 # set by services.sh

docker_answers() {
  command -v docker >/dev/null && docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1
}

# Compose reads the whole file, so it asks for the application's secrets even where only the stores are started.
compose() {
  POSTGRES_PASSWORD=$password JWT_SECRET=- ENCRYPTION_KEY=- OWNER_EMAIL=- OWNER_PASSWORD=- \
    SERVICES_POSTGRES_PORT=${postgres_port:-0} SERVICES_REDIS_PORT=${redis_port:-0} \
    docker compose --project-name "$project" --project-directory "$root" \
    --file "$root/docker-compose.yml" --file "$root/scripts/services/compose.yml" "$@" >>"$dir/compose.log" 2>&1
}

compose_running() {
  compose exec --no-TTY "$1" true
}

compose_stop() {
  if [[ $2 == immediate ]]; then compose kill "$1"; else compose stop "$1"; fi
}
