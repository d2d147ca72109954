-- take-lease: gives a job to one node: to the one that has it, or where nobody has, or where whoever had it is gone.
--
-- KEYS  1 lease (string `holder count`)
-- ARGV  1 the node that asks   2 an entry whose holder it believes gone, or ''
-- Output the entry as it is now
local entry = redis.call('GET', KEYS[1])
local holder, count = string.match(entry or '', '^(%S+) (%d+)$')
if holder and holder ~= ARGV[1] and entry ~= ARGV[2] then return entry end
local taken = ARGV[1] .. ' ' .. string.format('%d', (tonumber(count or '0') + 1) % 1000000000)
redis.call('SET', KEYS[1], taken)
return taken
