#!/usr/bin/env python3
"""Measure what a user meets: the binary's size, how soon `serve` answers, its memory, and lookups a second over HTTP.

Usage: .ci/measure.py BINARY
Prints a row a figure, for BENCHMARKS.md. Everything stays on 127.0.0.1.
"""
import http.client
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

NAMES = ["Baghdad", "Kharkiv", "Palestine Street, Baghdad", "Goma", "San José", "Springfield", "Nairobi", "Deir al-Balah"]


def start(binary, folder):
    """Start serve on a free port: (process, host and port, seconds until /healthz answered)."""
    began = time.monotonic()
    server = subprocess.Popen([binary, "serve", "--addr", "127.0.0.1:0", "--db", f"{folder}/measure.db"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = server.stdout.readline()
    address = urllib.parse.urlsplit(line.split()[-1]).netloc
    while time.monotonic() - began < 30:
        try:
            c = http.client.HTTPConnection(address, timeout=5)
            c.request("GET", "/healthz")
            if c.getresponse().status == 200:
                return server, address, time.monotonic() - began
        except OSError:
            time.sleep(0.002)
    sys.exit("serve did not answer within 30 s")


def resident(pid):
    """Resident memory in MB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def lookups(address, seconds=5, clients=4):
    """Lookups a second over kept-alive connections."""
    counts = [0] * clients
    until = time.monotonic() + seconds

    def work(k):
        c = http.client.HTTPConnection(address, timeout=10)
        n = 0
        while time.monotonic() < until:
            c.request("GET", "/gazetteer?limit=1&q=" + urllib.parse.quote(NAMES[n % len(NAMES)]))
            answer = c.getresponse()
            answer.read()
            if answer.status != 200:
                sys.exit(f"lookup: status {answer.status}")
            n += 1
        counts[k] = n

    threads = [threading.Thread(target=work, args=(k,)) for k in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sum(counts) / seconds


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    print(f"binary                {pathlib.Path(binary).stat().st_size / 1e6:8.1f} MB")
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(7):
            server, address, took = start(binary, folder)
            times.append(1000 * took)
            server.terminate()
            server.wait()
        print(f"serve answers after   {statistics.median(times):8.0f} ms (median of {len(times)}, worst {max(times):.0f})")
        server, address, _ = start(binary, folder)
        print(f"resident after start  {resident(server.pid):8.0f} MB")
        print(f"lookups over HTTP     {lookups(address):8.0f} a second (this client shares the processors)")
        print(f"resident after those  {resident(server.pid):8.0f} MB")
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
