-- save-hook: a follower outside is added, moves on or goes, unless it has changed meanwhile.
--
-- KEYS  1 timeline (hash)  2 hooks (hash)  3 deeds (list)
-- ARGV  1 id   2 JSON as it was, or ''   3 JSON as it shall be, or ''   4 audit entry, or ''   5 how many deeds are kept
-- Output 1, or 0 where nothing was written
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if (redis.call('HGET', KEYS[2], ARGV[1]) or '') ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[2], ARGV[1]) else redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
redis.call('HINCRBY', KEYS[1], 'hooks', 1)
if ARGV[4] ~= '' then
  redis.call('RPUSH', KEYS[3], ARGV[4])
  redis.call('LTRIM', KEYS[3], -ARGV[5], -1)
end
return 1
