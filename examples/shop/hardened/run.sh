#!/bin/sh
# The same shop without Compose. TAG is the version to run.
set -eu

docker network create --internal back
docker network create front

docker run -d --name database --network back --restart on-failure:5 \
  --label environment=production --label owner=shop-team \
  --user 999:999 --read-only --cap-drop ALL --security-opt no-new-privileges \
  --cpus 2 --memory 1g --pids-limit 200 \
  --tmpfs /run/postgresql:size=1m,uid=999,gid=999,mode=0700 \
  --tmpfs /tmp:size=64m,uid=999,mode=0700 \
  -e POSTGRES_USER=shop \
  -e POSTGRES_PASSWORD_FILE=/run/secrets/database-password \
  -v /srv/shop/secrets/database-password:/run/secrets/database-password:ro \
  -v data:/var/lib/postgresql/data \
  --health-cmd 'pg_isready --username=shop' \
  postgres:17.6-trixie

docker run -d --name web --network back --network front --restart on-failure:5 \
  --label environment=production --label owner=shop-team \
  --user 10001:10001 --read-only --cap-drop ALL --security-opt no-new-privileges \
  --cpus 1 --memory 256m --pids-limit 100 \
  -e DATABASE_HOST=database \
  -e DATABASE_PASSWORD_FILE=/run/secrets/database-password \
  -v /srv/shop/secrets/database-password:/run/secrets/database-password:ro \
  --health-cmd 'wget -q -O /dev/null http://127.0.0.1:3000/health' \
  registry.example/shop/web:1.4.2

docker run -d --name worker --network back --restart on-failure:5 \
  --label environment=production --label owner=shop-team \
  --user 10002:10002 --read-only --cap-drop ALL --security-opt no-new-privileges \
  --cpus 0.5 --memory 128m --pids-limit 20 \
  --tmpfs /tmp:size=1m,uid=10002,mode=0700 \
  -e DATABASE_HOST=database \
  -e DATABASE_PASSWORD_FILE=/run/secrets/database-password \
  -v /srv/shop/secrets/database-password:/run/secrets/database-password:ro \
  --health-cmd 'find /tmp/alive -mmin -1' \
  registry.example/shop/worker:1.4.2

# plimsoll ignore=network-no-privileged-host-ports browsers ask for the shop at this port
docker run -d --name proxy --network front --restart on-failure:5 \
  --label environment=production --label owner=shop-team \
  --user 101:101 --read-only --cap-drop ALL --security-opt no-new-privileges \
  --cpus 1 --memory 64m --pids-limit 50 \
  --tmpfs /tmp:size=16m,uid=101,mode=0700 \
  -p 443:8443 \
  -v /srv/shop/proxy/nginx.conf:/etc/nginx/nginx.conf:ro \
  -v /srv/shop/secrets/certificate.pem:/run/secrets/certificate:ro \
  -v /srv/shop/secrets/certificate-key.pem:/run/secrets/certificate-key:ro \
  --health-cmd 'wget -q -O /dev/null http://127.0.0.1:8080/health' \
  nginxinc/nginx-unprivileged:1.29.1-alpine
