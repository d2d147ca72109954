-- decide-reply: replaces a reply by what was decided on it, bans its senders, tells the audit log, and rings the bell.
--
-- KEYS  1 the update's replies (hash)  2 the queue it stands in  3 the queue it goes to (sorted sets)  4 bans (hash)
--       5 the timeline's deeds (list)
-- ARGV  1 reply id   2 the reply as it was decided on, JSON   3 as it is to be   4 when, ms   5 until when banned, ms
--       6 channel   7 slug   8 audit entry, JSON   9 how many entries are kept   10… senders to ban
-- Output 1, or 0 where it is another by now
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
for number = 10, #ARGV do redis.call('HSET', KEYS[4], ARGV[number], ARGV[5]) end
redis.call('RPUSH', KEYS[5], ARGV[8])
redis.call('LTRIM', KEYS[5], -ARGV[9], -1)
redis.call('PUBLISH', ARGV[6], ARGV[7])
return 1
