import LeakModel

/// The words in which people tell of each cause, in English and Chinese, before they know it.
///
/// A playbook speaks of what to do; this is the vocabulary of tickets: what is near the code at
/// fault, what the graphs show, what was tried. General words of the trade, none of a certain case;
/// whoever meets a way of telling that is missing adds it here.
enum TroubleWords {
  static let byCause: [Cause: String] = [
    .httpBodyUnclosed: """
    http response body close closed unclosed defer resp read drain client request upstream \
    api call status error retry connection connections sockets established close_wait \
    keepalive readLoop writeLoop persistConn transport goroutines file descriptors 响应 未关闭 \
    连接数 连接 上游 接口 请求 句柄
    """,
    .clientPerRequest: """
    new client transport per request created every call connection pool idle connections \
    keepalive session sdk driver grpc dial redis etcd aws kafka producer close never reused \
    tls handshake readLoop writeLoop time_wait ports reconnect 每次 新建 客户端 连接池 复用 空闲连接 端口
    """,
    .rowsUnclosed: """
    sql rows close query database db mysql postgres sqlite mssql pool connections exhausted \
    maxopen too many clients connectionOpener awaitDone result set cursor transaction tx \
    statement scan next dba idle in 数据库 查询 结果集 连接池 游标 事务 语句
    """,
    .channelSendBlocked: """
    channel send chan blocked sender nobody receives receiver gone returned early timeout \
    unbuffered result errors goroutine stuck producer publish subscriber slow consumer \
    disconnected websocket hub event watcher left loop minutes 通道 发送 阻塞 接收方 消费者 订阅 协程
    """,
    .channelRecvBlocked: """
    channel receive chan recv waiting forever never closed worker range done quit stop \
    signal listener watcher watch goroutine per failed attempt started not stopped \
    background loop subscription unsubscribe idle workers notify parked 通道 接收 等待 从未关闭 退出 监听 \
    后台 协程
    """,
    .contextIgnored: """
    context ctx cancel cancelled ignored client disconnect disconnected gives up gave \
    timeout deadline keeps running work continues after request ended abandoned background \
    stop stream query requests orphan handler still cpu 取消 超时 断开 客户端 继续 运行 上下文 放弃 请求
    """,
    .lockBlocked: """
    lock mutex rwmutex deadlock deadlocked semacquire Lock RLock Unlock held holding waiting \
    hang hangs stuck unresponsive stops responding freeze frozen handlers pile wait \
    condition waitgroup inversion panic some requests time out low cpu never finish minutes \
    锁 死锁 卡住 卡死 等锁 无响应 互斥 部分请求 超时
    """,
    .ioBlocked: """
    read write io wait blocked socket tcp conn no deadline timeout peer dead half open \
    firewall nat network partition clients never disconnect keepalive websocket stream copy \
    pipe session tls handshake not answering hung syscall connections grow 读 写 超时 对端 断开 防火墙 \
    长连接 套接字 网络 连接 心跳 推送
    """,
    .timerLeak: """
    timer timers ticker tick time.After After NewTicker NewTimer AfterFunc Stop stopped loop \
    select time package per request interval heartbeat schedule expire expiry timeout each \
    cpu go 1.22 garbage collected until fires 定时器 计时器 定时 超时 心跳 到期 周期 循环
    """,
    .unboundedConcurrency: """
    burst spike fanout fan-out goroutine per request message thousands tens of goroutines \
    limit semaphore worker pool backlog queue recovered peak concurrent parallel threads \
    overload simultaneous recovers afterwards outage consumer storm 并发 突增 高峰 积压 批量 瞬间 恢复 无限 \
    线程
    """,
    .unboundedCache: """
    cache cached caching memoize in memory ttl eviction evict expire lru never evicted \
    entries keys key map by lookup session store hit rate linear growth results token 缓存 淘汰 \
    过期 命中 键 内存缓存 失效
    """,
    .unboundedCollection: """
    map slice append appended grows forever never removed deleted delete entries registry \
    history log queue set index dedup seen ids pending tracking global linear with traffic \
    objects container retained since lists 列表 集合 不断 追加 从不 删除 登记 历史 去重 全局 直线 流量 正比
    """,
    .slicePinning: """
    substring slice slices sub-slice string strings small part of large buffer keeps whole \
    body retained parsing parser parsed clone copy pin pinned backing array underlying few \
    bytes expected much smaller than heap 子串 切片 底层数组 引用 只保存 解析 字符串 字节
    """,
    .mapNoShrink: """
    map maps delete deleted deleting emptied clear cleared buckets not shrink shrinks \
    shrinking memory stays peak after removal entries gone count back to normal forced gc \
    did help size reset recreate 删除 清空 不降 高位 回落 桶 收缩 峰值 数量 恢复
    """,
    .poolMisuse: """
    sync.Pool pool buffer buffers put get grown large kept oversized returned reuse reset \
    not spike after traffic normal idle bytes.Buffer stays stale 对象池 缓冲 缓冲区 复用 归还 放回 重置 残留
    """,
    .finalizerBlocked: """
    finalizer finalizers SetFinalizer AddCleanup cleanup runtime objects never collected \
    unreachable dropped no references cycle cyclic close native handle wrapper binding \
    driver reclaimed gc does not free 终结器 析构 回收 没有引用 句柄 封装 驱动 对象 丢弃
    """,
    .contextCancelLeak: """
    context WithCancel WithTimeout cancel func not called propagateCancel children parent \
    background watch stream streams grpc goroutine pairs every loop iteration dropped \
    without rpc library each watcher 取消函数 上下文 未调用 监听 流 父 每次 循环
    """,
    .labelCardinality: """
    metric metrics label labels cardinality series time prometheus opentelemetry otel \
    attribute attributes histogram counter vec per user path url id address scrape slow \
    exporter export dashboard unique distinct values peer port ip size 指标 标签 基数 时间序列 监控 抓取 \
    用户 路径
    """,
    .deferAccumulation: """
    defer deferred in loop long running function never returns file handles open until end \
    close unlock worker too many files descriptors accumulating stack of defers 延迟 循环 句柄 打开 \
    文件 函数 不返回
    """,
    .heapFragmentation: """
    fragmentation fragmented HeapInuse HeapAlloc difference gap spans size class holes live \
    data smaller than in use waste forced gc no change long-lived objects 碎片 内存碎片 空洞 占用 存活
    """,
    .growthChurn: """
    append grow growing buffer regrow growslice copy copies preallocate capacity \
    bytes.Buffer string concatenation builder allocations per op gc cpu collections second \
    sawtooth encode latency throughput 扩容 拼接 预分配 拷贝 锯齿 延迟 耗时
    """,
    .largeObjectChurn: """
    large allocation allocations readall ReadAll whole body request 32KB slice decode \
    decompress compress buffer each operation gc runs back to allocated space total cpu \
    temporary gzip writer 大对象 分配 频繁 解码 压缩 整个 读取 图片 回收
    """,
    .boxingChurn: """
    interface boxing box convert reflect reflection fmt Sprintf any empty allocations small \
    objects tiny millions per second allocation rate cpu encode serialization json convT 装箱 \
    接口 反射 小对象 分配率 次数 序列化
    """,
    .cgoLeak: """
    cgo c library native malloc free C.CString CString rss grows go heap flat constant \
    runtime memstats stable resident outside of binding sqlite rocksdb librdkafka image \
    libvips dll process system says 本地 原生 堆外 库 内存 常驻 驻留 进程
    """,
    .mallocFragmentation: """
    malloc arenas glibc arena MALLOC_ARENA_MAX jemalloc tcmalloc fragmentation c heap freed \
    not returned threads rss after peak native trim malloc_trim 分配器 碎片 堆外 归还
    """,
    .mmapLeak: """
    mmap munmap map mapped file files unmapped unmap virtual vsz rssfile RssFile close does \
    not release off-heap offheap of 映射 文件映射 虚拟内存 解除 堆外
    """,
    .stackGrowth: """
    stack overflow goroutine exceeds limit recursion recursive deep nested nesting depth \
    infinite calls itself in use StackInuse 1000000000-byte cycle dies fatal error 栈 递归 嵌套 层 \
    溢出
    """,
    .threadExplosion: """
    threads thread count os pthread_create resource temporarily unavailable 10000-thread \
    limit blocked syscalls cgo calls dns lookup disk slow newosproc failed to create new 线程 \
    线程数 系统调用 磁盘
    """,
    .gogcTooHigh: """
    GOGC gogc off high percent limit oom killed heap profile small in use no slope sawtooth \
    peaks container GOMEMLIMIT memory not set garbage overshoots burst live half tuned gc \
    cpu reduce allocates quickly fast 调优 存活 容器限制 被杀 峰值 没有 趋势 回收 频率 参数
    """,
    .gogcTooLow: """
    GOGC low GOMEMLIMIT soft limit too tight gc thrashing back to collections cpu 100 \
    percent latency throughput down collector heap flat memory of override \
    debug.SetMemoryLimit SetGCPercent stable 频繁 软限制 过低 吞吐 下降 堆 平稳 变慢
    """,
    .memoryNotReturned: """
    rss stays high after peak job batch run heap in use low HeapIdle HeapReleased idle not \
    returned to os MADV_FREE FreeOSMemory scavenger kernel resident does go down HeapSys ps \
    top difference reserved obtained from system fragmentation afterwards night 回落 归还 操作系统 \
    批次 结束 高位 不下降 任务 空闲
    """,
    .hugePages: """
    transparent huge pages thp hugepage AnonHugePages khugepaged rss higher than runtime \
    max_ptes_none go 1.21 kernel upgrade enabled always madvise 大页 透明大页 内核
    """,
    .pageCache: """
    page cache container usage working set inactive_file active_file file \
    container_memory_usage_bytes cgroup memory.stat limit dashboard process rss small never \
    killed reads writes files disk log alert steady counter accounting 页缓存 文件缓存 容器 用量 进程 很小 \
    读写 日志 文件 告警
    """,
    .kernelMemory: """
    kernel memory slab dentry inode kmem sockets socket buffers page tables cgroup tcp_mem \
    memory.kmem charged not in process many connections files 内核 内存 套接字 缓冲 页表
    """,
    .undersizedLimit: """
    limit too small low request oom killed immediately at start after startup restart loop \
    steady footprint fixed size raised increase memory cluster smaller build dataset needs \
    more than manifest default deployed new loads 限制 过小 启动 循环重启 固定 默认 调大 需要 加载 新
    """,
    .concurrentMapAccess: """
    concurrent map read write writes iteration fatal error crash crashes exit code 2 race \
    data mutex unsynchronized handlers at the same time restart random panic recovery \
    goroutine trace throw dies aborts abort 并发 读写 崩溃 退出码 致命 竞争 堆栈 重启
    """,
    .unsafePointer: """
    unsafe pointer uintptr bad found in go heap unexpected fault address segfault sigsegv \
    sigbus crash random places garbage collector gc corrupted corruption checkptr span \
    unused region reflect SliceHeader StringHeader cgo marked free object dies corrupt 指针 崩溃 \
    随机 段错误 损坏
    """,
    .healthy: """
    is this a leak question normal expected false alarm alert fires warm up warmup plateau \
    level steady stable flat constant start sawtooth follows traffic load goes down again \
    peak cache fills alloc_space cumulative confirm should we worry nothing wrong unchanged \
    baseline same since why 是不是 泄漏 担心 正常 告警 平稳 没变 回落 锯齿 看看 怀疑 稳定 确认
    """,
  ]
}
