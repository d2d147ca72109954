-- commit: the one way anything of a timeline is written. Checks what the decision was based on, gives the change its
-- seq and its hash, writes state and log, trims: all in one step, or nothing. It never looks inside a payload.
-- Loaded behind sha256.lua and search-index.lua.
--
-- KEYS  1 timeline (hash)  2 log (hash)  3 index (hash)  4 idempotency (hash)  5 idempotency ages (sorted set)
--       6 first answers (hash)  7 answered-by (hash)  8 trail (hash)  9 calendar (sorted set)  10 days (hash)
--       11 imported (hash)  12 chain (hash)  13… whatever `writes` name
-- ARGV  1 the command, JSON:
--         guards  [[field, value|false]…]  what the index must say (false: nothing)
--         indexed number|false             how many entries the index must have
--         marks   [mark…]                  none of which may have been imported
--         once    {field, fingerprint, id, answer, now, ttl, least, most} | false   idempotency; now and ttl in ms. An
--                 entry counts as long as it is kept, and the newest `least` are kept at any age: a clock that jumps
--                 ahead must not make a retry a second update
--         writes  [[name, key number, argument…]…]   HSET HDEL DEL RPUSH ZADD ZREM LTRIM on KEYS
--         days    [[date, updates, key, hasSummary|'', revisedAt]…]   changes of the counts of a day
--         change  {head, tail, line, id|false} | false   the change's JSON is head .. seq and hash .. tail; line: what is
--                 hashed of it; id: the update it is about
--         search  {forget, update, keys, postings} | false   the index of words: forget {id, words}|false, update as
--                 index_update takes it|false, keys {records, ids, numbers, words} as key numbers
--         id      the update that `marks` and `once` belong to
--         stubs   [[seq, json]…]           earlier log entries to rewrite where they stand, unless trimmed meanwhile
--         forget  id | false               a removed update, whose first answer goes too
--         keep    how many changes the log keeps
--         channel, slug   the bell
-- Output {'committed', seq, epoch, nodes that heard the bell} | {'conflict'} | {'imported', id} | {'replay', entry, answer|false}
-- A script has no rollback: every check comes before the first write.

local command = cjson.decode(ARGV[1])

local once = command.once
if once then
  local entry = redis.call('HGET', KEYS[4], once.field)
  if entry then return { 'replay', entry, redis.call('HGET', KEYS[6], once.field) } end
end

if #command.marks > 0 then
  for _, id in ipairs(redis.call('HMGET', KEYS[11], unpack(command.marks))) do
    if id then return { 'imported', id } end
  end
end

local guarded = {}
for at, guard in ipairs(command.guards) do guarded[at] = guard[1] end
local found = redis.call('HMGET', KEYS[3], unpack(guarded))
for at, guard in ipairs(command.guards) do
  if found[at] ~= guard[2] then return { 'conflict' } end
end

if command.indexed and redis.call('HLEN', KEYS[3]) ~= command.indexed then return { 'conflict' } end

local allowed = { HSET = true, HDEL = true, DEL = true, RPUSH = true, ZADD = true, ZREM = true, LTRIM = true }
for _, write in ipairs(command.writes) do
  if not allowed[write[1]] or not KEYS[write[2]] then return redis.error_reply('commit: bad write ' .. tostring(write[1])) end
end

for _, write in ipairs(command.writes) do
  redis.call(write[1], KEYS[write[2]], unpack(write, 3))
end

for _, day in ipairs(command.days) do
  local date = day[1]
  local entry = redis.call('HGET', KEYS[10], date)
  local updates, key, summary = string.match(entry or '0 0 0', '^(%d+) (%d+) (%d)')
  updates, key = updates + day[2], key + day[3]
  if day[4] ~= '' then summary = day[4] end
  if updates == 0 and summary == '0' then
    redis.call('HDEL', KEYS[10], date)
    redis.call('ZREM', KEYS[9], date)
  else
    redis.call('HSET', KEYS[10], date, string.format('%d %d %s %s', updates, key, summary, day[5]))
    if not entry then redis.call('ZADD', KEYS[9], 0, date) end
  end
end

local search = command.search
if search then
  local k = { postings = search.postings }
  for name, number in pairs(search.keys) do k[name] = KEYS[number] end
  if search.forget then forget_update(k, search.forget.id, search.forget.words) end
  if search.update then index_update(k, search.update) end
end

if #command.marks > 0 then
  local marked = {}
  for _, mark in ipairs(command.marks) do
    marked[#marked + 1] = mark
    marked[#marked + 1] = command.id
  end
  redis.call('HSET', KEYS[11], unpack(marked))
end

if once then
  redis.call('HSET', KEYS[4], once.field, string.format('%.0f', once.now) .. ' ' .. once.fingerprint .. ' ' .. once.id)
  redis.call('HSET', KEYS[6], once.field, once.answer)
  redis.call('HSET', KEYS[7], once.id, once.field)
  redis.call('ZADD', KEYS[5], once.now, once.field)
  -- At most two a commit: the set shrinks faster than it grows, and no commit pays for a backlog.
  local kept, old = redis.call('ZCARD', KEYS[5]), {}
  if kept > once.most then
    old = redis.call('ZRANGE', KEYS[5], 0, 1)
  elseif kept > once.least then
    old = redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', once.now - once.ttl, 'LIMIT', 0, 2)
  end
  for _, field in ipairs(old) do
    local entry = redis.call('HGET', KEYS[4], field)
    redis.call('HDEL', KEYS[4], field)
    redis.call('HDEL', KEYS[6], field)
    redis.call('ZREM', KEYS[5], field)
    if entry then redis.call('HDEL', KEYS[7], string.match(entry, '%S+$')) end
  end
end

for _, stub in ipairs(command.stubs) do
  if redis.call('HEXISTS', KEYS[2], stub[1]) == 1 then redis.call('HSET', KEYS[2], stub[1], stub[2]) end
end

local answered = command.forget and redis.call('HGET', KEYS[7], command.forget)
if answered then redis.call('HDEL', KEYS[6], answered) end

local seq, before, epoch = unpack(redis.call('HMGET', KEYS[1], 'seq', 'hash', 'epoch'))
seq = tonumber(seq or '0')
if command.change then
  seq = seq + 1
  local hash = sha256(before .. command.change.line)
  redis.call('HSET', KEYS[1], 'seq', string.format('%d', seq), 'hash', hash)
  redis.call('HSET', KEYS[12], seq, command.change.line .. ' ' .. hash)
  local stamp = string.format('%d,"hash":"%s"', seq, hash)
  redis.call('HSET', KEYS[2], seq, command.change.head .. stamp .. command.change.tail)
  if seq > command.keep then redis.call('HDEL', KEYS[2], seq - command.keep) end
  local id = command.change.id
  if id then
    local trail = redis.call('HGET', KEYS[8], id)
    redis.call('HSET', KEYS[8], id, (trail and trail .. ',' or '') .. string.format('%d', seq))
  end
end

local heard = redis.call('PUBLISH', command.channel, command.slug)
return { 'committed', seq, epoch, heard }
