-- take-turn: one of so many turns that a sender has in a window. Windows that are over are trimmed here, two at a time.
--
-- KEYS  1 counts (hash)  2 ages (sorted set)
-- ARGV  1 sender   2 now, ms   3 turns   4 window, ms
-- Output 0, or how many ms are left of the window whose turns are used up
local now, most, window = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - window, 'LIMIT', 0, 2)) do
  redis.call('HDEL', KEYS[1], old)
  redis.call('ZREM', KEYS[2], old)
end
local began, count = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) (%d+)$')
began, count = tonumber(began or '0'), tonumber(count or '0')
-- A window that begins in the future is that of a clock that was set back since.
if began + window <= now or began > now then began, count = now, 0 end
if count >= most then return began + window - now end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %d', began, count + 1))
redis.call('ZADD', KEYS[2], began, ARGV[1])
return 0
