-- index-update: puts an update into the index where it is missing and still stands as it was read. Loaded behind search-index.lua.
--
-- KEYS  1 index (hash)  2 records  3 ids  4 numbers  5 words
-- ARGV  1 what the index of the timeline must say of it   2 what the keys of words begin with   3 the update, JSON
-- Output 1, or 0 where it was there already or has moved on
local update = cjson.decode(ARGV[3])
if redis.call('HGET', KEYS[1], update.id) ~= ARGV[1] then return 0 end
if redis.call('HEXISTS', KEYS[4], update.id) == 1 then return 0 end
local k = { records = KEYS[2], ids = KEYS[3], numbers = KEYS[4], words = KEYS[5], postings = ARGV[2] }
index_update(k, update)
return 1
