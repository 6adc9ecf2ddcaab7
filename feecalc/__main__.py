"""`python -m feecalc` is `feecalc`."""

from feecalc.cli.main import main

main()
