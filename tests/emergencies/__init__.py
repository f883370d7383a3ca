"""Tests of backend.emergencies."""
