"""Draw the sample newsroom's pictures.

    python -m dateline.demo.pictures.draw [NAME...]

Each picture is composed as SVG by a function of the scenes below, rasterised by Chromium and kept as WebP beside
this file. With names, only those are drawn. It needs Pillow, and a Chromium on the PATH or named in CHROMIUM.
The pictures are committed: nobody needs to run this but who changes one.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from . import charts, land, maps, rooms, sea

HERE = Path(__file__).parent
SCENES = {**sea.SCENES, **land.SCENES, **rooms.SCENES, **maps.SCENES, **charts.SCENES}
LARGEST = 92_000  # bytes
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
)


def rasterise(svg: str, width: int, height: int) -> Image.Image:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("No Chromium was found. Put one on the PATH, or name it in CHROMIUM.")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(f'<!doctype html><meta charset="utf-8"><style>*{{margin:0}}</style>{svg}', "utf-8")
        # A little higher than the picture: a headless window keeps some of its height for itself.
        window = f"--window-size={width},{height + 200}"
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile", window, f"--screenshot={shot}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
        return Image.open(shot).convert("RGB").crop((0, 0, width, height))


def keep(name: str, image: Image.Image) -> int:
    """As WebP, at the best quality up to 80 that stays small enough."""
    for quality in (80, 74, 68, 60, 52, 44):
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= LARGEST:
            break
    (HERE / f"{name}.webp").write_bytes(buffer.getvalue())
    return buffer.tell()


def main(names: list[str]) -> None:
    for name in names or SCENES:
        svg, width, height = SCENES[name]()
        size = keep(name, rasterise(svg, width, height))
        print(f"{name}.webp  {width} x {height}  {size // 1000} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
