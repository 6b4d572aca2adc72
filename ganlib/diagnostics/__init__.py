r"""Read a run and name what is wrong with it: from records, samples and both networks.

Loop over ``case.follow(train(...), gan)`` and ask ``case.diagnose(gan)``. The judges
know neither the loss nor where the modes are; they compare the generator's samples with
data, ask for the slope that reaches the generator, and, in doubt, let a copy of the
discriminator learn on against a generator that stands still.
"""

from ganlib.diagnostics.case import NUM_REAL, CaseFile
from ganlib.diagnostics.judges import Judge, ranking
from ganlib.diagnostics.probes import generator_signal, patience
from ganlib.diagnostics.symptoms import Symptoms, symptoms_of
from ganlib.diagnostics.verdict import STATES, Diagnosis, diagnose, treated_in

__all__ = [
    "NUM_REAL",
    "STATES",
    "CaseFile",
    "Diagnosis",
    "Judge",
    "Symptoms",
    "diagnose",
    "generator_signal",
    "patience",
    "ranking",
    "symptoms_of",
    "treated_in",
]
