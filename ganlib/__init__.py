"""The package behind *The Forger and the Detective*.

Importing it defines nothing but the version; every room is imported by its own name,
``from ganlib import losses``, so that a reader who wants one pays for one.
"""

__version__ = "0.1.0"
