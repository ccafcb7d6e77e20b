"""Tests of convolab.authoring."""
