-- delete-timeline: everything of a timeline, in one step, so that no write can fall between and leave half of it behind.
-- Only the audit log stays, and tells of the deletion too. Names of keys that hold one day, one update or one word are made
-- here from what the index, the calendar and the words list; all of them share the timeline's hash tag and so its slot.
--
-- KEYS  1 timeline (hash)  2 index (hash)  3 calendar (sorted set)  4 audit (list)  5 search words (sorted set)
--       6 reader buckets (sorted set)  7… every other key of the timeline
-- ARGV  1 JSON {day, revisions, summaryRevisions, searchPostings, replies, readers}: what these names begin with   2 the audit entry
-- Output 1, or 0 where there is no such timeline
local names = cjson.decode(ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end

for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  local date = string.match(field, '^summary:(.+)$')
  redis.call('UNLINK', date and names.summaryRevisions .. date or names.revisions .. field)
  if not date then redis.call('UNLINK', names.replies .. field) end
end
for _, date in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do redis.call('UNLINK', names.day .. date) end
for _, word in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do redis.call('UNLINK', names.searchPostings .. word) end
for _, name in ipairs(redis.call('ZRANGE', KEYS[6], 0, -1)) do redis.call('UNLINK', names.readers .. name) end
for number, key in ipairs(KEYS) do
  if number ~= 4 then redis.call('UNLINK', key) end
end
redis.call('RPUSH', KEYS[4], ARGV[2])
return 1
