"""`python -m phototagd` is the same as `phototagd`."""

from phototagd.cli import main

if __name__ == "__main__":
    main()
