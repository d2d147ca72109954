-- add-image: an uploaded image from which on updates may show it.
--
-- KEYS  1 images (hash)  2 index (hash)  3 loose images (sorted set)   ARGV  1 id  2 StoredImage, JSON  3 now, ms
-- Output 1
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], 'image:' .. ARGV[1], 'kept')
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
return 1
