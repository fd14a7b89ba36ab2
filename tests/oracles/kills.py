"""Builds killed, short of room and refused by the system; other commands likewise; writers at once.

Usage: kills.py PROGRAM [--full]

Each trial starts from a site that was built, changes every page and sheet, and runs the program
with a fault: a signal at its n-th call that changes a file, an error as the answer to such a call,
or a disk with so much room. Then it looks: website and prints must be all old or all new (but for a
signal right between the two calls that exchange them), what the program said must be true, the next
run must heal, and nothing may be left over. A line for each
fault, one for each kind of trial; exits with 1 where there is a fault.

Faults come from strace. Needs strace; a disk of limited size needs the right to mount one.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve()
FULL = "--full" in sys.argv[2:]
DAY = "2026-11-10"
CHANGING = ["mkdir", "linkat", "rename", "renameat2", "unlink", "unlinkat", "rmdir", "fsync",
            "syncfs", "chmod", "fchmod"]
# Each call with the errors that systems give for it.
ERRORS = {
    "rename": ["EIO", "EACCES"],
    "renameat2": ["EIO", "EACCES", "EINVAL"],
    "mkdir": ["ENOSPC", "EACCES"],
    "linkat": ["EPERM", "EMLINK"],
    "write": ["ENOSPC", "EIO"],
    "fsync": ["EIO"],
    "syncfs": ["EIO"],
    "unlink": ["EACCES", "EIO"],
    "unlinkat": ["EACCES", "EIO"],
    "rmdir": ["EACCES"],
    "openat": ["EMFILE", "EACCES"],
    "getdents64": ["EIO"],
}
KEPT, NEW = "什么也没有写", "新的结果已经写好"
faults = []


def site(folder, state):
    """Writes a site whose every page and sheet says `state`."""
    files = {
        "greenboard.yaml": f"format: 1\ntitle: 小院{state}\nbase_url: https://xiaoyuan.example/\n",
        "content/_index.md": f"---\ntitle: 小院{state}\n---\n欢迎。\n",
        "content/living/_index.md": "---\ntitle: 绿色生活\n---\n身边的做法。\n",
        "content/boards/_index.md": "---\ntitle: 宣传栏\n---\n院里的栏。\n",
    }
    for n in range(6):
        files[f"content/living/tap{n}.md"] = (
            f"---\ntitle: 关紧水龙头{n}\ndate: 2026-01-01\ntopics: [water]\nposter:\n"
            f"  layout: guide\n  lead: 出门前看一眼{state}\n---\n"
            f"1. **拧紧**每个水龙头。{state}\n2. **听一听**有没有滴水声。\n"
        )
    for n in range(2):
        files[f"content/boards/gate{n}.md"] = (
            f"---\ntitle: 大门{n}宣传栏\nkind: board\nplace: 大门{n}\nsize: 900x600mm\n"
            "repeat_after: 0\nslots:\n  - { id: \"1\", at: [50, 50], size: A3 }\n"
            "  - { id: \"2\", at: [500, 50], size: A3 }\n---\n大门里。\n"
        )
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def run(folder, args, before=()):
    command = [*before, str(PROGRAM), *args, "--root", str(folder), "--lang", "zh"]
    if args[0] != "init":
        command += ["--today", DAY]
    done = subprocess.run(command, capture_output=True, cwd=folder, timeout=240)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


LOG = Path(tempfile.mkstemp()[1])


def strace(call, what, when):
    """A fault at the n-th such call of the thread that is the first to make so many."""
    return ["strace", "-f", "-o", str(LOG), "-e", f"trace={call}",
            "-e", f"inject={call}:{what}:when={when}"]


def came():
    """Tells whether the last fault came to pass."""
    log = LOG.read_text(errors="replace")
    return "INJECTED" in log or "killed by SIGKILL" in log


def moments(folder, args, calls):
    """Returns all moments of a run, (call, n): the n-th such call of its busiest thread. The folder
    is as after the run."""
    run(folder, args, ["strace", "-f", "-o", str(LOG), "-e",
                       f"trace={','.join(calls)}"])
    lines = [line.split(None, 1) for line in LOG.read_text(errors="replace").splitlines()]
    made = [(thread, what.split("(")[0]) for thread, what in lines
            if "(" in what and "resumed>" not in what]
    most = {call: max((made.count((thread, call)) for thread, _ in set(made)), default=0)
            for call in calls}
    return [(call, n) for call in calls for n in range(1, most[call] + 1)]


def tree(*folders):
    """Returns what lies in the folders, by path."""
    found = {}
    for folder in folders:
        for at, _, names in os.walk(folder):
            for name in names:
                path = Path(at) / name
                found[f"{folder.name}/{path.relative_to(folder)}"] = hashlib.sha256(
                    path.read_bytes()).hexdigest()
    return found


def leftovers(folder, *outputs):
    """Returns what is there and should not be."""
    known = {"greenboard.yaml", "content", "public", "print", "ledger", "archive", "plan.lock.yaml",
             ".greenboard", ".gitignore"}
    # What was done to source files is kept, to be taken back.
    notes = {"lock", "manifest.json", "cache", "published", "writing", "last.json", "edits"}
    found = [name for name in os.listdir(folder) if name not in known]
    found += [name for name in os.listdir(folder / ".greenboard") if name not in notes]
    for output in outputs:
        found += [name for name in os.listdir(output.parent) if "greenboard-" in name]
        found += [name for name in os.listdir(output) if "greenboard-" in name]
    found += [str(path) for path in folder.rglob("*") if path.parent.name == "writing"]
    return found


class Ground:
    """A built site in its first state, and what its outputs are in both states."""

    def __init__(self, base, outside=None):
        self.base = base
        self.folder = base / "site"
        self.saved = base / "saved"
        self.outside = outside
        self.targets = [(outside or self.folder) / name for name in ("public", "print")]
        self.args = ["build"]
        if outside:
            self.args += ["--public", str(self.targets[0]), "--print", str(self.targets[1])]
        self.folder.mkdir()
        site(self.folder, "甲")
        code, said = run(self.folder, self.args)
        assert code == 0, said
        self.old = tree(*self.targets)
        shutil.copytree(self.folder, self.saved, symlinks=True)
        if outside:
            self.saved_outside = base / "saved-outside"
            self.saved_outside.mkdir()
            self.copy(outside, self.saved_outside)
        site(self.folder, "乙")
        self.changing = moments(self.folder, self.args, CHANGING)
        self.new = tree(*self.targets)
        same = [path for path in self.old if self.old[path] == self.new.get(path)]
        pages = [path for path in same if path.endswith((".html", ".pdf"))]
        assert self.new and len(pages) < 4, pages

    def copy(self, one, other):
        for name in ("public", "print"):
            shutil.copytree(one / name, other / name, symlinks=True)

    def reset(self):
        """The first state built, the second written."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.saved, self.folder, symlinks=True)
        if self.outside:
            for name in os.listdir(self.outside):
                shutil.rmtree(self.outside / name)
            self.copy(self.saved_outside, self.outside)
        site(self.folder, "乙")

    def state(self):
        now = tree(*(target for target in self.targets if target.exists()))
        now = {path: it for path, it in now.items() if "greenboard-" not in path}
        states = []
        for target in self.targets:
            own = lambda files: {path: it for path, it in files.items()
                                 if path.startswith(target.name + "/")}
            found = own(now)
            states.append("old" if found == own(self.old) else
                          "new" if found == own(self.new) else "mixed")
        if len(set(states)) == 1:
            return states[0]
        # Two folders take two calls: killed right between them, each is whole, and the record says
        # what is to be done.
        recorded = (self.folder / ".greenboard/turning.json").exists()
        return "between" if states == ["new", "old"] and recorded else "mixed"

    def trial(self, name, before, is_killed):
        self.reset()
        code, said = run(self.folder, self.args, before)
        if not came():
            return "none"
        state = self.state()
        if state == "mixed" or (state == "between" and not is_killed):
            faults.append(f"{name}: {state}; {said.strip()[-300:]}")
        elif not is_killed:
            self.judge(name, code, said, state)
        self.heal(name)
        return state

    def judge(self, name, code, said, state):
        """Looks whether what was said is true."""
        lines = said.strip().splitlines()
        last = lines[-1] if lines else ""
        claims = "new" if code == 0 or NEW in last else "old"
        if claims != state:
            faults.append(f"{name}: said {claims}, is {state} (exit {code}): {said[-400:]}")
        if "panicked" in said or code not in (0, 1, 3):
            faults.append(f"{name}: exit {code}: {said[-400:]}")

    def heal(self, name):
        code, said = run(self.folder, self.args)
        if code != 0 or self.state() != "new":
            faults.append(f"{name}: the next build ends with {code}, {self.state()}: {said[-300:]}")
        left = leftovers(self.folder, *self.targets)
        if left:
            faults.append(f"{name}: left over: {left[:5]}")


def spread(all_of_them, n):
    """Returns n of them, evenly."""
    last = len(all_of_them) - 1
    return [all_of_them[at] for at in sorted({round(at * last / max(n - 1, 1)) for at in range(n)})]


def kills(ground, where, n):
    states = [ground.trial(f"{where}, killed at {call} {when}",
                           strace(call, "signal=KILL", when), True)
              for call, when in spread(ground.changing, n)]
    tell(f"kills, {where}", states)


def tell(what, states):
    states = [state for state in states if state != "none"]
    print(f"{what}: {len(states)}, of which {states.count('old')} old, {states.count('new')} new, "
          f"{states.count('between')} between, {states.count('mixed')} mixed", flush=True)


def errors(ground, where, n):
    ground.reset()
    made = moments(ground.folder, ground.args, list(ERRORS))
    pairs = [(call, error) for call in ERRORS for error in ERRORS[call]]
    share = max(1, n // len(pairs))
    states = []
    for call, error in pairs:
        of_call = [moment for moment in made if moment[0] == call]
        for _, when in spread(of_call, share) if of_call else []:
            states.append(ground.trial(f"{where}, {error} at {call} {when}",
                                       strace(call, f"error={error}", when), False))
    tell(f"errors, {where}", states)


def rooms(n):
    """Disks with more and less room than a build needs."""
    states = []
    for at in range(n):
        with tempfile.TemporaryDirectory() as mount:
            size = 500_000 + at * 250_000
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={64 << 20}", "tmpfs", mount],
                                     capture_output=True)
            if mounted.returncode != 0:
                print("rooms: no right to mount a disk here")
                return
            try:
                ground = Ground(Path(mount))
                ground.reset()
                free = os.statvfs(mount).f_bavail * os.statvfs(mount).f_frsize
                with open(Path(mount) / "ballast", "wb") as ballast:
                    ballast.write(b"\0" * max(0, free - size))
                code, said = run(ground.folder, ground.args)
                state = ground.state()
                name = f"{size // 1000} kB of room"
                if state == "mixed":
                    faults.append(f"{name}: mixed")
                else:
                    ground.judge(name, code, said, state)
                os.remove(Path(mount) / "ballast")
                ground.heal(name)
                states.append(state)
            finally:
                subprocess.run(["umount", mount], check=True)
    tell("rooms", states)


def commands(base, n):
    """Other commands that write, killed: whole or not at all, and the next run goes well."""
    saved, folder = base / "saved", base / "site"
    saved.mkdir()
    site(saved, "甲")
    run(saved, ["build"])
    run(saved, ["plan", "--publish"])
    run(saved, ["post", "2026-11", "--by", "王芳"])
    run(saved, ["archive", "2026"])
    trials = {
        ("post", "2026-11", "--by", "王芳"): ["ledger"],
        ("plan", "--publish"): ["plan.lock.yaml"],
        ("archive", "2026"): ["archive"],
        ("new", "notice", "停水", "--slug", "stop"): ["content"],
        ("init", "fresh", "--name", "石榴园"): ["fresh"],
    }
    for args, places in trials.items():
        def reset():
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(saved, folder, symlinks=True)
            for n in range(6):
                page = folder / f"content/living/tap{n}.md"
                page.write_text(page.read_text().replace("出门前", "出门以前"))
            with open(folder / "greenboard.yaml", "a") as settings:
                settings.write("description: 新的\n")
            if args[0] == "post":
                shutil.rmtree(folder / "ledger")
            if args[0] == "plan":
                (folder / "plan.lock.yaml").write_text("format: 1\nhangings: []\n")

        def lies_there():
            found = {}
            for place in places:
                place = folder / place
                if place.is_dir():
                    found |= tree(place)
                elif place.exists():
                    found[place.name] = hashlib.sha256(place.read_bytes()).hexdigest()
            return {path: it for path, it in found.items()
                    if not path.endswith(".tmp") and "/.greenboard/" not in path}

        reset()
        old = lies_there()
        all_moments = moments(folder, list(args), CHANGING)
        new = lies_there()
        torn = 0
        n_killed = 0
        for call, when in spread(all_moments, n):
            reset()
            run(folder, list(args), strace(call, "signal=KILL", when))
            n_killed += came()
            now = lies_there()
            # Files that come one by one are each as before or as after.
            whole = all(it in (old.get(path), new.get(path)) for path, it in now.items())
            if args[0] in ("plan", "archive"):
                whole = now in (old, new)
            code, said = run(folder, list(args))
            done = lies_there() == new
            # What was finished before the kill can't be made anew.
            if args[0] in ("new", "init") and now == new:
                code, done = 0, True
            left = [str(path) for path in folder.rglob("*") if path.parent.name == "writing"]
            left += [name for name in os.listdir(folder) if "greenboard-" in name]
            if not (whole and code == 0 and done) or left:
                torn += 1
                faults.append(f"{args} killed at {call} {when}: whole {whole}, next {code}, "
                              f"done {done}, left {left[:3]}: {said[-300:]}")
        print(f"{args[0]}: killed {n_killed} times at {len(all_moments)} moments, {torn} at fault",
              flush=True)


def writers(base):
    """Several runs at once: nothing twice, nothing lost."""
    folder = base / "writer"
    folder.mkdir()
    site(folder, "甲")
    run(folder, ["plan", "--publish"])
    run(folder, ["post", "2026-11", "--by", "王芳"])
    lines = (folder / "ledger/2026-11.yaml").read_text().splitlines()
    alone = [line for line in lines if line.startswith("- ")]
    for n in (2, 4, 8):
        folder = base / f"writers{n}"
        folder.mkdir()
        site(folder, "甲")
        run(folder, ["plan", "--publish"])
        with ThreadPoolExecutor(n) as pool:
            same = ["post", "2026-11", "--by", "王芳"]
            codes = list(pool.map(lambda _: run(folder, same)[0], range(n)))
            lines = (folder / "ledger/2026-11.yaml").read_text().splitlines()
            entries = [line for line in lines if line.startswith("- ")]
            if len(entries) != len(alone) or any(codes):
                faults.append(f"{n} posts at once: {len(entries)} lines, exits {codes}")
            lost = lambda k: run(folder, ["post", "--by", "王芳", "--lost", f"living/tap{k % 6}=1"])[0]
            codes = list(pool.map(lost, range(n)))
            lines = (folder / "ledger/2026-11.yaml").read_text().splitlines()
            n_lost = sum("kind: lost" in line for line in lines)
            if any(codes) or n_lost != n:
                faults.append(f"{n} losses at once: exits {codes}, {n_lost} lines")
            check = run(folder, ["check", "--json"])
            told = [it["code"] for it in json.loads(check[1])["diagnostics"]]
            if "G404" in told or "G425" in told:
                faults.append(f"{n} posts at once: then {told}")
            codes = list(pool.map(lambda _: run(folder, ["new", "notice", "停水", "--slug", "stop"])[0],
                                  range(n)))
            if codes.count(0) != 1:
                faults.append(f"{n} times new at once: exits {codes}")
            codes = list(pool.map(lambda _: run(folder, ["plan", "--publish"])[0], range(n)))
            if any(codes):
                faults.append(f"{n} times plan --publish at once: exits {codes}")
            codes = list(pool.map(lambda _: run(folder, ["build"])[0], range(n)))
            if any(codes):
                faults.append(f"{n} builds at once: exits {codes}")
        left = leftovers(folder, folder / "public", folder / "print")
        left = [name for name in left if name != "content"]
        if left:
            faults.append(f"{n} writers: left over {left}")
        print(f"writers: {n} at once", flush=True)


def main():
    random.seed(1)
    n_kills, n_rooms, n_errors, n_commands = (102, 20, 100, 24) if FULL else (14, 2, 17, 4)
    with tempfile.TemporaryDirectory() as temporary, tempfile.TemporaryDirectory(
            dir="/dev/shm") as memory:
        base = Path(temporary)
        (base / "here").mkdir()
        (base / "there").mkdir()
        here = Ground(base / "here")
        kills(here, "same disk", n_kills)
        errors(here, "same disk", n_errors)
        there = Ground(base / "there", Path(memory))
        kills(there, "another disk", n_kills)
        errors(there, "another disk", n_errors)
        rooms(n_rooms)
        (base / "commands").mkdir()
        commands(base / "commands", n_commands)
        writers(base)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
