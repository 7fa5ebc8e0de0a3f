"""The words that generated incidents are told in: those of the playbooks, in both languages.

People tell memory trouble in few words again and again, so each incident draws from what is said of
its cause, from what is said of any, and from the words that stand in most tickets; every eighth word
is one of an open vocabulary (pods, hosts, tickets), most of which stand in one incident only.
"""
import collections
import pathlib
import re

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKET = {
    "en": "memory leak goroutine heap service grows restart pod limit deploy traffic connection "
          "request profile gc latency node killed container production",
    "zh": "内存泄漏 协程泄漏 内存上涨 容器重启 连接未关闭 缓存 超过限制 流量高峰 堆内存 垃圾回收 服务重启 线上 "
          "告警 请求超时 协程数量",
}
# Of each word: from the tickets' own, from its cause's playbook, and the rest from all playbooks.
SHARES = {"ticket": 0.12, "cause": 0.35}
SERVICES = [f"{one}-{two}" for one in (
    "orders cart checkout billing ledger search catalog stock relay ingest export report profile "
    "login session notify mail media thumbnail crawler index price quote route fleet driver rider "
    "payment refund risk fraud audit quota tenant gateway edge proxy stream feed timeline"
).split() for two in "api worker sync cron bridge cache store".split()]
# What waits in whose code: library functions on the stacks, leaf first, by what they wait for.
STACKS = [
    ("goroutine", "select", "net/http.(*persistConn).readLoop net/http.(*Transport).dialConn"),
    ("goroutine", "io_wait", "internal/poll.(*FD).Read net.(*conn).Read bufio.(*Reader).Peek "
     "net/http.(*conn).serve"),
    ("goroutine", "chan_send", "runtime.chansend1 context.WithCancel"),
    ("goroutine", "chan_receive", "runtime.chanrecv1 time.Tick"),
    ("goroutine", "lock", "sync.runtime_SemacquireMutex sync.(*Mutex).Lock"),
    ("goroutine", "select", "database/sql.(*DB).connectionOpener database/sql.OpenDB"),
    ("goroutine", "select", "google.golang.org/grpc.newClientStream.func4 "
     "google.golang.org/grpc/internal/transport.(*http2Client).keepalive"),
    ("heap", "", "bytes.growSlice bytes.(*Buffer).ReadFrom io.ReadAll"),
    ("heap", "", "encoding/json.(*decodeState).objectInterface encoding/json.Unmarshal"),
    ("heap", "", "github.com/prometheus/client_golang/prometheus.(*MetricVec).hashLabels"),
    ("crash", "concurrent-map", "runtime.fatal internal/runtime/maps.fatal"),
    ("heap", "", "reflect.mapassign reflect.Value.SetMapIndex gopkg.in/yaml%2ev3.(*decoder).mapping"),
]


def cut(text):
    """The words of a text and the parts of those that are identifiers, as TextSegmenter does."""
    words, parts = [], []
    for run in re.findall(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]+", text):
        if run[0] > "\u3000":
            words += [run[at:at + 2] for at in range(len(run) - 1)] or [run]
            parts += [run[-1]] if len(run) > 1 else []
        else:
            words.append(run.lower())
            pieces = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", run)
            if len(pieces) > 1 or "_" in run:
                parts += [piece.lower() for piece in pieces]
    return words, parts


class Playbook:
    """What a playbook says: its words in both languages, and the conditions of its signature."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.cause = path.stem
        twin = (ROOT / "Playbooks/zh" / path.parent.name / path.name).read_text(encoding="utf-8")
        body = re.sub(r"```.*?```|`[^`]*`|https?:\S+", " ", text.split("\n---\n", 1)[1], flags=re.S)
        self.en = collections.Counter(re.findall(r"(?<![A-Za-z])[A-Za-z]?[a-z]+(?![A-Za-z])", body))
        self.zh = collections.Counter(
            run[at:at + 8] for run in re.findall(r"[\u4e00-\u9fff]+", twin.split("\n---\n", 1)[1])
            for at in range(0, len(run), 8))
        front = text.split("\n---\n", 1)[0]
        self.symptoms = re.findall(r"^  - (?:when: )?([a-z_.]+ (?:[<>]=?|==|in) .*)$", front, re.M)


class Lexicon:
    """All that a text is made of: pieces, each with its words; the open vocabulary comes last."""

    def __init__(self):
        self.playbooks = [Playbook(path) for path in sorted(ROOT.glob("Playbooks/*/*.md"))
                          if path.parent.name != "zh"]
        self.causes = [playbook.cause for playbook in self.playbooks]
        self.texts, self.numbers = [], {}
        self.curves = self._curves()
        self.services = [self.piece(service) for service in SERVICES]
        self.cause_pieces = [self.piece(cause) for cause in self.causes]
        self.own = [[self.piece(self._own(service, place)) for place in range(40)]
                    for service in SERVICES]
        self.library = [[self.piece(name) for name in stack[2].split()] for stack in STACKS]
        cuts = [cut(text) for text in self.texts]
        self.words = [" ".join(words) for words, _ in cuts]
        self.parts = [" ".join(parts) for _, parts in cuts]
        every = [words + parts for words, parts in cuts]
        self.all_words = sorted({word for words in every for word in words})
        place = {word: number for number, word in enumerate(self.all_words)}
        self.first = numpy.cumsum([0] + [len(words) for words in every])
        self.flat = numpy.array([place[word] for words in every for word in words], dtype=numpy.int64)

    def piece(self, text):
        """The number of a piece of text."""
        if text not in self.numbers:
            self.numbers[text] = len(self.texts)
            self.texts.append(text)
        return self.numbers[text]

    def _own(self, service, place):
        kinds = "Cache Queue Pool Session Cursor Watcher Batch Client Hub Loader".split()
        verbs = "run fetch push load handle drain refresh watch".split()
        kind, verb = kinds[place % 10], verbs[(place * 7 + len(service)) % 8]
        package = service.split("-")[place % 2]
        return f"example.com/{service}/internal/{package}.(*{package}{kind}).{verb}{kinds[place // 4]}"

    def _curves(self):
        """For each language and cause: pieces, and the running sum of their probabilities."""
        curves = {}
        for language in ("en", "zh"):
            everything = collections.Counter()
            for playbook in self.playbooks:
                everything.update(getattr(playbook, language))
            ticket = collections.Counter({
                word: 1 / (rank + 3) for rank, word in enumerate(TICKET[language].split())})
            for number, playbook in enumerate(self.playbooks):
                mixed = collections.Counter()
                for source, share in ((ticket, SHARES["ticket"]),
                                      (getattr(playbook, language), SHARES["cause"]),
                                      (everything, 1 - sum(SHARES.values()))):
                    total = sum(source.values())
                    for word, count in source.items():
                        mixed[word] += share * count / total
                pieces = numpy.array([self.piece(word) for word in mixed])
                curves[language, number] = pieces, numpy.cumsum(list(mixed.values()))
        return curves


def open_word(number):
    """A word of the open vocabulary."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return "k9" + text
