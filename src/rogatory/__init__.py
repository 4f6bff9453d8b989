"""Rogatory: the software with which States run the United Nations Convention against Cybercrime."""

__version__ = "0.1.0"
