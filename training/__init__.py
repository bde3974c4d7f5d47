"""How the reader's weights were made: data, training, calibration and their figures."""
