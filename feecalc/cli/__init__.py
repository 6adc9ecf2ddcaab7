"""What does a user type? One module for each family of commands: parse, call, render. Only here: clock, terminal, environment."""
