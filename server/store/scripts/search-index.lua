-- search-index: what `commit` and `index-update` do to a timeline's index. Loaded in front of them.
-- An update is a number in the order of indexing; a revision gets a new one. `k` names the keys:
--   records  string, 8 bytes a number, big-endian: seconds of the event after day one (4), conflict day (2), flags (1: 1 there,
--            2 key development), facets (1, facets.ts). All zero: forgotten
--   ids      list, number → update id, '' when forgotten
--   numbers  hash, update id → its number
--   words    sorted set, all scores 0: every word, and every author behind an @
--   postings what the keys of words begin with; each a string of numbers, 3 bytes each, big-endian, ascending

-- From this length on a posting is not cut but overwritten with the number before it: cutting would write it all again.
local cut_up_to = 3000

-- One call with many members costs far less than many calls; Lua hands over some thousand arguments at once.
local function in_pieces(list, call)
  for first = 1, #list, 1000 do call({ unpack(list, first, math.min(first + 999, #list)) }) end
end

local function index_update(k, update)
  local flags = update.key and 3 or 1
  local record = struct.pack('>I4I2BB', update.seconds, update.day, flags, update.facets)
  local number = redis.call('APPEND', k.records, record) / 8
  redis.call('RPUSH', k.ids, update.id)
  redis.call('HSET', k.numbers, update.id, number)
  local entry = struct.pack('>I3', number)
  local new = {}
  for _, word in ipairs(update.words) do
    if redis.call('APPEND', k.postings .. word, entry) == 3 then new[#new + 1] = word end
  end
  in_pieces(new, function(piece)
    local members = {}
    for _, word in ipairs(piece) do
      members[#members + 1] = 0
      members[#members + 1] = word
    end
    redis.call('ZADD', k.words, unpack(members))
  end)
end

-- Whether the word is left without any.
local function forget_entry(k, word, number)
  local key = k.postings .. word
  local length = redis.call('STRLEN', key)
  local function at(place) return struct.unpack('>I3', redis.call('GETRANGE', key, place * 3, place * 3 + 2)) end
  local low, high = 0, length / 3
  while low < high do
    local middle = math.floor((low + high) / 2)
    if at(middle) < number then low = middle + 1 else high = middle end
  end
  if low >= length / 3 or at(low) ~= number then return false end
  if length == 3 then
    redis.call('DEL', key)
    return true
  elseif length <= cut_up_to then
    local before = low > 0 and redis.call('GETRANGE', key, 0, low * 3 - 1) or ''
    redis.call('SET', key, before .. redis.call('GETRANGE', key, low * 3 + 3, -1))
  else
    local before = low > 0 and redis.call('GETRANGE', key, low * 3 - 3, low * 3 - 1) or '\0\0\0'
    while low < length / 3 and at(low) == number do
      redis.call('SETRANGE', key, low * 3, before)
      low = low + 1
    end
  end
  return false
end

local function forget_update(k, id, words)
  local number = tonumber(redis.call('HGET', k.numbers, id) or '0')
  if number == 0 then return end
  redis.call('HDEL', k.numbers, id)
  redis.call('LSET', k.ids, number - 1, '')
  redis.call('SETRANGE', k.records, (number - 1) * 8, string.rep('\0', 8))
  local bare = {}
  for _, word in ipairs(words) do
    if forget_entry(k, word, number) then bare[#bare + 1] = word end
  end
  in_pieces(bare, function(piece) redis.call('ZREM', k.words, unpack(piece)) end)
end
