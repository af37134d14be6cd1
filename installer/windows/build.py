"""Lays out the Windows program and makes its installer, on Linux or Windows: `installer/windows/build.py --help`.

Downloads only the wheels of the lock. The Windows interpreter is not on any registry of ours: a person fetches the
"Windows embeddable package (64-bit)" of python.org and names it. Nothing here runs a Windows program.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from environment import LOCKS, PYTHON, ROOT, prepare  # noqa: E402

# Of the Qt wheel: tools for developers, and what only Qt Quick uses. The program loads none of it.
NOT_SHIPPED = (
    "PySide6/*.exe",
    "PySide6/qml",
    "PySide6/include",
    "PySide6/typesystems",
    "PySide6/glue",
    "PySide6/doc",
    "bin",
)

SAHA_CMD = '@echo off\r\n"%~dp0python\\python.exe" -m app.main %*\r\n'
PRACTICE_CMD = (
    "@echo off\r\n"
    "rem The window on made-up data, which lie beside the person's own and are marked.\r\n"
    "set SAHA_PASSPHRASE=practice\r\n"
    'set "PRACTICE=%LOCALAPPDATA%\\Saha-practice"\r\n'
    'if not exist "%PRACTICE%\\office" "%~dp0python\\python.exe" -m app.main demo "%PRACTICE%" || exit /b 1\r\n'
    'start "" "%~dp0python\\pythonw.exe" -m app.main gui --store "%PRACTICE%\\office"\r\n'
)


def main() -> None:
    """Lay out, and make the installer when an interpreter is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="python-3.N.N-embed-amd64.zip from python.org")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "windows", help="where to (default: dist/windows)")
    parser.add_argument("--minor", type=int, default=13, help="3.N of the wheels when no interpreter is named")
    parser.add_argument("--layout-only", action="store_true", help="do not call makensis")
    options = parser.parse_args()

    minor = interpreter_minor(options.python) if options.python else options.minor
    layout = options.out / "Saha"
    shutil.rmtree(layout, ignore_errors=True)
    lay_out(layout, minor)
    if options.python:
        put_interpreter(options.python, layout / "python", minor)
    else:
        print("No interpreter was named: the layout is complete but for its folder `python`, and no installer is made.")
    size = sum(path.stat().st_size for path in layout.rglob("*") if path.is_file())
    print(f"{layout}: {size / 1e6:.0f} MB")
    if options.python and not options.layout_only:
        make_installer(layout, options.out)


def interpreter_minor(archive: Path) -> int:
    """3.N of an embeddable package; its own files say it, whatever the archive is called."""
    with zipfile.ZipFile(archive) as opened:
        found = [re.fullmatch(r"python3(\d+)\._pth", name) for name in opened.namelist()]
    minors = [int(match[1]) for match in found if match]
    if len(minors) != 1:
        sys.exit(f"{archive.name} is not a Windows embeddable package of Python")
    print(f"{archive.name}: sha256 {hashlib.sha256(archive.read_bytes()).hexdigest()} (compare with python.org)")
    return minors[0]


def lay_out(layout: Path, minor: int) -> None:
    """Everything but the interpreter."""
    prepare("runtime", window=False)  # for its pip
    chosen = layout.parent / f"wheels-3.{minor}.txt"
    chosen.parent.mkdir(parents=True, exist_ok=True)
    lines = [str(PYTHON), str(HERE / "choose.py"), str(LOCKS / "runtime.txt"), str(minor)]
    chosen.write_bytes(subprocess.run(lines, check=True, stdout=subprocess.PIPE).stdout)
    fetch = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    fetch += ["--require-hashes", "--only-binary=:all:", "--platform=win_amd64", "--implementation=cp"]
    fetch += [f"--python-version=3.{minor}", "--target", str(layout / "lib"), "-r", str(chosen)]
    subprocess.run(fetch, check=True)
    for pattern in NOT_SHIPPED:
        for path in (layout / "lib").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    junk = shutil.ignore_patterns("__pycache__", "*.pyc")
    for folder in ("app", "resources"):
        shutil.copytree(ROOT / folder, layout / folder, ignore=junk)
    shutil.copy(ROOT / "LICENSE", layout)
    shutil.copy(HERE.parent / "LICENCES.md", layout)
    shutil.copy(HERE / "saha.ico", layout)
    (layout / "saha.cmd").write_bytes(SAHA_CMD.encode())
    (layout / "practice.cmd").write_bytes(PRACTICE_CMD.encode())


def put_interpreter(archive: Path, folder: Path, minor: int) -> None:
    """Unpack the interpreter and tell it where the program lies; with this file it looks nowhere else."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (folder / f"python3{minor}._pth").write_text(f"python3{minor}.zip\n.\n..\\lib\n..\n", "ascii")


def make_installer(layout: Path, out: Path) -> None:
    """Compile saha.nsi over the layout."""
    if not shutil.which("makensis"):
        sys.exit("makensis is not here (Debian: apt-get install nsis; Windows: NSIS 3)")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    made = out / f"Saha-{version}-setup.exe"
    define = [f"-DLAYOUT={layout.resolve()}", f"-DOUT={made.resolve()}", f"-DVERSION={version}"]
    subprocess.run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *define, "saha.nsi"], cwd=HERE, check=True)
    print(f"{made}: {made.stat().st_size / 1e6:.0f} MB, sha256 {hashlib.sha256(made.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
