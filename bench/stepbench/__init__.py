"""Measures step-shell and step-server beside their peers, and writes what was found into docs/PERFORMANCE.md."""
