-- One sample of one process; null where the source did not tell.
CREATE TABLE snapshot (
  service TEXT NOT NULL REFERENCES service (name) ON DELETE CASCADE,
  instance TEXT NOT NULL,                -- pod, host or address
  at INTEGER NOT NULL CHECK (at >= 0),   -- milliseconds since 1970 UTC

  -- Go's runtime.MemStats, and runtime.NumGoroutine.
  alloc INTEGER,                         -- bytes
  totalAlloc INTEGER,                    -- bytes, since the start
  sys INTEGER,                           -- bytes
  lookups INTEGER,                       -- count, since the start
  mallocs INTEGER,                       -- objects, since the start
  frees INTEGER,                         -- objects, since the start
  heapAlloc INTEGER,                     -- bytes
  heapSys INTEGER,                       -- bytes
  heapIdle INTEGER,                      -- bytes
  heapInuse INTEGER,                     -- bytes
  heapReleased INTEGER,                  -- bytes
  heapObjects INTEGER,                   -- objects
  stackInuse INTEGER,                    -- bytes
  stackSys INTEGER,                      -- bytes
  mSpanInuse INTEGER,                    -- bytes
  mSpanSys INTEGER,                      -- bytes
  mCacheInuse INTEGER,                   -- bytes
  mCacheSys INTEGER,                     -- bytes
  buckHashSys INTEGER,                   -- bytes
  gcSys INTEGER,                         -- bytes
  otherSys INTEGER,                      -- bytes
  nextGC INTEGER,                        -- bytes, the heap size to collect at
  lastGC INTEGER,                        -- nanoseconds since 1970
  pauseTotalNs INTEGER,                  -- nanoseconds, since the start
  numGC INTEGER,                         -- collections, since the start
  numForcedGC INTEGER,                   -- collections, since the start
  gcCPUFraction REAL,                    -- 0 to 1
  numGoroutine INTEGER,                  -- goroutines

  -- /proc/PID/status and /proc/PID/fd.
  vmSize INTEGER,                        -- bytes
  vmHWM INTEGER,                         -- bytes
  vmRSS INTEGER,                         -- bytes
  rssAnon INTEGER,                       -- bytes
  rssFile INTEGER,                       -- bytes
  rssShmem INTEGER,                      -- bytes
  vmData INTEGER,                        -- bytes
  vmSwap INTEGER,                        -- bytes
  hugetlbPages INTEGER,                  -- bytes
  threads INTEGER,                       -- threads
  fds INTEGER,                           -- open file descriptors

  -- The container's cgroup.
  cgroupUsage INTEGER,                   -- bytes
  cgroupLimit INTEGER,                   -- bytes
  cgroupFailcnt INTEGER,                 -- times the limit was hit
  cgroupWorkingSet INTEGER,              -- bytes without inactive page cache
  cgroupRSS INTEGER,                     -- bytes of anonymous memory
  cgroupCache INTEGER,                   -- bytes of page cache

  PRIMARY KEY (service, instance, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX snapshotByServiceAndTime ON snapshot (service, at);
