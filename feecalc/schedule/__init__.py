"""The YAML edge: cards as published are read, checked and compiled into plans here, and nowhere else."""
