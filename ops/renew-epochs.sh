#!/bin/sh
# After a restore with all nodes down: gives every log a new epoch, so that readers who saw more than the backup has start over.
# Arguments are those of redis-cli that lead to the store, such as -s /var/lib/daymark/redis/redis.sock; in a cluster add -c.
set -eu
script='redis.call("HSETNX", KEYS[1], "chained", redis.call("HGET", KEYS[1], "epoch"))
return redis.call("HSET", KEYS[1], "epoch", ARGV[1])'
redis-cli "$@" --raw SMEMBERS dm:timelines | while read -r slug; do
  [ -n "$slug" ] || continue
  epoch=$(od -An -N5 -tx1 /dev/urandom | tr -d ' \n')
  redis-cli "$@" EVAL "$script" 1 "dm:{$slug}:timeline" "$epoch" >/dev/null </dev/null
  redis-cli "$@" PUBLISH dm:wake "$slug" >/dev/null </dev/null
  echo "$slug: $epoch"
done
