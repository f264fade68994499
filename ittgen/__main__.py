"""`python -m ittgen` is `ittgen`."""

from ittgen.cli import main

if __name__ == "__main__":
    main()
