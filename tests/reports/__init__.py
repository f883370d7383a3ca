"""Tests of backend.reports."""
