#!lua flags=no-writes
-- read: several reads at one moment. A script and not a MULTI, because Redis queues nothing while its memory is full, and
-- readers must not suffer from that; a script that says it writes nothing is let through.
--
-- KEYS  what the reads name
-- ARGV  1 JSON [[command, key number, argument…]…]
-- Output the answer of each, in order

local answers = {}
for i, read in ipairs(cjson.decode(ARGV[1])) do
  answers[i] = redis.call(read[1], KEYS[read[2]], unpack(read, 3))
end
return answers
