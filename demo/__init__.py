"""The demonstration: invented people and branches, personas in one click, a clock that moves."""
