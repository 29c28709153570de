"""EASY and FIFO as published (Mu'alem and Feitelson, 2001), in plain Python, for one pool of processors.

Ties: at one moment jobs end first, then jobs come in the order of the log, then those that wait are looked at, the
first that came first. A job of no time ends at the moment it starts, and those that wait are looked at again. A job
whose estimate is below its run time counts as one that stated its run time."""
import sys


def play(jobs, devices, easy):
    """jobs: (submit, run, estimate, devices) in order of submit. The start of each."""
    start = [None] * len(jobs)
    queue, running, free, new = [], [], devices, 0
    while new < len(jobs) or running:
        moments = [end for end, _, _ in running]
        if new < len(jobs):
            moments.append(jobs[new][0])
        now = min(moments)
        for one in [r for r in running if r[0] == now]:
            running.remove(one)
            free += jobs[one[2]][3]
        while new < len(jobs) and jobs[new][0] == now:
            queue.append(new)
            new += 1

        def begin(j):
            nonlocal free
            start[j] = now
            free -= jobs[j][3]
            running.append((now + jobs[j][1], now + max(jobs[j][1], jobs[j][2]), j))

        while queue and jobs[queue[0]][3] <= free:
            begin(queue.pop(0))
        if not easy or not queue:
            continue
        # The head's shadow time and what is free beside it then.
        head = queue[0]
        available, shadow = free, now
        ends = sorted((expected, j) for _, expected, j in running)
        for expected in sorted({e for e, _ in ends}):
            if available >= jobs[head][3]:
                break
            available += sum(jobs[j][3] for e, j in ends if e == expected)
            shadow = expected
        extra = available - jobs[head][3]
        for j in queue[1:]:
            if jobs[j][3] > free:
                continue
            ends_before = now + max(jobs[j][1], jobs[j][2]) <= shadow
            if ends_before or jobs[j][3] <= extra:
                if not ends_before:
                    extra -= jobs[j][3]
                queue.remove(j)
                begin(j)
    return start


if __name__ == "__main__":
    rows = [tuple(int(x) for x in line.split()) for line in sys.stdin]
    for one in play(rows, int(sys.argv[1]), sys.argv[2] == "easy"):
        print(one)
