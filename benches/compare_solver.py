"""The rotation's solver beside HiGHS, an exact one, on the same instances; prints the table of
docs/dev/solver.md.

    cargo build --release --example rotation_bench
    python3 -m venv /tmp/highs && /tmp/highs/bin/pip install highspy==1.16.0
    /tmp/highs/bin/python benches/compare_solver.py [S M 100x52x500 1000x52x500 1000x52x200]

An instance is a file of `tests/rotation` or BOARDSxPERIODSxITEMS, which `rotation_bench` makes the
same on every machine. Ours searches thoroughly, then finds its bound; `tests/oracles/score.py`, which
shares nothing with either, scores both plans. HiGHS has one thread, SECONDS and MEMORY at most, in
a process of its own; where it has not proved its plan by then, what it has and its bound are told.
"""

import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = ROOT / "target/release/examples/rotation_bench"
SCORE = ROOT / "tests/oracles/score.py"
SECONDS = 300
MEMORY = 8 << 30
UNCOVERED = 10_000


class Model:
    """A linear model in rows, put together column by column."""

    def __init__(self):
        self.cost, self.upper, self.whole = [], [], []
        self.starts, self.index, self.value = [], [], []
        self.low, self.high = [], []

    def column(self, cost, upper, whole):
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low, high, terms):
        self.starts.append(len(self.index))
        for column, value in terms:
            self.index.append(column)
            self.value.append(value)
        self.low.append(low)
        self.high.append(high)


def fits(item, board):
    return item["size"] <= board["cls"] and item["aud"] in (-1, board["aud"])


def worth(item, period):
    season = 3 if period in item["peak"] else 1
    return item["pri"] * 4 * season + (0 if item["kind"] == "ever" else 5)


def model(instance):
    """States the problem of `score.py`; returns the model and the column of each showing."""
    inf = float("inf")
    periods, rest = instance["T"], instance["K"]
    boards, items = instance["boards"], instance["items"]
    it, shows = Model(), {}
    for b, board in enumerate(boards):
        able = [i for i, item in enumerate(items) if fits(item, board)]
        for i in able:
            item = items[i]
            days = range(item["a"], min(item["e"], periods - 1) + 1)
            for t in days:
                shows[b, i, t] = it.column(worth(item, t), 1, True)
            own = [(shows[b, i, t], 1) for t in days]
            # Shown at all: gained once.
            first = it.column(instance["F"], 1, False)
            it.row(0, inf, own + [(first, -1)])
            for t in days[: max(1, len(days) - rest)]:
                near = [(shows[b, i, s], 1) for s in range(t, t + rest + 1) if (b, i, s) in shows]
                if len(near) > 1:
                    it.row(-inf, 1, near)
        topics = {items[i]["topic"] for i in able}
        for t in range(periods):
            bare = it.column(-instance["empty"], board["slots"], False)
            on = [i for i in able if (b, i, t) in shows]
            it.row(board["slots"], board["slots"], [(shows[b, i, t], 1) for i in on] + [(bare, 1)])
            for topic in topics:
                of_topic = [(shows[b, i, t], 1) for i in on if items[i]["topic"] == topic]
                if len(of_topic) > 1:
                    it.row(-inf, 1, of_topic)
        for topic in topics:
            over = it.column(-instance["lam"], inf, False)
            all_of = [(shows[b, i, t], 1) for i in able if items[i]["topic"] == topic for t in range(periods) if (b, i, t) in shows]
            it.row(-inf, instance["hi"], all_of + [(over, -1)])
    for i, item in enumerate(items):
        able = [b for b, board in enumerate(boards) if fits(item, board)]
        for size in sorted({boards[b]["cls"] for b in able}):
            copies = it.column(-instance["print"][size], inf, False)
            of_size = [b for b in able if boards[b]["cls"] == size]
            for t in range(periods):
                used = [(shows[b, i, t], 1) for b in of_size if (b, i, t) in shows]
                if used:
                    it.row(-inf, 0, used + [(copies, -1)])
        if not item["cov"]:
            continue
        every = item["cov"] == "all"
        for group in [[b] for b in able] if every else [able]:
            wanted = 1 if every else min(item["cov"], len(able))
            lacks = it.column(-UNCOVERED, inf, False)
            here = [(shows[b, i, t], 1) for b in group for t in range(periods) if (b, i, t) in shows]
            it.row(wanted, inf, here + [(lacks, 1)])
    return it, shows


def solve_exactly(path, plan_path):
    """In the child: lets HiGHS solve an instance and writes its plan."""
    import highspy
    import numpy

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    instance = json.loads(pathlib.Path(path).read_text())
    it, shows = model(instance)
    print("size", len(it.cost), len(it.low), flush=True)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(it.cost), len(it.low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = numpy.array(it.cost, dtype=float)
    lp.col_lower_ = numpy.zeros(len(it.cost))
    lp.col_upper_ = numpy.array(it.upper, dtype=float)
    lp.row_lower_ = numpy.array(it.low, dtype=float)
    lp.row_upper_ = numpy.array(it.high, dtype=float)
    lp.integrality_ = [highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in it.whole]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.array(it.starts + [len(it.index)], dtype=numpy.int32)
    lp.a_matrix_.index_ = numpy.array(it.index, dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array(it.value, dtype=float)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", float(SECONDS))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(lp)
    begin = time.monotonic()
    solver.run()
    seconds = time.monotonic() - begin
    info = solver.getInfo()
    values = solver.getSolution().col_value
    plan = [[[] for _ in instance["boards"]] for _ in range(instance["T"])]
    has_plan = len(values) == len(it.cost) and info.primal_solution_status == 2
    for (b, i, t), column in shows.items():
        if has_plan and values[column] > 0.5:
            plan[t][b].append(i)
    pathlib.Path(plan_path).write_text(json.dumps(plan))
    is_best = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    print("solved", int(is_best), int(has_plan), info.mip_dual_bound, f"{seconds:.1f}")
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def objective(instance, plan):
    said = subprocess.run([sys.executable, SCORE, instance, plan], check=True, capture_output=True, text=True).stdout
    found = re.match(r"objective (-?\d+) copies (\d+) uncovered (\d+) violations (\d+)", said)
    value, copies, uncovered, violations = map(int, found.groups())
    assert violations == 0, said
    return value, copies, uncovered


def ours(name, folder):
    instance, plan = folder / "instance.json", folder / "ours.json"
    command = [OURS]
    if "x" in name:
        command += ["--make", name]
    else:
        instance = ROOT / f"tests/rotation/{name}.json"
    said = subprocess.run([*command, instance, plan], check=True, capture_output=True, text=True).stdout
    cpu = re.findall(r"([\d.]+) s of CPU", said)
    bound = re.search(r"bound +(\d+) gap ([\d.]+) %", said)
    memory = re.search(r"memory +(.*) at the peak", said)
    return instance, plan, cpu, bound, memory and memory.group(1)


def exact(instance, plan):
    command = [sys.executable, __file__, "--exactly", instance, plan]
    try:
        # Stating the problem does not watch the clock.
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 180)
        said, failed = done.stdout, done.returncode != 0
    except subprocess.TimeoutExpired as late:
        said, failed = (late.stdout or b"").decode(), True
    size = re.search(r"size (\d+) (\d+)", said)
    size = f"{int(size.group(1)):,} × {int(size.group(2)):,}" if size else "not stated"
    solved = re.search(r"solved (\d) (\d) (\S+) (\S+)", said)
    if failed or not solved:
        return size, "ends without an answer", "", ""
    best, has_plan, bound, seconds = solved.groups()
    memory = re.search(r"memory (\d+)", said)
    value = f"{objective(instance, plan)[0]:,}" if has_plan == "1" else "no plan"
    bound = f"{float(bound):,.0f}" if float(bound) < 1e12 else "none"
    how = "proved" if best == "1" else f"bound {bound}"
    return size, f"{value}, {how}", f"{seconds} s", f"{memory.group(1)} MB"


def main(names):
    print("| instance | ours | sheets | CPU s | bound | gap | CPU s of the bound | memory | HiGHS: columns × rows | HiGHS | time | memory |")
    print("| --- " * 12 + "|")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            instance, plan, cpu, bound, memory = ours(name, folder)
            value, sheets, uncovered = objective(instance, plan)
            value = f"{value:,}" + (f" ({uncovered} uncovered)" if uncovered else "")
            cells = [name, value, f"{sheets:,}", cpu[0], f"{int(bound.group(1)):,}", f"{bound.group(2)} %", cpu[1], memory]
            print("|", " | ".join([*cells, *exact(instance, folder / "exact.json")]), "|", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--exactly"]:
        solve_exactly(*sys.argv[2:4])
    else:
        main(sys.argv[1:] or ["S", "M", "100x52x500", "1000x52x500", "1000x52x200"])
