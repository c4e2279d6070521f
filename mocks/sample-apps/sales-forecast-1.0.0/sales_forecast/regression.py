"""Ordinary least squares for a handful of columns, without a library."""

from __future__ import annotations

from typing import List, NamedTuple, Sequence

Vector = Sequence[float]
Matrix = List[List[float]]


class Fit(NamedTuple):
    coefficients: List[float]
    residuals: List[float]


def least_squares(rows: Sequence[Vector], targets: Vector) -> Fit:
    """Coefficients that bring `rows` nearest to `targets`. Needs more rows than columns."""
    columns = range(len(rows[0]))
    gram = [[sum(row[i] * row[j] for row in rows) for j in columns] for i in columns]
    for i in columns:
        gram[i][i] += 1e-6  # keeps a column of zeros (a store without promotions) solvable
    inverted = inverse(gram)
    moments = [sum(row[i] * target for row, target in zip(rows, targets)) for i in columns]
    coefficients = [dot(line, moments) for line in inverted]
    residuals = [target - dot(row, coefficients) for row, target in zip(rows, targets)]
    return Fit(coefficients, residuals)


def dot(left: Vector, right: Vector) -> float:
    return sum(a * b for a, b in zip(left, right))


def inverse(matrix: Matrix) -> Matrix:
    """Gauss–Jordan elimination with the largest pivot."""
    size = len(matrix)
    work = [list(line) + [float(i == j) for j in range(size)] for i, line in enumerate(matrix)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(work[row][column]))
        work[column], work[pivot] = work[pivot], work[column]
        scale = work[column][column]
        work[column] = [cell / scale for cell in work[column]]
        for row in range(size):
            factor = work[row][column]
            if row != column and factor:
                work[row] = [cell - factor * head for cell, head in zip(work[row], work[column])]
    return [line[size:] for line in work]
