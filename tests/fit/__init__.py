"""Fits the models of src/models: `python -m fit --help`, see README.md."""
