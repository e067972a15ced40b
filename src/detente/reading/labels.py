"""Words by which the label of a speaker is told from other words before a colon."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles and roles: a label with one of them is a speaker's.
TITLES: Final = _words(
    """
    mr mrs ms miss dr sir madam president vice premier chancellor minister secretary ambassador senator
    governor mayor representative congressman congresswoman general admiral colonel commander captain king
    queen prince princess director spokesperson spokesman spokeswoman moderator chairman chairwoman chair
    commissioner administrator official participant host interpreter operator reporter journalist questioner
    question speaker leader chief advisor adviser lady under deputy assistant prime foreign state high judge
    justice professor prof rev pope audience aide staff attorney surgeon acting counselor counsellor consul
    envoy sheikh emir sultan
    """
)
# Labels of fact sheets, advisories and articles, and words that sentences begin with.
NOT_SPEAKERS: Final = _words(
    """
    who what when where why how note notes contact contacts subject date time location venue from to re cc
    fact facts background summary update updated correction context source sources photo caption read
    related watch listen video first second third fourth finally next also look remember example warning
    disclaimer title section email phone tel fax website attachment reply answer annex agenda overview
    conclusion results result objective objectives key highlights details tags topics published author
    editor editors by embargo release issued total deadline address yes no so and but or well okay now here
    there this that these those again see our my your his her their its we i you it he she they a an one
    today yesterday tomorrow bottom
    in on at for as if with under after before
    """
)
# Those of them that are surnames too, before a given name ("He Jun", "An Min").
SURNAMES: Final = _words("he she you an so no")
# Words of a name that may be in small letters.
SMALL: Final = _words("de la da do dos van von der den al el bin ibn of the and du di le")
