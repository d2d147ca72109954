-- take-attempt: counts attempts to sign in against several budgets at once. A budget is a field `count since window`; it begins
-- anew when its window is over. No key expires by itself: old fields go when there are many.
--
-- KEYS  1 attempts (hash)
-- ARGV  1 'take' or 'return'   2 now (ms)   3 JSON [[name, most, window ms]…] or, to return, [[name, forget]…]
-- Output how many ms to wait, 0 where one was taken from each; always 0 for a return
local now, asked = tonumber(ARGV[2]), cjson.decode(ARGV[3])

local function read(name)
  local count, since, window = string.match(redis.call('HGET', KEYS[1], name) or '', '^(%d+) (%d+) (%d+)$')
  return tonumber(count), tonumber(since), tonumber(window)
end
local function write(name, count, since, window)
  redis.call('HSET', KEYS[1], name, string.format('%d %.0f %.0f', count, since, window))
end

if ARGV[1] == 'return' then
  for _, budget in ipairs(asked) do
    local count, since, window = read(budget[1])
    if count and (budget[2] or count <= 1) then redis.call('HDEL', KEYS[1], budget[1])
    elseif count then write(budget[1], count - 1, since, window) end
  end
  return 0
end

-- A clock that was set back ends a window too, or it would last for as long as the clock was ahead.
local function isOver(since, window) return not since or now - since >= window or now < since end

local wait = 0
for _, budget in ipairs(asked) do
  local count, since, window = read(budget[1])
  if not isOver(since, window) and count >= budget[2] then wait = math.max(wait, since + window - now) end
end
if wait > 0 then return wait end

for _, budget in ipairs(asked) do
  local count, since, window = read(budget[1])
  if isOver(since, window) then write(budget[1], 1, now, budget[3]) else write(budget[1], count + 1, since, window) end
end
if redis.call('HLEN', KEYS[1]) > 20000 then
  for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
    local _, since, window = read(name)
    if isOver(since, window) then redis.call('HDEL', KEYS[1], name) end
  end
end
return 0
