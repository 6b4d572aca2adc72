"""Every test runs on one thread: small networks are slower with more."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import torch

torch.set_num_threads(1)
