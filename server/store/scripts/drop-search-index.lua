-- drop-search-index: empties the index of a timeline and says which version its next entries have. Names of postings are made
-- here from the words; all of them share the timeline's hash tag and so its slot.
--
-- KEYS  1 timeline (hash)  2 records  3 ids  4 numbers  5 words
-- ARGV  1 the version   2 what the keys of words begin with
for _, word in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do redis.call('UNLINK', ARGV[2] .. word) end
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('HSET', KEYS[1], 'search', ARGV[1])
return 1
