"""The engine: (plan, item) -> quote. Pure: no clock, file, network, locale or environment."""
