"""Align coded rows with a data set the user already has."""
