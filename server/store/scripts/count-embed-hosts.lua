-- count-embed-hosts: adds loads to the sites that show a timeline, and forgets those that have not shown it for long or are too many.
--
-- KEYS  1 loads (sorted set, host by loads)  2 seen (sorted set, host by instant of its last load, ms)
-- ARGV  1 now, ms   2 seen before then: forgotten, ms   3 hosts kept   4… host, loads
for number = 4, #ARGV, 2 do
  redis.call('ZINCRBY', KEYS[1], ARGV[number + 1], ARGV[number])
  redis.call('ZADD', KEYS[2], ARGV[1], ARGV[number])
end
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[2])
local spare = redis.call('ZCARD', KEYS[1]) - #gone - tonumber(ARGV[3])
for _, host in ipairs(gone) do
  redis.call('ZREM', KEYS[1], host)
end
if spare > 0 then
  for _, host in ipairs(redis.call('ZRANGE', KEYS[1], 0, spare - 1)) do
    gone[#gone + 1] = host
    redis.call('ZREM', KEYS[1], host)
  end
end
for _, host in ipairs(gone) do
  redis.call('ZREM', KEYS[2], host)
end
return 1
