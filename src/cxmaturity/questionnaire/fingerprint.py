"""What makes a question the same one in two questionnaires: a short digest of how it is asked and scored."""

from __future__ import annotations

import hashlib
import json

from cxmaturity.questionnaire.model import Question

LENGTH = 16
"""Hexadecimal digits: 64 bits, far more than any two versions of one id need to be told apart."""


def fingerprint(question: Question) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a question's type, text and answers.

    Answers count with what each is worth, so that a reversed scale is another question. Left out is what
    changes neither what is asked nor what an answer is worth: topic, weight, roles, help and evidence. The
    weight stands beside the question in a result, and scores are put together anew where it changed.
    """
    answers = question.answers
    content = [
        answers.kind,
        question.text,
        [[option.id, option.text, option.fraction, option.exclusive] for option in answers.options],
        [[band.start, band.fraction] for band in answers.bands],
        answers.unit,
        answers.maximum,
    ]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:LENGTH]
