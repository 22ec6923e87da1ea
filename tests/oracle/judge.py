"""What docs/design.md says of grants and addresses, by looking at every pair; and what cannot be true."""

from captures import EVER, NEVER
from world import BANKS, E820, MS, POOL, RAM

SLACK = MS
NOTHING, LATER_P, ENDED_P, ENDED_C, LIVE_P, LIVE_C = range(6)
STATES = {LATER_P: "later", ENDED_P: "ended", ENDED_C: "ended", LIVE_P: "live", LIVE_C: "live"}
MAPS, UNMAPS = "map", "unmap"


def plus(a, b):
    return a if a in (EVER, NEVER) else a + b


class Known:
    """The evidence of one power-on with all times on its base clock, by the offsets of "offset"."""

    def __init__(self, evidence, offset):
        self.e, self.offset = evidence, offset
        w = evidence.world
        self.console = None
        self.ops = []
        for order, op in enumerate(evidence.ops):
            lo, hi, lane = self.place(op, op["capture"])
            joined = lane is None
            self.ops.append(dict(op, order=order, blo=lo, bhi=hi, joined=joined, lane=lane,
                                 t=lo if joined else op["lo"]))
        self.model, self.whole = w.model, w.whole
        self.pool = w.model == "M1" and w.host
        self.faults = [self.dated(f) for f in evidence.faults]
        self.rows = [self.dated(r) for r in evidence.rows]
        self.intervals = self.all_intervals()
        self.hidden, self.dark = self.all_hidden()
        self.cover = self.all_cover()
        self.dark += self.all_lost() + self.all_holes()

    def place(self, item, capture):
        """Span on the base clock; lane: NULL when it is joined, else the name of its clock."""
        offset = self.offset(capture, item["clock"])
        if offset is None:
            return EVER, NEVER, (capture.name, item["clock"])
        return item["lo"] + offset[0], item["hi"] + offset[1], None

    def dated(self, item):
        offset = self.offset(None, item["clock"])
        lo, hi = EVER, NEVER
        if offset is not None and item["lo"] is not None:
            lo = item["lo"] + offset[0]
        if offset is not None and item["hi"] is not None:
            hi = item["hi"] + offset[1]
        return dict(item, lo=lo, hi=hi)

    # ---- intervals ----------------------------------------------------------

    def all_intervals(self):
        out = []
        for m in self.ops:
            if m["op"] != "map":
                continue
            later = [o for o in self.ops if o["lane"] == m["lane"] and o["handle"] == m["handle"]
                     and self.order(o) > self.order(m)]
            end = min(later, key=self.order) if later else None
            out.append((m, end))
        return out

    def left(self):
        """Unmaps of a handle that was not seen mapped."""
        for u in self.ops:
            before = [o for o in self.ops if o["lane"] == u["lane"] and o["handle"] == u["handle"]
                      and self.order(o) < self.order(u)]
            if u["op"] == "unmap" and (not before or max(before, key=self.order)["op"] == "unmap"):
                yield u

    @staticmethod
    def order(op):
        return op["t"], op["capture"].number, op["line"], op["order"]

    def all_hidden(self):
        hidden, dark = [], []
        for o in self.ops:
            if o["hidden"] and o["joined"]:
                hidden.append((o["op"], o["blo"], o["bhi"], o["hidden"]))
            elif o["hidden"]:
                dark.append((o["op"], None, None, o["hidden"]))
        if any(not o["joined"] for o in self.ops):
            dark.append(("any", None, None, None))      # each of them may have been at any time
        return hidden, dark

    def all_cover(self):
        """From when to when each capture has joined operations: first span, last span, first line."""
        out = []
        for capture in {id(o["capture"]): o["capture"] for o in self.ops}.values():
            ops = [o for o in self.ops if o["capture"] is capture and o["joined"]]
            if ops:
                first, last = min(ops, key=lambda o: o["blo"]), max(ops, key=lambda o: o["blo"])
                out.append((capture, first["blo"], first["bhi"], last["blo"], min(o["line"] for o in ops)))
        return out

    def all_lost(self):
        """Records may be missing at any time up to the next one of that capture."""
        out = []
        for capture, line in self.e.lost:
            behind = [o for o in self.ops if o["capture"] is capture and o["line"] > line]
            upto = None
            if behind and behind[0]["joined"]:
                upto = min(behind, key=lambda o: o["line"])["bhi"]
            out.append(("any", None, upto, None))
        return out

    def all_holes(self):
        out, until = [], None
        for _, lo, hi, last, _ in sorted(self.cover, key=lambda c: c[1]):
            if until is not None and until < lo:
                out.append(("any", until, hi, None))
            until = last if until is None else max(until, last)
        return out

    # ---- what no trace shows ------------------------------------------------

    def may_miss(self, fault, what, after):
        for op, lo, hi, _ in self.hidden:
            if op == what and hi > after and lo <= fault["hi"]:
                return True
        for op, lo, hi, _ in self.dark:
            if op in (what, "any") and (hi is None or hi > after) and (lo is None or lo <= fault["hi"]):
                return True
        return False

    def unshown(self, fault, rank, since):
        if rank == LIVE_C:
            return 0
        what = UNMAPS if rank >= LIVE_P else MAPS
        n = sum(n for op, lo, hi, n in self.hidden if op == what and lo <= fault["hi"]
                and not (since not in (EVER, NEVER) and hi <= since))
        return n + sum(n for op, _, _, n in self.dark if op == what and n)

    def covers(self, fault):
        return any(last >= fault["hi"] or (capture is self.console and line > fault["line"])
                   for capture, _, _, last, line in self.cover)

    # ---- one fault ----------------------------------------------------------

    def span(self, m, end, fault):
        """(rank, since) of one interval."""
        map_lo, map_hi = (m["blo"], m["bhi"]) if m["joined"] else (EVER, NEVER)
        reused = end is not None and end["op"] == "map"
        if end is None:
            end_lo, end_hi = max([c[3] for c in self.cover], default=EVER), NEVER
        elif end["joined"]:
            end_lo, end_hi = end["blo"], end["bhi"]
        else:
            end_lo, end_hi = EVER, NEVER
        if map_lo != EVER and fault["hi"] <= map_lo - SLACK:
            return LATER_P, EVER        # it may have been granted since before the trace, too
        if end is not None and end_hi != NEVER and fault["lo"] >= end_hi + SLACK:
            sure = not reused and self.covers(fault) and not self.may_miss(fault, MAPS, map_lo)
            return (ENDED_C if sure else ENDED_P), end_lo
        if (map_hi != NEVER and fault["lo"] >= map_hi + SLACK and not reused and fault["hi"] != NEVER
                and end_lo != EVER and fault["hi"] <= end_lo - SLACK
                and not self.may_miss(fault, UNMAPS, map_lo)):
            return LIVE_C, map_lo
        return LIVE_P, map_lo

    def spans(self, fault):
        mine = [(m, end) for m, end in self.intervals if m["frame"] == fault["page"]]

        def since(m):
            return m["blo"] if m["joined"] else EVER

        bound = plus(fault["hi"], SLACK)
        begun = sorted((i for i in mine if since(i[0]) <= bound), key=lambda i: (since(i[0]), i[0]["order"]))
        best = (NOTHING, EVER, None, None)
        for n in range(len(begun) - 1, -1, -1):
            m, end = begun[n]
            rank, start = self.span(m, end, fault)
            if rank > best[0]:
                best = (rank, start, m, end)
            ends = [EVER] + [e["bhi"] if e and e["joined"] else NEVER for _, e in begun[:n]]
            if best[0] == LIVE_C or not m["joined"] or max(ends) < plus(fault["lo"], -SLACK):
                break
        rest = [i for i in mine if since(i[0]) > bound]
        if best[0] == NOTHING and rest and bound != NEVER:
            m, end = min(rest, key=lambda i: (since(i[0]), i[0]["order"]))
            rank, start = self.span(m, end, fault)
            best = (rank, start, m, end)
        return best

    def enders(self, row, fault):
        """Ranks of what lies between a row of a dump and a fault behind it."""
        line, last, start = row["line"], fault["line"], row["lo"]
        if any(line < n < last for n in self.e.drops) or any(
                c is self.console and line < n < last for c, n in self.e.lost):
            yield LIVE_P
        if any(x["domain"] == row["domain"] and line < x["line"] < last for x in self.e.ends):
            yield ENDED_P
        if any(a > line and b < last and fault["page"] not in frames for a, b, frames in self.e.dumps):
            yield ENDED_P
        seen = self.covers(fault) and not self.may_miss(fault, MAPS, start)
        for m, end in self.intervals:
            if m["frame"] != fault["page"] or end is None:
                continue
            lo, hi = (end["blo"], end["bhi"]) if end["joined"] else (None, None)
            if (hi is not None and hi < start) or (lo is not None and lo > fault["hi"]):
                continue
            sure = (end["op"] == "unmap" and lo is not None and lo >= start and hi + SLACK <= fault["lo"] and seen)
            yield ENDED_C if sure else ENDED_P
        if self.may_miss(fault, UNMAPS, start):
            yield ENDED_P
        for o in self.left():           # of a grant that was mapped before: of any page
            if o["joined"] and o["blo"] <= fault["hi"] and o["bhi"] >= start:
                yield ENDED_P

    def judge(self, fault):
        best, dump = self.spans(fault), False
        for row in self.rows:
            if row["frame"] != fault["page"]:
                continue
            rank = LIVE_P
            if row["line"] < fault["line"]:
                rank = min([LIVE_C] + list(self.enders(row, fault)))
            if rank > best[0]:
                best, dump = (rank, row["lo"], row, None), True
        rank, since, what, end = best
        answer = {"state": STATES.get(rank), "relation": None, "why": None, "ref": None, "domain": None,
                  "class": self.frame_class(fault["iova"]), "unshown": self.unshown(fault, rank, since) or None,
                  "line": None, "ended by": None}
        if rank != NOTHING:
            answer["relation"] = "certain" if rank in (ENDED_C, LIVE_C) else "possible"
            answer["why"] = "dump" if dump else "trace"
            if not dump:                # of rows that say the same, any may be named
                answer.update(ref=what["ref"], domain=what["domain"], line=what["line"])
                answer["ended by"] = end["line"] if end else None
        return answer

    def frame_class(self, address):
        def inside(ranges):
            return any(first <= address < last for first, last in ranges)

        if self.model == "M3":
            usage = [u for first, last, u in E820 if first <= address <= last]
            return "outside" if not usage else "ram" if "usable" in usage else "reserved"
        if self.pool and inside([POOL]):
            return "bounce"
        if inside(BANKS if self.whole else BANKS[:1]):
            return "own"
        if not self.whole:
            return None
        return "foreign" if inside([(first, last + 1) for first, last in RAM]) else "outside"


def untrue(world, known, fault, answer):
    """A word that says why a certain answer of a trace is not what happened.

    A page may be mapped twice at once; of those that were mapped before the named grant was, and are no part
    of the same trace that a reader could see, nobody can know.
    """
    if answer["relation"] != "certain":
        return None
    if answer["why"] == "dump":         # an end that a trace shows between the two
        now = [g for g in world.grants if g.frame == fault["page"] and g.begun <= fault["true"]]
        if answer["state"] != "live" or any(g.ended is None or g.ended >= fault["true"] for g in now):
            return None
        ends = {g.ended for g in now}
        dumped = max(r["true"] for r in known.rows if r["frame"] == fault["page"] and r["line"] < fault["line"])
        if any(o["op"] == "unmap" and o["true"] in ends and o["true"] > dumped for o in known.ops):
            return "a trace shows its end"
        return None
    named = [o for o in known.ops if o["line"] == answer["line"] and o["op"] == "map" and o["ref"] == answer["ref"]]
    begun = min(o["true"] for o in named)
    live = [g for g in world.grants if g.frame == fault["page"] and begun <= g.begun <= fault["true"]
            and (g.ended is None or g.ended >= fault["true"])]
    if answer["state"] == "live" and not live:
        return "it was not granted then"
    if answer["state"] == "ended" and live:
        return "it was granted then"
    return None
