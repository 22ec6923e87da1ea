"""What really happened in one power-on, by the host's clock, and the captures that are made of it."""

MS = 10 ** 6
S = 10 ** 9
PAGE = 12
FRAMES = {"M1": [0x842000 + 7 * i for i in range(6)], "M3": [0x3b000 + 5 * i for i in range(6)]}
BANKS = [(0x20000000, 0x30000000), (0x30000000, 0x60000000)]  # dom0's, M1
RAM = [(0x0, 0x7fefffff), (0x800000000, 0x87fffffff)]  # the host's, M1
POOL = (0x4bc00000, 0x4c000000)  # bounce pool, M1
E820 = [(0x0, 0x9fbff, "usable"), (0x9fc00, 0xfffff, "reserved"), (0x100000, 0x7ffdffff, "usable"),
        (0x7ffe0000, 0x7fffffff, "reserved"), (0xfffc0000, 0xffffffff, "reserved")]


class Grant:
    """A mapping: from when to when, by which handle.  ended None: it still is."""

    def __init__(self, frame, handle, ref, domain, begun):
        self.frame, self.handle, self.ref, self.domain = frame, handle, ref, domain
        self.begun, self.ended = begun, None


class World:
    def __init__(self, rng, number, apart):
        """apart: the traces are files of their own, else the console shows them."""
        self.rng, self.number, self.apart = rng, number, apart
        r = rng
        self.model = r.choice(["M1", "M1", "M3"])
        self.whole = r.random() < 0.8           # M1: all banks are printed
        self.host = r.random() < 0.9            # the host's kernel has a clock
        self.stamped = r.random() < 0.4         # Xen's lines have one, too
        self.xen_ahead = r.randrange(3 * S, 20 * S)
        self.lag = r.randrange(900 * MS)        # the console's, behind the stamp
        self.form = r.choice(["ftrace", "ftrace", "gnt", "gnt", "none"])
        self.anchors = self.form == "gnt" and self.host and r.random() < 0.7
        self.trace_ahead = r.randrange(-40 * MS, 40 * MS)
        self.drift = 0.0
        if self.form == "gnt":
            self.trace_ahead = r.randrange(-9 * S, 900 * S)
            self.drift = r.uniform(-0.0004, 0.0004)
        self.traces = r.choice([1, 1, 1, 2, 2])
        # The host's log once more, in a file of its own, before or behind the console.
        self.again = r.choice([None, None, "before", "behind"]) if apart and self.host else None
        self.split = r.choice(["time", "processor"])
        self.twice = r.random() < 0.3           # a page may be mapped twice at once
        self.begin, self.end = 20 * S, 80 * S
        self.trace_begin = self.begin + r.choice([0, r.randrange(0, 30 * S)])
        self.trace_end = self.end - r.choice([0, 0, r.randrange(0, 30 * S)])
        # Shown by cat: records up to then, the second time what came since the first.
        self.cats = sorted(r.randrange(self.begin, self.end) for _ in range(self.traces))
        if r.random() < 0.7:
            self.cats[-1] = self.end
        self.grants, self.events = [], []
        self.live()
        self.lines()

    # ---- what is mapped when ------------------------------------------------

    def live(self):
        r, now, mapped = self.rng, self.begin, {}
        frames = FRAMES[self.model]
        busy = r.choice([0.3, 1, 3])
        while True:
            now += int(r.expovariate(busy) * S) + r.choice([5000, 2 * MS, 10 * MS])
            if now >= self.end:
                break
            n = r.choice([1, 1, 1, 1, 2, 3])
            if mapped and r.random() < 0.48:
                gone = r.sample(sorted(mapped), min(n, len(mapped)))
                for handle in gone:
                    mapped[handle].ended = now
                self.events.append((now, "unmap", [mapped.pop(h) for h in gone]))
                continue
            made = []
            for _ in range(n):
                free = [h for h in range(8) if h not in mapped]
                taken = {g.frame for g in mapped.values()}
                pages = [f for f in frames if self.twice or f not in taken]
                if not free or not pages:
                    break
                grant = Grant(r.choice(pages), r.choice(free), r.randrange(512), r.choice([1, 1, 2]), now)
                mapped[grant.handle] = grant
                self.grants.append(grant)
                made.append(grant)
            if made:
                self.events.append((now, "map", made))

    # ---- what is printed ----------------------------------------------------

    def lines(self):
        """The console, and the records of the traces, each in the order of its wire."""
        r = self.rng
        self.records, self.marks, wire = [], [], []     # wire: (when printed, when stamped, kind, what)
        tick = self.begin - 5 * S
        while self.host and tick < self.end + 5 * S:
            kind = "drop" if r.random() < 0.01 else r.choice(["tick", "link"])
            wire.append((tick + self.lag, tick, kind, None))
            tick += r.randrange(100 * MS, 4 * S)
        for _ in range(r.randrange(1, 8)):
            at = r.randrange(self.begin - (8 * S if r.random() < 0.1 else 0), self.end)
            frame = r.choice(FRAMES[self.model] + [0x25000, 0x4bd00, 0x900000, 0x9f, 0x7ffe1, 0x55])
            if self.grants and r.random() < 0.85:
                frame = r.choice(self.grants).frame
            wire.append((at, at, "fault", frame))
        for _ in range(r.choice([0, 0, 1, 2])):
            at = r.randrange(self.begin, self.end)
            now = [g for g in self.grants if g.begun <= at and (g.ended is None or g.ended > at)]
            wire.append((at, at, "dump", now))
        if r.random() < 0.2:
            at = r.randrange(self.begin, self.end)
            wire.append((at, at, "end", r.choice([1, 2])))
        if self.form != "none":
            self.trace(wire)
        wire.sort(key=lambda w: (w[0], w[1]))
        self.wire = wire

    def trace(self, wire):
        r = self.rng
        hole = (0, 0)
        if self.apart and self.traces == 2 and self.split == "time" and r.random() < 0.5:
            at = r.randrange(self.begin, self.end)
            hole = (at, at + r.randrange(1, 15 * S))
        middle = hole[0] or r.randrange(self.begin, self.end)
        lost = (0, 0)
        if r.random() < 0.25:
            at = r.randrange(self.begin, self.end)
            lost = (at, at + r.randrange(1, 10 * S))
        last = self.trace_end if self.apart else self.cats[-1]
        stamp = 0
        for at, op, grants in self.events:
            if not self.trace_begin <= at <= last or hole[0] <= at < hole[1]:
                continue
            if not self.apart:
                part = int(self.traces == 2 and at > self.cats[0])
            elif self.split == "time":
                part = int(self.traces == 2 and at >= middle)
            else:
                part = r.randrange(self.traces)
            stamp = max(stamp + 1001, self.on_trace(at) + r.randrange(-300000, 300000))
            self.records.append({
                "at": at, "op": op, "grants": grants, "part": part, "stamp": stamp,
                "shown": grants[:1] if self.form == "ftrace" else grants,
                "lost": lost[0] <= at < lost[1],
            })
        if self.anchors:
            for i, at in enumerate([self.trace_begin, last][:r.choice([1, 2])]):
                wire.append((at + self.lag, at, "anchor", i))
                self.marks.append((at, i, r.randrange(1000, 300000)))
        if not self.apart:
            wire += [(at, at, "cat", part) for part, at in enumerate(self.cats)]

    def on_trace(self, at):
        return int(at + self.trace_ahead + (at - self.begin) * self.drift)
