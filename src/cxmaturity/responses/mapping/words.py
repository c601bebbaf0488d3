"""The words by which columns and labels of survey tools are known, in the languages that they speak.

LimeSurvey's and Microsoft's headings follow the interface language of who exports, Google's that of the form.
"""

from __future__ import annotations

from typing import Final

from cxmaturity.responses.mapping.texts import plain_words


def _words(*words: str) -> frozenset[str]:
    """Words in the form in which they are compared."""
    return frozenset(plain_words(word) for word in words)


TIMESTAMPS: Final = _words(
    "timestamp",
    "sygnatura czasowa",
    "marca temporal",
    "informazioni cronologiche",
    "marcaj de timp",
    "marcă temporală",
    "zeitstempel",
    "horodateur",
    "carimbo de data hora",
    "tijdstempel",
)
"""Google Forms: when an answer was sent."""

RESPONDENTS: Final = _words(
    "id",
    "responseid",
    "response id",
    "respondent",
    "respondent id",
    "participant id",
    "id răspuns",
    "id odpowiedzi",
    "id de respuesta",
    "id risposta",
    "antwort id",
    "recordid",
)
STARTS: Final = _words(
    "start time",
    "startdate",
    "start date",
    "date started",
    "started at",
    "ora de începere",
    "ora de început",
    "data începerii",
    "godzina rozpoczęcia",
    "data rozpoczęcia",
    "hora de inicio",
    "fecha de inicio",
    "ora di inizio",
    "data di inizio",
    "startzeit",
    "datum gestartet",
)
ENDS: Final = _words(
    "completion time",
    "end time",
    "enddate",
    "end date",
    "date submitted",
    "submitdate",
    "submitted at",
    "ora finalizării",
    "data trimiterii",
    "godzina ukończenia",
    "data wysłania",
    "hora de finalización",
    "fecha de envío",
    "ora di completamento",
    "data invio",
    "fertigstellungszeit",
    "datum abgeschickt",
)
DURATIONS: Final = _words(
    "duration", "duration in seconds", "total time", "interviewtime", "time taken seconds", "seconds"
)
IGNORED: Final = _words(
    # who answered: not to be read, so that nobody can be named
    "email",
    "email address",
    "e mail",
    "name",
    "first name",
    "last name",
    "username",
    "token",
    "access code",
    "ip address",
    "ipaddress",
    "recipient email",
    "recipientemail",
    "recipientfirstname",
    "recipientlastname",
    "recipient first name",
    "recipient last name",
    "external data reference",
    "externaldatareference",
    "externalreference",
    "location latitude",
    "location longitude",
    "locationlatitude",
    "locationlongitude",
    "adresă de e mail",
    "adresa de e mail",
    "nume",
    "adres e mail",
    "nazwa",
    "correo electrónico",
    "dirección de correo electrónico",
    "nombre",
    "posta elettronica",
    "indirizzo email",
    "nome",
    # how the tool went along
    "last page",
    "lastpage",
    "start language",
    "startlanguage",
    "seed",
    "datestamp",
    "date last action",
    "refurl",
    "referrer url",
    "last modified time",
    "language",
    "progress",
    "finished",
    "recorded date",
    "recordeddate",
    "distribution channel",
    "distributionchannel",
    "user language",
    "userlanguage",
    "q recaptchascore",
    "ultima pagină",
    "limba de start",
    "ostatnia strona",
    "początkowy język",
    "última página",
    "lenguaje inicial",
    "ultima pagina",
    "lingua iniziale",
    "letzte seite",
    "start sprache",
    "semilla",
    "seme",
    "total points",
    "quiz feedback",
)
"""What is not needed; the first group must not be read at all."""

LIMESURVEY: Final = _words(
    "response id",
    "last page",
    "lastpage",
    "start language",
    "startlanguage",
    "seed",
    "submitdate",
    "date submitted",
    "id răspuns",
    "ultima pagină",
    "limba de start",
    "id odpowiedzi",
    "ostatnia strona",
    "początkowy język",
    "id de respuesta",
    "última página",
    "lenguaje inicial",
    "id risposta",
    "ultima pagina",
    "lingua iniziale",
    "antwort id",
    "letzte seite",
    "start sprache",
)
"""Two of these make a LimeSurvey export."""

ATTRIBUTES: Final = {
    "role": _words("role", "rol", "rolul", "rola", "ruolo", "position", "funcția", "stanowisko", "puesto"),
    "department": _words("department", "departament", "departamentul", "dział", "departamento", "reparto"),
    "country": _words("country", "țara", "țară", "kraj", "país", "paese"),
    "tenure": _words("tenure", "vechime", "vechimea", "staż", "staż pracy", "antigüedad", "anzianità"),
    "wave": _words("wave", "val", "fala", "ola", "ondata"),
}
NOTES: Final = _words(
    "comment", "comments", "note", "comentariu", "komentarz", "comentario", "commento", "kommentar"
)

STATES: Final = {
    "dont-know": _words(
        "don t know",
        "dont know",
        "do not know",
        "i don t know",
        "i do not know",
        "not sure",
        "nu știu",
        "nie wiem",
        "no sé",
        "no lo sé",
        "non so",
        "non lo so",
        "weiß nicht",
    ),
    "n/a": _words(
        "not applicable",
        "does not apply",
        "n a",
        "nu se aplică",
        "nu este cazul",
        "nie dotyczy",
        "no aplica",
        "no procede",
        "non applicabile",
        "non pertinente",
        "trifft nicht zu",
    ),
    "unanswered": _words(
        "no answer", "fără răspuns", "brak odpowiedzi", "sin respuesta", "nessuna risposta", "keine antwort"
    ),
}
YES: Final = _words(
    "yes", "y", "true", "1", "ticked", "checked", "selected", "da", "tak", "sí", "si", "sì", "ja"
)
TICKS: Final = (
    ("Yes", "No"),
    ("Y", "N"),
    ("TRUE", "FALSE"),
    ("1", "0"),
    ("Da", "Nu"),
    ("Tak", "Nie"),
    ("Sí", "No"),
    ("Sì", "No"),
    ("Ja", "Nein"),
)
"""What tools write of an option that is ticked, and of one that is not: who writes one, writes the other."""
NO: Final = _words("no", "n", "false", "0", "not selected", "nu", "nie", "nein")
PREVIEWS: Final = ("Survey Preview", "Survey Test")
"""What Qualtrics writes under ``Status`` of rows that no respondent answered."""
PREVIEW_CODES: Final = ("1", "2", "9", "17")
"""The same where values are exported as numbers: preview, test, preview marked as spam, preview offline."""

COMMON: Final = RESPONDENTS.union(STARTS, ENDS, DURATIONS, IGNORED, *ATTRIBUTES.values())
"""What a column may be called for other reasons than that a question has this id."""
