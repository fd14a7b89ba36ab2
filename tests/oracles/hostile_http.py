#!/usr/bin/env python3
"""Treats a preview badly for a while, and sees whether it stays quick for others.

usage: hostile_http.py PORT PID [SECONDS] [CONNECTIONS] [busy]

Meanwhile a good browser asks for a page, again and again. At the end: the time of its answers,
memory and open files of the server over time, and what each hostile request was answered. Exit 1
where the good browser failed or waited, memory passed 200 MB (of a small site), or files stay open.

On a machine that is `busy` with other work nothing is judged that is a matter of time: how long an
answer took, and how often a connection had to make room before its browser came to ask by it. The
page must come all the same.
"""

import asyncio
import collections
import logging
import os
import random
import sys
import time
from pathlib import Path

PORT, PID = int(sys.argv[1]), int(sys.argv[2])
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 20
CONNECTIONS = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
IS_BUSY = sys.argv[5:] == ["busy"]
LOADS = 6 if IS_BUSY else 2  # how often a page is asked for before it counts as failed
MEMORY = 200  # MB
PATIENCE = 1.0  # seconds, 99 of 100 answers
# It would say of each line that nobody took it, thousands of times.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)
LARGE = "/large.bin"
HOST = f"Host: localhost:{PORT}\r\n"
random.seed(15)


def hostile():
    """Some 150 requests, each by name."""
    get = f"GET / HTTP/1.1\r\n{HOST}"
    for length in ("100000000000000", "18446744073709551615", "99999999999999999999999", "-1", "0x10", "+5", "1 1", "1,2", ""):
        yield f"length {length}", f"{get}Content-Length: {length}\r\n\r\n"
        yield f"post of {length}", f"POST / HTTP/1.1\r\n{HOST}Content-Length: {length}\r\n\r\n"
    for two in ("Content-Length: 1\r\nContent-Length: 2", "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: \x0bchunked", "Transfer-Encoding: x"):
        yield f"body {two!r}", f"{get}{two}\r\n\r\n"
    for size in ("FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "-1", "g", "1;" + "x" * 50_000):
        yield f"chunk of {size[:20]}", f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{size}\r\nx"
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PRI", "get", "G\0T", "X" * 10_000, ""):
        yield f"method {method[:10]!r}", f"{method} / HTTP/1.1\r\n{HOST}\r\n"
    for path in ("*", "", "a", "//", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cx", "/%00", "/%", "/%zz", "/%ff", "/\\", "/a\0b", "/" + "a" * 60_000, "/" + "a/" * 30_000, "/" + "%41" * 20_000, "/?" + "q" * 30_000, "http://evil.example/", "http://localhost@evil.example/", f"http://localhost:{PORT}/", "/é", "/a b", "/#x", "/_greenboard/../x", "/print/../../x", "/_greenboard/events/../events", "/%c0%ae%c0%ae/", "//evil.example/%2f..", "/.greenboard/manifest.json", "/content/_index.md", "/greenboard.yaml", "/\u202e", "/q/" + "%" * 3000):
        yield f"path {path[:20]!r}", f"GET {path} HTTP/1.1\r\n{HOST}\r\n"
    for version in ("HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "HTTP", "", "http/1.1", "HTTP/1.1 HTTP/1.1"):
        yield f"version {version}", f"GET / {version}\r\n{HOST}\r\n"
    for host in ("", "Host:\r\n", "Host: evil.example\r\n", "Host: localhost.evil.example\r\n", "Host: a@localhost\r\n", "Host: localhost\r\nHost: evil.example\r\n", "Host: 127.0.0.1.nip.io\r\n", "Host: [::1\r\n", "Host: 0\r\n", f"Host: {'x' * 20_000}\r\n", "Host : localhost\r\n", " Host: localhost\r\n"):
        yield f"host {host[:30]!r}", f"GET / HTTP/1.1\r\n{host}\r\n"
    for name in ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: x", "Origin: null", "Origin: https://evil.example", f"Origin: http://localhost:{PORT + 1}"):
        for path in ("/", "/_greenboard/events", "/search/"):
            yield f"{name} {path}", f"GET {path} HTTP/1.1\r\n{HOST}{name}\r\n\r\n"
    for part in ("0-", "-1", "-0", "5-2", "99999999999999999999-", "0-0,2-2", ",".join(f"{n}-{n}" for n in range(3000)), "-" * 1000, "a-b", "-9223372036854775808", "18446744073709551615-18446744073709551615"):
        yield f"range {part[:20]}", f"GET {LARGE} HTTP/1.1\r\n{HOST}Range: bytes={part}\r\n\r\n"
    for head in ("X: " + "x" * 100_000, "X: y\r\n" * 5000, "x" * 40_000, ":", "X", "X:\0", "X: \x7f", "X\t: y", " folded", "\r", "X: y\n Z: z", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
        yield f"head {head[:15]!r}", f"{get}{head}\r\n\r\n"
    for more in ("Expect: 100-continue", "Expect: x", "Upgrade: websocket\r\nConnection: Upgrade", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings", "Connection: close, keep-alive", "Accept-Encoding: " + "gzip," * 3000, "If-None-Match: " + '"x",' * 5000, "If-Range: x\r\nRange: bytes=0-1", "TE: trailers", "Cookie: " + "a=b;" * 5000):
        yield f"with {more[:20]!r}", f"{get}{more}\r\nContent-Length: 9\r\n\r\n"
    yield "many at once", f"GET {LARGE} HTTP/1.1\r\n{HOST}\r\n" * 400
    yield "an old greeting", "GET /\r\n"
    yield "another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "noise", "".join(chr(random.randrange(256)) for _ in range(5000))
    yield "ends of lines", "\r\n" * 20_000
    yield "nothing", ""


async def opened():
    return await asyncio.wait_for(asyncio.open_connection("127.0.0.1", PORT, limit=1 << 16), 10)


def shut(writer):
    writer.transport.abort()


async def send(text):
    """Sends what is odd and returns the status, or how it ended."""
    reader, writer = await opened()
    try:
        writer.write(text.encode("latin-1", "replace"))
        line = await asyncio.wait_for(reader.readline(), 2)
        return line.split(b" ")[1].decode() if line.startswith(b"HTTP/") else "closed"
    except asyncio.TimeoutError:
        return "waits"
    except (OSError, IndexError):
        return "cut"
    finally:
        shut(writer)


async def again(work, end):
    while time.monotonic() < end:
        try:
            await work(end)
        except (OSError, asyncio.TimeoutError):
            await asyncio.sleep(0.2)


async def half_open(end):
    """Says half a head and no more."""
    reader, writer = await opened()
    writer.write(b"GET / HTTP/1.1\r\nHost: local")
    await wait(reader, end, 30)
    shut(writer)


async def silent(end):
    reader, writer = await opened()
    await wait(reader, end, 30)
    shut(writer)


async def dribbling(end):
    """A byte now and then, without an end."""
    reader, writer = await opened()
    writer.write(b"GET / HTTP/1.1\r\n")
    try:
        for _ in range(60):
            writer.write(b"X")
            await asyncio.sleep(0.5)
            if time.monotonic() > end or reader.at_eof():
                return
    finally:
        shut(writer)


async def endless(end):
    """A head that grows as fast as it is taken."""
    _, writer = await opened()
    try:
        writer.write(b"GET / HTTP/1.1\r\n")
        for _ in range(100):
            writer.write(b"X: " + b"x" * 8000 + b"\r\n")
            await asyncio.wait_for(writer.drain(), 5)
    finally:
        shut(writer)
    await asyncio.sleep(0.5)


async def deaf(end):
    """Asks for much and reads nothing of it."""
    reader, writer = await opened()
    reader._transport.pause_reading()
    writer.write(f"GET {LARGE} HTTP/1.1\r\n{HOST}\r\n".encode())
    await asyncio.sleep(min(20, max(0, end - time.monotonic())))
    shut(writer)


async def slow(end):
    """Reads a little at a time."""
    reader, writer = await opened()
    try:
        writer.write(f"GET {LARGE} HTTP/1.1\r\n{HOST}\r\n".encode())
        while time.monotonic() < end and await asyncio.wait_for(reader.read(512), 5):
            await asyncio.sleep(0.5)
    finally:
        shut(writer)


async def listening(end):
    """Listens for events and never reads them."""
    reader, writer = await opened()
    reader._transport.pause_reading()
    writer.write(f"GET /_greenboard/events HTTP/1.1\r\n{HOST}\r\n".encode())
    await asyncio.sleep(min(30, max(0, end - time.monotonic())))
    shut(writer)


async def hasty(end):
    """Comes and goes at once."""
    _, writer = await opened()
    shut(writer)
    await asyncio.sleep(0.05)


async def wait(reader, end, seconds):
    try:
        await asyncio.wait_for(reader.read(1), min(seconds, max(0, end - time.monotonic())))
    except asyncio.TimeoutError:
        pass


async def asked():
    """Asks for a page; returns what is wrong with the answer, if anything."""
    try:
        reader, writer = await opened()
        writer.write(f"GET / HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(-1), 10)
        shut(writer)
        if b" 200 " not in answer[:20] or b"</html>" not in answer:
            return answer[:40]
    except (OSError, asyncio.TimeoutError) as error:
        return repr(error)


async def good(end, times, failures, repeated):
    """A browser: one connection an answer, as long as it takes. A page that brought nothing is
    loaded again after a second, as browsers do: on a busy machine a connection may have to make
    room before its browser came to ask by it."""
    while time.monotonic() < end:
        start = time.monotonic()
        fault = await asked()
        times.append(time.monotonic() - start)
        if fault is not None:
            repeated.append(fault)
        for _ in range(LOADS - 1):
            if fault is None:
                break
            await asyncio.sleep(1)
            fault = await asked()
        if fault is not None:
            failures.append(fault)
        await asyncio.sleep(0.05)


def memory():
    pages = int(Path(f"/proc/{PID}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def files():
    return len(os.listdir(f"/proc/{PID}/fd"))


async def watch(end, seen):
    while time.monotonic() < end:
        seen.append((memory(), files()))
        await asyncio.sleep(1)


def share(times, part):
    return sorted(times)[int(len(times) * part)] if times else float("nan")


async def crowd(end):
    kinds = [half_open, silent, dribbling, endless, deaf, slow, listening, hasty]
    work = [again(kinds[n % len(kinds)], end) for n in range(CONNECTIONS)]
    await asyncio.gather(*work, return_exceptions=True)


async def meanwhile(end):
    times, failures, repeated, seen = [], [], [], []
    work = [asyncio.create_task(one) for one in [good(end, times, failures, repeated), watch(end, seen)]]
    answers, rounds, requests = {}, 0, list(hostile())
    while time.monotonic() < end:
        for name, text in requests:
            if time.monotonic() > end:
                break
            try:
                answers.setdefault(name, collections.Counter())[await send(text)] += 1
            except (OSError, asyncio.TimeoutError) as error:
                answers.setdefault(name, collections.Counter())[repr(error)] += 1
        rounds += 1
    await asyncio.gather(*work)
    return times, failures, repeated, seen, answers, rounds


def main():
    first = (memory(), files())
    end = time.monotonic() + SECONDS
    # In a process of its own, so that the good browser waits for the server alone.
    if (pid := os.fork()) == 0:
        asyncio.run(crowd(end))
        os._exit(0)
    times, failures, repeated, seen, answers, rounds = asyncio.run(meanwhile(end))
    os.waitpid(pid, 0)
    # What is waited for is let go by then.
    time.sleep(16)
    last = (memory(), files())
    for name, counts in answers.items():
        print(f"{name:44} " + ", ".join(f"{n} × {what}" for what, n in counts.most_common()))
    for at in range(0, len(seen), max(1, len(seen) // 10)):
        print(f"after {at:4} s: {seen[at][0]:6.0f} MB, {seen[at][1]:4} files")
    most = max(one[0] for one in seen)
    alive = Path(f"/proc/{PID}").exists()
    faults = []
    if not alive:
        faults.append("the preview ended")
    if failures:
        faults.append(f"{len(failures)} of {len(times)} pages failed {LOADS} times, such as {failures[0]}")
    if not IS_BUSY and len(repeated) * 50 > len(times):
        faults.append(f"{len(repeated)} of {len(times)} pages failed at first, such as {repeated[0]}")
    if not IS_BUSY and share(times, 0.99) > PATIENCE:
        faults.append("the good browser waited")
    if most > MEMORY:
        faults.append("too much memory")
    if last[1] > first[1] + 4:
        faults.append("files stay open")
    print(f"{len(answers)} hostile requests in {rounds} rounds, {CONNECTIONS} connections, {SECONDS:.0f} s")
    print(f"good browser: {len(times)} answers, p50 {share(times, 0.5) * 1000:.0f} ms, p99 {share(times, 0.99) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms, {len(repeated)} loaded again, {len(failures)} failed")
    print(f"memory: {first[0]:.0f} MB before, {most:.0f} MB at most, {last[0]:.0f} MB after; open files: {first[1]} before, {max(one[1] for one in seen)} at most, {last[1]} after")
    print("; ".join(faults) or "0 faults")
    sys.exit(1 if faults else 0)


main()
