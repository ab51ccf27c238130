"""The segmentation network: which of up to three voices speak in each frame of a ten-second window.

A small definition of PyanNet (Bredin, 2023, "pyannote.audio 2.1 speaker diarization pipeline") with powerset
classes (Plaquet and Bredin, 2023, "Powerset multi-class cross entropy loss"), for the weights of
segmentation-3.0.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nn
from numpy.typing import NDArray

RATE = 16_000
WINDOW = 10 * RATE
FRAME_STEP = 270  # samples: the strides of convolution and pooling multiplied, 10 x 3 x 3 x 3
FRAME_WIDTH = 991  # samples that one frame sees
FRAMES = 589
VOICES = 3
# The classes: nobody, each voice, each pair of voices.
CLASSES = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], np.uint8)
LOWEST_HZ, NARROWEST_HZ = 50.0, 50.0
KERNEL = 251


class Segmentation:
    """Frozen; windows of 160,000 samples at 16 kHz in, activity out."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._state = {name: value for name, value in state.items() if not name.startswith("lstm.")}
        self._filters = sinc_filters(
            state["sincnet.conv1d.0.filterbank.low_hz_"], state["sincnet.conv1d.0.filterbank.band_hz_"]
        )
        self._recurrent: Any = torch.nn.LSTM(60, 128, num_layers=4, bidirectional=True, batch_first=True)
        self._recurrent.load_state_dict(
            {name[len("lstm.") :]: value for name, value in state.items() if name.startswith("lstm.")}
        )
        self._recurrent.eval()

    def activity(self, windows: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Whether each local voice speaks, shape (windows, 589 frames, 3); ``windows`` is (n, 160000)."""
        with torch.inference_mode():
            classes = self._scores(torch.from_numpy(windows)).argmax(dim=-1).numpy()
        return np.asarray(CLASSES[classes], np.uint8)

    def _scores(self, samples: Any) -> Any:
        hidden = self._normalised(samples[:, None], "wav_norm1d")
        hidden = nn.conv1d(hidden, self._filters, stride=10).abs_()
        hidden = nn.leaky_relu(self._normalised(nn.max_pool1d(hidden, 3), "norm1d.0"))
        for layer in (1, 2):
            weight, bias = self._pair(f"sincnet.conv1d.{layer}")
            hidden = nn.max_pool1d(nn.conv1d(hidden, weight, bias), 3)
            hidden = nn.leaky_relu(self._normalised(hidden, f"norm1d.{layer}"))
        hidden, _ = self._recurrent(hidden.transpose(1, 2))
        for layer in (0, 1):
            hidden = nn.leaky_relu(nn.linear(hidden, *self._pair(f"linear.{layer}")))
        return nn.linear(hidden, *self._pair("classifier"))

    def _normalised(self, hidden: Any, name: str) -> Any:
        weight, bias = self._pair(f"sincnet.{name}")
        return nn.instance_norm(hidden, weight=weight, bias=bias)

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self._state[f"{name}.weight"], self._state[f"{name}.bias"]


def sinc_filters(low_hz: Any, band_hz: Any) -> Any:
    """Band passes, 40 even and 40 odd ones, shape (80, 1, 251): Ravanelli and Bengio, 2018, "SincNet".

    An ideal band pass from ``low`` to ``high`` under a Hamming window, divided by twice its width in Hz.
    """
    low = LOWEST_HZ + low_hz.abs().double().numpy()
    high = np.clip(low + NARROWEST_HZ + band_hz.abs().double().numpy(), LOWEST_HZ, RATE / 2)
    time = np.arange(-(KERNEL // 2), KERNEL // 2 + 1) / RATE
    phase, middle = 2 * np.pi * time, KERNEL // 2
    with np.errstate(invalid="ignore"):
        even = (np.sin(phase * high) - np.sin(phase * low)) / (phase / 2)
        odd = (np.cos(phase * low) - np.cos(phase * high)) / (phase / 2)
    even[:, middle], odd[:, middle] = 2 * (high - low)[:, 0], 0.0
    filters = np.concatenate([even, odd]) * np.hamming(KERNEL) / np.tile(2 * (high - low), (2, 1))
    return torch.from_numpy(filters.astype(np.float32))[:, None]


def frame_ms(frame: float) -> float:
    """Middle of a frame, ms from its window's start."""
    return (frame * FRAME_STEP + FRAME_WIDTH / 2) * 1000 / RATE
