#!/usr/bin/env python3
"""Random histories of grants, faults and clocks: faultline's joins beside those of judge.py.

histories.py PROGRAM FOLDER [HISTORIES [SEED]]
One line a disagreement on standard output, then a summary; exit status 1 when there was one.
Each history can be had again: its number and the seed make it.
"""

import os
import random
import sqlite3
import subprocess
import sys

from captures import Capture, Writer
from judge import Known, untrue
from world import MS, World

SHOW = 12


class Database:
    def __init__(self, path):
        self.db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        self.db.text_factory = str
        self.names = dict(self.db.execute("SELECT name, id FROM capture"))
        self.segments = self.db.execute(
            "SELECT id, capture, first_line, boot FROM segment ORDER BY capture, first_line").fetchall()
        self.clocks = {}
        for segment, kind, lo, hi in self.db.execute("SELECT segment, kind, offset_lo, offset_hi FROM clock"):
            self.clocks[segment, kind] = None if lo is None else (lo, hi)
        self.joins = {}
        for row in self.db.execute(
                "SELECT f.capture, f.line, j.grant_state, j.relation, j.grant_why, j.grant_ref, j.grant_domain, "
                "j.frame_class, j.unshown, j.line, j.end_line FROM iommu_fault AS f "
                "LEFT JOIN fault_join AS j ON j.fault = f.id"):
            self.joins[row[0], row[1]] = dict(zip(("state", "relation", "why", "ref", "domain", "class", "unshown",
                                                   "line", "ended by"), row[2:]))

    def segment(self, capture, line):
        best = None
        for id_, of, first, _ in self.segments:
            if of == capture and first <= line:
                best = id_
        return best


class Tester:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.histories = self.faults = self.wrong = 0
        self.said, self.kinds = {}, {}

    def say(self, world, fault, text):
        self.wrong += 1
        self.kinds[text.split(" ")[0]] = self.kinds.get(text.split(" ")[0], 0) + 1
        if self.wrong <= SHOW:
            print("history %d%s line %d: %s" % (world.number, " (files)" if world.apart else "", fault["line"], text))

    def ingest(self, name, captures):
        paths = []
        for number, capture in enumerate(captures, 1):
            capture.number = number
            paths.append(os.path.join(self.folder, capture.name))
            with open(paths[-1], "w") as f:
                f.write("\n".join(capture.lines) + "\n")
        path = os.path.join(self.folder, name)
        if os.path.exists(path):
            os.remove(path)
        subprocess.run([self.program, "ingest", "-q", "-d", path] + paths, check=True)
        db = Database(path)
        for capture in captures:
            capture.id = db.names.get(os.path.join(self.folder, capture.name))
        return db

    def check_clock(self, world, known, db):
        """What is joined holds what is true, by the base clock: the host's, else Xen's, else the trace's."""
        base = 0 if world.host else world.xen_ahead if world.stamped else world.trace_ahead
        for o in known.ops:
            if o["joined"] and not o["blo"] - MS <= o["true"] + base <= o["bhi"] + MS:
                self.say(world, o, "the clock of the trace is joined wrongly: %d..%d, truly %d" % (
                    o["blo"], o["bhi"], o["true"]))
        for f in known.faults:
            if not f["lo"] <= f["true"] + base <= f["hi"]:
                self.say(world, f, "a fault is dated wrongly: %d..%d, truly %d" % (f["lo"], f["hi"], f["true"]))

    def compare(self, evidence, console, db):
        world = evidence.world
        here = db.segment(console.id, evidence.first)

        def offset(capture, kind):
            if capture is None or capture is console:
                return db.clocks.get((here, kind))
            return db.clocks.get((db.segment(capture.id, 1), kind))

        known = Known(evidence, offset)
        known.console = console
        self.histories += 1
        self.check_clock(world, known, db)
        for fault in known.faults:
            self.faults += 1
            got = db.joins.get((console.id, fault["line"]))
            if got is None:
                self.say(world, fault, "the fault was not read")
                continue
            wanted = known.judge(fault)
            for name in wanted:
                if got["why"] == "dump" == wanted["why"] and name in ("ref", "domain", "line", "ended by"):
                    continue
                if got[name] != wanted[name]:
                    self.say(world, fault, "%s: %s, the oracle says %s (%s %s, %s %s)" % (
                        name, got[name], wanted[name], got["state"], got["relation"],
                        wanted["state"], wanted["relation"]))
            why = untrue(world, known, fault, got)
            if why:
                self.say(world, fault, "%s %s (%s), and %s" % (got["state"], got["relation"], world.form, why))
            key = (got["why"] or "none", got["state"] or "-", got["relation"] or "-")
            self.said[key] = self.said.get(key, 0) + 1


def main(program, folder, histories=1000, seed=1):
    tester = Tester(program, folder)
    worlds = [World(random.Random("%d.%d" % (seed, n)), n, n % 2 == 1) for n in range(histories)]
    # All that are on one console are one capture: a power-on each.
    console = Capture("console.log")
    evidence = [Writer(w, console).write([]) for w in worlds if not w.apart]
    if evidence:
        db = tester.ingest("together.db", [console])
        for e in evidence:
            tester.compare(e, console, db)
    for w in worlds:
        if w.apart:
            console = Capture("console.log")
            traces = [Capture("trace%d.txt" % i) for i in range(w.traces if w.form != "none" else 0)]
            e = Writer(w, console).write(traces)
            traces = [t for t in traces if t.lines]
            files = [console] + traces
            if w.again:
                again = Capture("dmesg.txt")
                again.lines = [line for line in console.lines if line.startswith("[")]
                files.insert(0 if w.again == "before" else len(files), again)
            tester.compare(e, console, tester.ingest("apart.db", files))
    if tester.wrong:
        print("disagreements:", ", ".join("%d of %s" % (n, k) for k, n in sorted(tester.kinds.items())))
    for key, n in sorted(tester.said.items()):
        print("%-6s %-6s %-9s %6d" % (key + (n,)))
    print("%d histories, %d faults, %d disagreements" % (tester.histories, tester.faults, tester.wrong))
    return tester.wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5])))
