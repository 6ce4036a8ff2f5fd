#!/usr/bin/env bash
# Runs deploy/nginx/nginx.conf in front of small servers on this machine and checks what it promises.
set -euo pipefail

nginx=$(command -v nginx || echo /usr/sbin/nginx) # where Debian puts it, outside an ordinary user's PATH
if [[ ! -x $nginx ]]; then
  echo "check-nginx.sh: nginx is missing; install it with \"apt-get install nginx\" (Debian, Ubuntu)" >&2
  exit 1
fi
exec node "$(dirname "${BASH_SOURCE[0]}")/check-nginx.mjs" "$nginx"
