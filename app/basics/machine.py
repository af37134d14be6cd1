"""Every call to the operating system that differs between systems, in one short module; it decides nothing.

The Windows branches are written from the documentation and cannot be run on the machines that test this.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path


def limit_process(memory_bytes: int, cpu_seconds: int, *, writes: bool = False) -> None:
    """Bound this process for good: address space, processor seconds, no dumps; without `writes` no file can grow.

    POSIX only lowers limits, so a child cannot take them back. On Windows a job object bounds memory and time, but not
    writing. Raises OSError or ValueError if the system refuses: the caller must then not go on.
    """
    no_core_dumps()
    if sys.platform == "win32":
        _limit_by_job(memory_bytes, cpu_seconds)
        return
    import resource
    import signal

    def lower(kind: int, soft: int, hard: int) -> None:
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(kind, (soft, hard))

    if sys.platform != "darwin":  # macOS takes RLIMIT_AS and does not act on it
        lower(resource.RLIMIT_AS, memory_bytes, memory_bytes)
    lower(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    if not writes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails with EFBIG instead of killing
        lower(resource.RLIMIT_FSIZE, 0, 0)


def no_core_dumps() -> None:
    """Keep this process's memory (keys, names) out of crash files and out of reach of other programs of the user."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
        ctypes.windll.kernel32.WerSetFlags(1)  # no heap in error reports
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # a limit of 0 does not stop a core_pattern that pipes into a program; not being dumpable does
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)


def ended_by_cpu_limit(returncode: int) -> bool:
    """Whether a child's return code says that it used up its processor seconds."""
    if sys.platform == "win32":
        return returncode & 0xFFFFFFFF == 0xC0000044  # STATUS_QUOTA_EXCEEDED
    import signal

    return returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def is_removable(root: str) -> bool:
    """Whether Windows calls a drive (`E:/`) removable: a stick or a card, and no second part of the disk."""
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == 2)  # DRIVE_REMOVABLE
    return False


def sync_folder(path: Path) -> None:
    """Make a rename in this folder survive a power cut; Windows offers no such call and needs none on NTFS."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(source: Path, target: Path, *, patience: float = 10.0) -> None:
    """Rename over `target` and make it last; waits up to `patience` seconds while a virus scanner holds the file."""
    give_up, pause = time.monotonic() + patience, 0.02
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            if time.monotonic() + pause > give_up:
                raise
            time.sleep(pause)
            pause = min(pause * 2, 1.0)
    sync_folder(target.parent)


def machine_id() -> str:
    """A fingerprint of this installation of the operating system (32 hex digits), the same every time; "" if unknown.

    It is hashed, so that the number other programs use to recognise the machine never leaves it.
    """
    raw = ""
    if sys.platform == "win32":
        import winreg

        try:
            place, wish = r"SOFTWARE\Microsoft\Cryptography", winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, wish) as key:
                raw = str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    elif sys.platform == "darwin":
        try:
            command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
            answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return ""
        raw = next((line.split('"')[3] for line in answer.splitlines() if "IOPlatformUUID" in line), "")
    else:
        for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
            try:
                raw = Path(place).read_text("ascii").strip()
            except (OSError, UnicodeDecodeError):
                continue
            if raw:
                break
    return hashlib.sha256(f"saha machine {raw}".encode()).hexdigest()[:32] if raw else ""


def stay_awake(on: bool) -> bool:
    """Tell a system that takes the wish by a call (Windows, for this thread); False where a program must hold it."""
    if sys.platform != "win32":
        return False
    # ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED
    wish = 0x80000000 | 0x1 | 0x2 if on else 0x80000000
    return bool(ctypes.windll.kernel32.SetThreadExecutionState(wish))


def awake_commands(reason: str) -> list[list[str]]:
    """Programs that keep the machine awake until their input ends, the better first."""
    if sys.platform == "win32":
        return []
    if sys.platform == "darwin":
        return [["/usr/bin/caffeinate", "-di", "/bin/cat"]]
    return [
        ["gnome-session-inhibit", "--inhibit", "idle:suspend", "--reason", reason, "cat"],
        ["systemd-inhibit", "--what=idle:sleep", "--who=Sahə", f"--why={reason}", "cat"],
    ]


def show_in_folder(path: Path) -> bool:
    """Open the folder of `path` in the system's file window; False if there is no such program."""
    if sys.platform == "win32":
        command = ["explorer", "/select,", str(path)]
    elif sys.platform == "darwin":
        command = ["open", "-R", str(path)]
    else:
        command = ["xdg-open", str(path.parent)]
    try:
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a device, not a file of ours
            subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    except OSError:
        return False
    return True


if sys.platform == "win32":

    def _limit_by_job(memory_bytes: int, cpu_seconds: int) -> None:
        from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p

        class Limits(ctypes.Structure):  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
            _fields_ = (
                ("process_time", c_int64), ("job_time", c_int64), ("flags", c_uint32),
                ("min_working_set", c_size_t), ("max_working_set", c_size_t), ("processes", c_uint32),
                ("affinity", c_size_t), ("priority", c_uint32), ("scheduling", c_uint32),
                ("io", c_uint64 * 6), ("process_memory", c_size_t), ("job_memory", c_size_t),
                ("peak_process", c_size_t), ("peak_job", c_size_t),
            )  # fmt: skip

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = c_void_p
        kernel.GetCurrentProcess.restype = c_void_p
        limits = Limits(
            process_time=cpu_seconds * 10_000_000,
            flags=0x2 | 0x8 | 0x100 | 0x400 | 0x2000,  # time, processes, memory, die on fault, die with the job
            processes=1,
            process_memory=memory_bytes,
        )
        job = c_void_p(kernel.CreateJobObjectW(None, None))
        done = job.value and kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        if not done or not kernel.AssignProcessToJobObject(job, c_void_p(kernel.GetCurrentProcess())):
            raise OSError(ctypes.get_last_error(), "job object")
