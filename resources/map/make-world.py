#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes world-110m.txt, the outlines of the world map.

They are those of Natural Earth (https://www.naturalearthdata.com/, 1:110m, public domain), as the npm package
world-atlas 2.0.2 (ISC) carries them in TopoJSON:

    npm pack world-atlas@2.0.2   # sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==
    tar xzf world-atlas-2.0.2.tgz
    resources/map/make-world.py package/countries-110m.json > resources/map/world-110m.txt

A line of the result is an outline: its kind (L: land, a closed ring; B: a border between two countries), then the first
point and the steps from each point to the next one, in hundredths of a degree, longitude before latitude.
"""
import json
import sys


def decoded(topology):
    """The arcs as lists of points in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx) * 100), round((y * sy + ty) * 100)))
        arcs.append(points)
    return arcs


def joined(ring, arcs):
    points = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def line(kind, points):
    x, y = points[0]
    steps = [f"{x} {y}"]
    for nx, ny in points[1:]:
        if (nx, ny) != (x, y):
            steps.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
    return kind + " " + " ".join(steps)


def rings(geometry):
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
    for part in geometry.get("geometries", []):
        yield from rings(part)


def copies(points):
    """The ring unrolled where it crosses the antimeridian, with a copy on the map's other side."""
    xs, ys = [points[0][0]], [y for _, y in points]
    if min(ys) < -6000:  # Antarctica goes around the pole, along the map's edge
        return [points]
    for (x, _), (nx, _) in zip(points, points[1:]):
        step = nx - x
        xs.append(xs[-1] + step - 36000 * round(step / 36000))
    unrolled = list(zip(xs, ys))
    shift = -36000 if max(xs) > 18000 else 36000 if min(xs) < -18000 else 0
    return [unrolled] + ([[(x + shift, y) for x, y in unrolled]] if shift else [])


topology = json.load(open(sys.argv[1], encoding="utf-8"))
arcs = decoded(topology)
for ring in rings(topology["objects"]["land"]):
    for outline in copies(joined(ring, arcs)):
        print(line("L", outline))
uses = {}
for geometry in topology["objects"]["countries"]["geometries"]:
    for ring in rings(geometry):
        for number in ring:
            uses[max(number, ~number)] = uses.get(max(number, ~number), 0) + 1
for number, count in sorted(uses.items()):
    if count > 1:
        print(line("B", arcs[number]))
