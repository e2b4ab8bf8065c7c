"""The desk as the web server runs it: `python -m claimbook.app.served FOLDER`."""

import sys
from pathlib import Path

from claimbook.app.app import Desk
from claimbook.text import visible


def main() -> None:
    """Run the desk on the folder that is named."""
    desk = Desk(Path(sys.argv[1]))
    desk.run()
    if desk.parting:
        sys.stderr.write(f"{visible(desk.parting)}\n")
    sys.exit(desk.return_code)


if __name__ == "__main__":
    main()
