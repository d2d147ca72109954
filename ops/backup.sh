#!/bin/sh
# Copies the append-only files of a running Redis: ops/backup.sh APPENDONLYDIR TARGET.tar.gz [redis-cli arguments]
# For a private Redis: ops/backup.sh "$DATA_DIR/redis/appendonlydir" backup.tar.gz -s "$DATA_DIR/redis/redis.sock"
set -eu
source=$1
target=$2
shift 2
percentage=$(redis-cli "$@" --raw CONFIG GET auto-aof-rewrite-percentage | tail -n 1)
# A rewrite replaces files while they are copied: none may begin, and one that runs is waited for.
restore() { redis-cli "$@" CONFIG SET auto-aof-rewrite-percentage "$percentage" >/dev/null; }
trap 'restore "$@"' EXIT
redis-cli "$@" CONFIG SET auto-aof-rewrite-percentage 0 >/dev/null
while redis-cli "$@" INFO persistence | grep -q '^aof_rewrite_\(in_progress\|scheduled\):1'; do sleep 1; done
# The files only grow meanwhile. What is cut off at the end of the last one is dropped when Redis loads it.
tar -C "$(dirname "$source")" -czf "$target.part" --warning=no-file-changed "$(basename "$source")" || [ $? -eq 1 ]
mv "$target.part" "$target"
