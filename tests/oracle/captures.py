"""Worlds to captures, and beside them what a reader who sees only the captures can know."""

from world import BANKS, E820, MS, POOL, RAM, S

EVER, NEVER = -(1 << 63), (1 << 63) - 1
LAG = S


class Capture:
    def __init__(self, name):
        self.name, self.lines = name, []

    def add(self, text):
        self.lines.append(text)
        return len(self.lines)


class Evidence:
    """All that the captures of one power-on show: places, stamps, and no truth beside "true"."""

    def __init__(self, world):
        self.world = world
        self.faults, self.rows, self.dumps, self.ends, self.drops = [], [], [], [], []
        self.ops, self.lost, self.first, self.last = [], [], 0, 0


def host(at, text):
    return "[%5d.%06d] %s" % (at // S, at % S // 1000, text)


def micro(at):
    """The span of a stamp in microseconds."""
    return at // 1000 * 1000, at // 1000 * 1000 + 1000


class Writer:
    def __init__(self, world, console):
        self.w, self.console = world, console
        self.e = Evidence(world)
        self.undated = []               # waits for the next stamp on the console
        self.before = None

    def xen(self, at, text):
        """A line of Xen's: its place, and its span on the clock it has."""
        w = self.w
        if w.stamped and at is not None:
            own = at + w.xen_ahead
            place = self.console.add("(XEN) [%5d.%06d] %s" % (own // S, own % S // 1000, text))
            lo, hi = micro(own)
            return {"line": place, "clock": "xen-boot", "lo": lo, "hi": hi, "true": at}
        place = self.console.add("(XEN) " + text)
        item = {"line": place, "clock": "host", "lo": self.before, "hi": None, "true": at}
        if not w.stamped:
            self.undated.append(item)
        return item

    def dom0(self, at, text):
        place = self.console.add(host(at, text))
        lo, hi = micro(at)
        for item in self.undated:
            item["hi"] = hi + LAG
        self.undated, self.before = [], lo
        return place

    def head(self):
        w, add = self.w, self.console.add
        if w.model == "M1":
            for first, last in RAM:
                add("(XEN) RAM: %016x - %016x" % (first, last))
            add("(XEN) Xen version 4.14.1 (a@b) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021")
            add('(XEN) Processor: 410fd034: "ARM Limited", variant: 0x0, part 0xd03, rev 0x4')
            add("(XEN) Allocating 1:1 mappings totalling 1024MB for dom0:")
            for i, (first, last) in enumerate(BANKS if w.whole else BANKS[:1]):
                add("(XEN) BANK[%d] 0x%014x-0x%014x (%dMB)" % (i, first, last, (last - first) >> 20))
        else:
            add("(XEN) Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021")
            add("(XEN) Xen-e820 RAM map:")
            for first, last, usage in E820:
                add("(XEN)  [%016x, %016x] (%s)" % (first, last, usage))
            add("(XEN) CPU Vendor: Intel, Family 6 (0x6), Model 44 (0x2c), Stepping 1 (raw 000206c1)")
            add("(XEN) *** Building a PV Dom0 ***")
        if w.host:
            self.dom0(0, "Linux version 5.4.0 (a@b) (gcc version 9.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020")
            if w.model == "M1":
                self.dom0(74000000, "software IO TLB: mapped [mem 0x%x-0x%x] (4MB)" % POOL)

    def fault(self, at, frame):
        iova = frame << 12 | 0x148
        if self.w.model == "M1":
            text = ("smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x%x, "
                    "fsynr=0xb0001, cb=0" % iova)
        else:
            text = "[VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr %x" % iova
        item = self.xen(at, text)
        item.update(page=frame, iova=iova)
        self.e.faults.append(item)

    def dump(self, at, grants):
        shown = {(g.domain, g.ref): g for g in grants}
        first = self.xen(at, "gnttab_usage_print_all [ key 'g' pressed")["line"]
        frames = set()
        for domain in (1, 2):
            self.xen(at, "      -------- active --------       -------- shared --------")
            self.xen(at, "[ref] localdom mfn      pin          localdom gmfn     flags")
            self.xen(at, "grant-table for remote d%d (v1)" % domain)
            for (owner, ref), grant in sorted(shown.items()):
                if owner != domain:
                    continue
                row = self.xen(at, "[0x%03x]      0 0x%x 0x00000001          0 0x%06x 0x19"
                               % (ref, grant.frame, grant.frame))
                row.update(ref=ref, domain=domain, frame=grant.frame)
                frames.add(grant.frame)
                self.e.rows.append(row)
        last = self.xen(at, "gnttab_usage_print_all ] done")["line"]
        self.e.dumps.append((first, last, frames))

    def write(self, traces):
        w, e = self.w, self.e
        e.first = len(self.console.lines) + 1
        self.head()
        for printed, at, kind, what in w.wire:
            if kind == "fault":
                self.fault(printed, what)
            elif kind == "dump":
                self.dump(printed, what)
            elif kind == "end":
                item = self.xen(printed, "Domain %d (vcpu#0) crashed on cpu#1:" % what)
                item["domain"] = what
                e.ends.append(item)
            elif kind == "drop":
                e.drops.append(self.dom0(at, "arm_smmu_context_fault: 3 callbacks suppressed"))
            elif kind == "anchor":
                self.dom0(at, "faultline: anchor %d.%d" % (w.number, what))
            elif kind == "cat":
                self.records(self.console, what)
            elif kind == "link":
                self.dom0(at, "macb ff0e0000.ethernet eth0: link up (1000/Full)")
            else:
                self.dom0(at, "tick")
        for part, trace in enumerate(traces):
            self.records(trace, part)
        e.last = len(self.console.lines)
        return e

    # ---- traces -------------------------------------------------------------

    def records(self, capture, part):
        """What one file, or one cat, has of the traces."""
        w, lost, todo = self.w, 0, []
        for record in w.records:
            if record["part"] == part:
                todo.append((record["stamp"], 1, record))
        for at, i, width in w.marks:
            if part == 0 or w.apart:    # in each file: each has a clock of its own
                todo.append((w.on_trace(at) - width // 2, 0, (i, width)))
        for stamp, is_record, what in sorted(todo, key=lambda t: t[:2]):
            if not is_record:
                capture.add("gnt t=%d res=%d op=mark id=%d.%d" % (stamp, what[1], w.number, what[0]))
                continue
            if what["lost"]:
                lost += 1
                continue
            if lost:
                self.lose(capture, stamp, lost)
                lost = 0
            self.record(capture, what)
        if lost:
            self.lose(capture, w.on_trace(w.end), lost)

    def lose(self, capture, stamp, n):
        if self.w.form == "ftrace":
            line = capture.add("CPU:0 [LOST %d EVENTS]" % n)
        else:
            line = capture.add("gnt t=%d op=lost n=%d" % (stamp, n))
        self.e.lost.append((capture, line))

    def record(self, capture, what):
        w, stamp = self.w, what["stamp"]
        hidden = len(what["grants"]) - len(what["shown"])
        for grant in what["shown"]:
            if w.form == "ftrace":
                line = capture.add(self.ftrace(what, grant))
                (lo, hi), count = micro(stamp), len(what["grants"])
            else:
                line = capture.add(self.gnt(what["op"], stamp, grant))
                lo, hi, count = stamp, stamp + 1, 1
            self.e.ops.append({
                "capture": capture, "line": line, "op": what["op"], "lo": lo, "hi": hi,
                "handle": grant.handle, "frame": grant.frame, "ref": grant.ref,
                "domain": grant.domain, "hidden": hidden, "true": what["at"],
                "clock": "trace" if w.form == "ftrace" else "trace-other",
            })

    @staticmethod
    def ftrace(what, grant):
        at = "%5d.%06d" % (what["stamp"] // S, what["stamp"] % S // 1000)
        n = len(what["grants"])
        if what["op"] == "map":
            return (" ksoftirqd/1-16    [001] d.s2 %s: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=%d "
                    "host_addr=0x3e5c7000 flags=6 ref=%d dom=%d status=0 handle=%d dev_bus_addr=0x%x000"
                    % (at, n, grant.ref, grant.domain, grant.handle, grant.frame))
        return (" vif1.0-q0-deall-583   [000] d..1 %s: unmap: (gnttab_unmap_refs+0x0/0x70) count=%d "
                "host_addr=0x3e5c7000 dev_bus_addr=0x0 handle=%d" % (at, n, grant.handle))

    @staticmethod
    def gnt(op, stamp, grant):
        if op == "map":
            return ("gnt t=%d op=map dom=%d ref=%d fl=0x6 host=0x3e5c7000 hnd=%d bus=0x%x000 st=0"
                    % (stamp, grant.domain, grant.ref, grant.handle, grant.frame))
        return "gnt t=%d op=unmap hnd=%d" % (stamp, grant.handle)
