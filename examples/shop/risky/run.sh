#!/bin/sh
# The same shop without Compose.

docker network create shop

docker run -d --name database --network shop --restart always \
  -e POSTGRES_USER=shop \
  -e POSTGRES_PASSWORD=marigold-quay-27-anchor \
  -p 5432:5432 \
  -v data:/var/lib/postgresql/data \
  -v /etc:/backup/etc \
  postgres

docker run -d --name web --network shop --restart always \
  -e DATABASE_URL=postgres://shop:marigold-quay-27-anchor@database:5432/shop \
  -e SESSION_SECRET=crimson-buoy-48-teapot \
  -p 3000:3000 \
  -v /srv/shop/web:/app \
  registry.example/shop/web:latest

docker run -d --name worker --network shop --restart always \
  -e DATABASE_HOST=database \
  -e DATABASE_PASSWORD=marigold-quay-27-anchor \
  --privileged \
  --pid host \
  -v /var/run/docker.sock:/var/run/docker.sock \
  registry.example/shop/worker:latest

docker run -d --name proxy --restart always \
  --user root \
  --network host \
  --ipc host \
  --cap-add NET_ADMIN \
  --cap-add SYS_ADMIN \
  --security-opt seccomp=unconfined \
  --security-opt apparmor=unconfined \
  -v /srv/shop/proxy/nginx.conf:/etc/nginx/nginx.conf \
  -v /var/run/docker.sock:/var/run/docker.sock \
  nginx:latest
