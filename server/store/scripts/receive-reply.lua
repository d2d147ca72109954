-- receive-reply: keeps what a reader sent in, once.
--
-- KEYS  1 the update's replies (hash)  2 the queue of its status (sorted set)  3 the timeline's index (hash)
-- ARGV  1 update id   2 reply id   3 the reply, JSON   4 fingerprint of its text   5 when it came, ms
-- Output the id under which it is kept; '' where the update is not public (any more)
if string.sub(redis.call('HGET', KEYS[3], ARGV[1]) or '', 1, 7) ~= 'public ' then return '' end
local first = redis.call('HGET', KEYS[1], 'text:' .. ARGV[4])
if first then return first end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3], 'text:' .. ARGV[4], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[2])
return ARGV[2]
