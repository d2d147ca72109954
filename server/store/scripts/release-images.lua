-- release-images: takes away the images that nobody shows any more, in one step with the look at who shows them.
--
-- KEYS  1 images (hash)  2 gone images (hash)  3 image uses (sorted set)  4 loose images (sorted set)  5 index (hash)
-- ARGV  1 id of a removed update, or ''   2 now, ms   3… ids of images to look at
-- Output the entries of the images that are gone and not buried yet
-- An update that is not removed is passed over: a commit that failed must take nothing away.

local update, now = ARGV[1], ARGV[2]
local wanted = { unpack(ARGV, 3) }

local function members(prefix)
  return redis.call('ZRANGEBYLEX', KEYS[3], '[' .. prefix .. ' ', '(' .. prefix .. '!')
end

if update ~= '' and string.match(redis.call('HGET', KEYS[5], update) or '', '^removed ') then
  for _, member in ipairs(members('u' .. update)) do
    local image = string.match(member, '%S+$')
    redis.call('ZREM', KEYS[3], member, 'i' .. image .. ' ' .. update)
    wanted[#wanted + 1] = image
  end
  redis.call('ZREM', KEYS[4], 'u' .. update)
end

local gone = {}
for _, image in ipairs(wanted) do
  local entry = redis.call('HGET', KEYS[1], image)
  if entry and #members('i' .. image) == 0 then
    redis.call('HDEL', KEYS[5], 'image:' .. image)
    redis.call('HDEL', KEYS[1], image)
    redis.call('HSET', KEYS[2], image, entry)
    redis.call('ZADD', KEYS[4], now, image)
    gone[#gone + 1] = entry
  elseif entry then
    redis.call('ZREM', KEYS[4], image)
  else
    local buried = redis.call('HGET', KEYS[2], image)
    if buried then gone[#gone + 1] = buried else redis.call('ZREM', KEYS[4], image) end
  end
end
return gone
