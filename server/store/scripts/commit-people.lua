-- commit-people: the one way accounts, sessions, invitations and rules are written. Each change says what stood in its field,
-- and all are written together with what the audit log says of them, or, where one stands otherwise, none.
--
-- KEYS  1 audit (list)  2 accounts (hash)  3… the hashes that `changes` name
-- ARGV  1 JSON {changes: [[key number, field, before|false, after|false]…], audit: [json…], keep, isFirst}
--         keep     how many entries the audit log keeps
--         isFirst  only where there is no account yet
-- Output 1, or 0 where something has moved on
-- A script has no rollback: every check comes before the first write.
local command = cjson.decode(ARGV[1])
if command.isFirst and redis.call('HLEN', KEYS[2]) > 0 then return 0 end
for _, change in ipairs(command.changes) do
  if redis.call('HGET', KEYS[change[1]], change[2]) ~= change[3] then return 0 end
end

for _, change in ipairs(command.changes) do
  if change[4] then redis.call('HSET', KEYS[change[1]], change[2], change[4])
  else redis.call('HDEL', KEYS[change[1]], change[2]) end
end
for _, entry in ipairs(command.audit) do redis.call('RPUSH', KEYS[1], entry) end
if #command.audit > 0 then redis.call('LTRIM', KEYS[1], -command.keep, -1) end
return 1
