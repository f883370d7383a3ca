"""Tests of backend.mass_harm."""
