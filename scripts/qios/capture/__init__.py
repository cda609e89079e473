"""Capture: words are taken in, a route proposes where they belong, a person hands them over.

What is captured waits in qiaccess and in the review queue. Handing it over makes the record in the
schema that owns its meaning, and empties the capture: QiAccess keeps that something came in, and
where it went, never what it said.
"""
