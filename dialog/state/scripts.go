package state

import "github.com/redis/go-redis/v9"

// enterCmd answers a message seen before, or locks the person, or queues.
// Asking again with the same token is safe: the holder gets the lock again.
//
// KEYS[1] -> hhq:{person}:session
// KEYS[2] -> hhq:{person}:answer:<message>
// KEYS[3] -> hhq:{person}:lock
// KEYS[4] -> hhq:{person}:queue
// KEYS[5] -> hhq:{person}:asked
// ARGV[1] -> digest of the message key
// ARGV[2] -> token of this attempt
// ARGV[3] -> lease of the lock in ms
// ARGV[4] -> patience in ms: a waiter that has not asked for so long is passed over
// ARGV[5] -> queueTTL in ms
//
// Output: {-1, answer} seen before; {0, session or ""} locked; {n, ""} n messages go first.
//
// The time is Redis's own (TIME), so the clocks of replicas need not agree.
var enterCmd = redis.NewScript(`
local answer = redis.call('GET', KEYS[2])
if answer then
  return {-1, answer}
end
local mine = ARGV[1] .. ':' .. ARGV[2]
local holder = redis.call('GET', KEYS[3])
if holder ~= mine and (holder or redis.call('EXISTS', KEYS[4]) == 1) then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if not redis.call('ZSCORE', KEYS[4], ARGV[1]) then
    local ticket = 0
    if not holder or string.sub(holder, 1, #ARGV[1] + 1) ~= ARGV[1] .. ':' then
      ticket = (redis.call('ZRANGE', KEYS[4], -1, -1, 'WITHSCORES')[2] or 0) + 1
    end
    redis.call('ZADD', KEYS[4], ticket, ARGV[1])
  end
  redis.call('HSET', KEYS[5], ARGV[1], now + ARGV[4])
  redis.call('PEXPIRE', KEYS[4], ARGV[5])
  redis.call('PEXPIRE', KEYS[5], ARGV[5])
  local first = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  while first ~= ARGV[1] and tonumber(redis.call('HGET', KEYS[5], first) or '0') < now do
    redis.call('ZREM', KEYS[4], first)
    redis.call('HDEL', KEYS[5], first)
    first = redis.call('ZRANGE', KEYS[4], 0, 0)[1]
  end
  local ahead = redis.call('ZRANK', KEYS[4], ARGV[1])
  if holder then
    ahead = ahead + 1
  end
  if ahead > 0 then
    return {ahead, ''}
  end
  redis.call('ZREM', KEYS[4], ARGV[1])
  redis.call('HDEL', KEYS[5], ARGV[1])
end
redis.call('SET', KEYS[3], mine, 'PX', ARGV[3])
return {0, redis.call('GET', KEYS[1]) or ''}
`)

// extendCmd renews the lease of a turn that takes long.
//
// KEYS[1] -> hhq:{person}:lock
// ARGV[1] -> "<message>:<token>"
// ARGV[2] -> lease of the lock in ms
//
// Output: 1, or 0 when the lock is no longer ours.
var extendCmd = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`)

// leaveCmd keeps session and answer and unlocks, if the lock is still ours. A
// message without an answer keeps its place for whoever waits with it elsewhere.
//
// KEYS[1..5] as in enterCmd
// ARGV[1] -> digest of the message key
// ARGV[2] -> token
// ARGV[3] -> session; "" removes it: the next turn reads the durable one
// ARGV[4] -> answer; "" remembers none
// ARGV[5] -> sessionTTL in ms
// ARGV[6] -> answerTTL in ms
//
// Output: 1, or 0 when the lock is no longer ours and nothing was kept.
var leaveCmd = redis.NewScript(`
if redis.call('GET', KEYS[3]) ~= ARGV[1] .. ':' .. ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[5])
end
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[6])
  if redis.call('ZREM', KEYS[4], ARGV[1]) == 1 then
    redis.call('HDEL', KEYS[5], ARGV[1])
  end
end
redis.call('DEL', KEYS[3])
return 1
`)
