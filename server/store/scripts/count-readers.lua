-- count-readers: adds the readers of some updates to the buckets of this hour and this day, and trims two that are over.
--
-- KEYS  1 this hour's bucket  2 this day's (sorted sets, update id by readers)  3 buckets (sorted set, name by its end, ms)
-- ARGV  1 now, ms   2 what names of buckets begin with   3 name of this hour's  4 until when it counts, ms   5, 6 of this day's
--       7… update id, readers
for number = 7, #ARGV, 2 do
  redis.call('ZINCRBY', KEYS[1], ARGV[number + 1], ARGV[number])
  redis.call('ZINCRBY', KEYS[2], ARGV[number + 1], ARGV[number])
end
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[3], ARGV[6], ARGV[5])
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[1], 'LIMIT', 0, 2)) do
  redis.call('UNLINK', ARGV[2] .. name)
  redis.call('ZREM', KEYS[3], name)
end
return 1
