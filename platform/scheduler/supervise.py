"""Stands between an app and its log, for as long as the app lives and whether or not the platform does.

Arguments: pid file, exit file, log folder, bytes of a log file, bytes kept of a log, kilobytes of data that one process
may have, then the program. The app is the leader of a process group of its own. It writes "<its pid> <our pid>" into
the pid file itself, before it becomes the program: there is no moment at which nobody knows it. On file descriptor 3
whoever started us reads its pid as well, and a line at its end, when what it left behind may still be there.
"""

import errno
import os
import resource
import select
import signal
import sys
import time

CHUNK = 64 * 1024
# How long what the app left behind has, once it is gone itself: by then everybody should know that it is gone.
GRACE_SECONDS = 1
# What a process that left the group may still print once the app has ended.
LINGER_SECONDS = 0.5
FULL_DISK_SECONDS = 5
# When output came is noted at most this often, and more rarely where the notes take so much of a file's size.
MARK_SECONDS = ((1 / 4, 10), (1 / 8, 1), (0, 0.1))
# Killing what multiplies takes more than one look.
STRAYS_SECONDS = 3


class Log:
    """
    Files named by the position of their first byte, so that the names are the index. Beside each lies one that says when
    what is in it came: lines of a position and milliseconds since 1970, all of the same length.
    """

    def __init__(self, folder, file_bytes, kept_bytes):
        self.folder, self.file_bytes, self.kept_bytes = folder, file_bytes, kept_bytes
        os.makedirs(folder, exist_ok=True)
        self.starts = sorted(int(name[:-4]) for name in os.listdir(folder) if name.endswith(".log"))
        self.fd = self.marks = None
        self.marked_at = 0
        self.is_marked = False
        self.position = 0
        self.lost = 0
        if self.starts:
            self.position = self.starts[-1] + os.stat(self.path(self.starts[-1])).st_size
            self.open(self.starts[-1])
        else:
            self.begin()

    def path(self, start):
        return os.path.join(self.folder, "%015d.log" % start)

    def marks_path(self, start):
        return os.path.join(self.folder, "%015d.times" % start)

    def open(self, start):
        before = (self.fd, self.marks)
        # First the new: on a full disk there may be none, and this is tried again.
        self.fd = self.open_file(self.path(start))
        self.marks = None
        for fd in before:
            if fd is not None:
                os.close(fd)

    def open_file(self, path):
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def begin(self):
        self.open(self.position)
        self.starts.append(self.position)
        self.mark()
        while len(self.starts) > 1 and self.position - self.starts[1] >= self.kept_bytes:
            start = self.starts.pop(0)
            os.unlink(self.path(start))
            try:
                os.unlink(self.marks_path(start))
            except FileNotFoundError:
                pass

    def mark(self):
        """Notes that what comes next comes now. Without room for that, the output is what counts."""
        # After one that was written in part only, a new line.
        line = b"%s%015d %013d\n" % (b"" if self.is_marked else b"\n", self.position, time.time() * 1000)
        self.marked_at = time.monotonic()
        try:
            if self.marks is None:
                self.marks = self.open_file(self.marks_path(self.starts[-1]))
            self.is_marked = os.write(self.marks, line) == len(line)
        except OSError:
            self.is_marked = False

    def mark_if_due(self):
        since = time.monotonic() - self.marked_at
        share = 0 if self.marks is None else os.fstat(self.marks).st_size / self.file_bytes
        if since >= next(seconds for least, seconds in MARK_SECONDS if share >= least):
            self.mark()

    def room(self, rest):
        """How much of it still goes into this file: up to its size, and no character (of UTF-8) is cut."""
        written = self.position - self.starts[-1]
        size = max(0, self.file_bytes - written)
        while size < len(rest) and rest[size] & 0xC0 == 0x80 and written + size < self.file_bytes + 3:
            size += 1
        return size

    def write(self, data):
        # Before the output: whoever has read that finds when it came.
        self.mark_if_due()
        note = b"\n[wavedeck] %d bytes of output were lost while the disk was full.\n" % self.lost
        if self.lost and self.put(note, 0) == 0:
            self.lost = 0
        self.lost += self.put(data, FULL_DISK_SECONDS)

    def put(self, data, patience):
        """How many bytes could not be written. Meanwhile the app waits: better that than a hole in its log."""
        deadline = time.monotonic() + patience
        rest = memoryview(data)
        while rest:
            try:
                if self.room(rest) == 0:
                    self.begin()
                if not self.is_marked:
                    self.mark()
                written = os.write(self.fd, rest[: self.room(rest)])
                self.position += written
                rest = rest[written:]
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT) or time.monotonic() > deadline:
                    return len(rest)
                time.sleep(0.1)
        return 0


def become_app(pid_file, data_kilobytes, output, program):
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (data_kilobytes * 1024, data_kilobytes * 1024))
    except (ValueError, OSError):
        pass
    os.dup2(output, 1)
    os.dup2(output, 2)
    with open(pid_file, "w") as file:
        file.write("%d %d\n" % (os.getpid(), os.getppid()))
    os.write(3, b"%d\n" % os.getpid())
    os.close(3)
    os.execve(program[0], program, os.environ)


def adopt_orphans():
    """Linux: what the app leaves behind becomes ours to reap, where a container has no init to do it."""
    if sys.platform == "linux":
        try:
            import ctypes

            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        except (ImportError, OSError, AttributeError):
            pass


def tell_end(exit_file, status):
    """How the app ended, as soon as it has."""
    end = "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "code %d" % os.WEXITSTATUS(status)
    try:
        with open(exit_file + ".new", "w") as file:
            file.write(end + "\n")
        os.rename(exit_file + ".new", exit_file)
        os.write(3, b"ended\n")
    except OSError:
        # A full disk, or nobody there to listen any more.
        pass


def group_is_alive(group):
    try:
        os.killpg(group, 0)
        return True
    except PermissionError:
        return True
    except ProcessLookupError:
        return False


def kill_strays():
    """What made a group of its own came to us when its parent ended. Returns how many there were."""
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as file:
            strays = [int(pid) for pid in file.read().split()]
    except OSError:
        return 0
    for pid in strays:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return len(strays)


def main():
    pid_file, exit_file, folder = sys.argv[1:4]
    file_bytes, kept_bytes, data_kilobytes = map(int, sys.argv[4:7])
    program = sys.argv[7:]
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    adopt_orphans()
    log = Log(folder, file_bytes, kept_bytes)
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    source, output = os.pipe()
    app = os.fork()
    if app == 0:
        try:
            become_app(pid_file, data_kilobytes, output, program)
        except BaseException as error:
            os.write(2, ("[wavedeck] The app could not be started: %s\n" % error).encode())
        os._exit(126)
    os.close(output)
    status = None
    asked_at = killed_at = gone_at = None
    open_end = True
    while True:
        readable, _, _ = select.select([source, wake] if open_end else [wake], [], [], None if status is None else 0.05)
        if wake in readable:
            try:
                os.read(wake, 1024)
            except BlockingIOError:
                pass
        if source in readable:
            data = os.read(source, CHUNK)
            open_end = len(data) > 0
            if data:
                log.write(data)
        try:
            while True:
                pid, code = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    break
                if pid == app:
                    status = code
                    tell_end(exit_file, status)
        except ChildProcessError:
            pass
        if status is None:
            continue
        # Nothing of the group outlives its leader.
        now = time.monotonic()
        if group_is_alive(app):
            if asked_at is None:
                asked_at = now
                os.killpg(app, signal.SIGTERM)
            elif now - asked_at > GRACE_SECONDS and killed_at is None:
                killed_at = now
                os.killpg(app, signal.SIGKILL)
            # Where nobody reaps them, the killed stay as zombies for ever.
            if killed_at is None or now - killed_at < 1:
                continue
        gone_at = gone_at or now
        # The children of a killed stray come to us next.
        if kill_strays() > 0 and now - gone_at < STRAYS_SECONDS:
            continue
        if not open_end or now - gone_at > LINGER_SECONDS:
            break
    if log.lost:
        log.write(b"")


main()
