-- renew-epoch: a log that no longer has a change which was seen in it cannot be continued (a replica took over without it, an
-- older copy was put back): its next changes would bear numbers that readers know with another content. So it gets a new
-- epoch, in one step, once, whoever notices first. The chain of hashes goes on as it is.
--
-- KEYS  1 timeline (hash)  2 chain (hash)
-- ARGV  1 epoch, 2 seq, 3 hash of the change that was seen   4 the new epoch   5, 6 channel and slug of the bell
-- Output 1, or 0 where the change is there, or the epoch is another already
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
local link = redis.call('HGET', KEYS[2], ARGV[2])
if ARGV[2] == '0' or (link and string.match(link, '%S+$') == ARGV[3]) then return 0 end

-- The first change stays chained to the epoch that the log began with.
redis.call('HSETNX', KEYS[1], 'chained', ARGV[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return 1
