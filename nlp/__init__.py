"""Speech and text models: plain values in, plain values out."""
