"""Made-up households: who shares what with whom, as it is among people.

Relatives share the family name, the street, the telephone line and sometimes an e-mail address;
twins the day of birth; some fathers and sons the whole name.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta


def _words(text: str) -> list[str]:
    return text.split()


SYLLABLES = _words(
    """
    ka ro mi len dor sha vin tal be no wes hol gar pet lin mar ste bro cal fen hu jas kel lor
    nor os ran sim
    """
)
GIVEN = _words(
    """
    Anna Hanna Jan Jana Maria Mario Oliver Olivia Emma Emily Liam Noah Nora James Jane John
    Joan Robert Roberta Ada Ida Paul Paula Daniel Daniela Eric Erica Carl Carla Martin Martina
    Louis Louise George Georgia Simon Simone Frank Franka Peter Petra Tim Tom Susan Susanna
    Eva Evan Zoë Chloë José Josefa Lucas Lucia Michael Michelle Thomas Helen Helena Victor
    Victoria Alex Alexa
    """
)
COMMON = _words(
    """
    Smith Jones Brown Taylor Wilson Evans Thomas Roberts Walker Wright Robinson Thompson White
    Hughes Edwards Green Hall Wood Harris Lewis
    """
)
STREETS = _words("Oak Mill Church Station Harbour Park Lake Hill Garden Bridge")
TOWNS = _words("Ashford Bexley Corby Dover Epsom Frome Goole Hexham Ilkley Jarrow")
BORN = 0.7
"""How many contacts have a day of birth: of a father and a son of one name often neither has."""
MAILERS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True)
class Contact:
    """person: the number of who it really is."""

    person: int
    given: str
    family: str
    suffix: str = ""
    birth: date | None = None
    email: str = ""
    phones: tuple[str, ...] = ()
    street: str = ""
    town: str = ""
    postcode: str = ""
    company: str = ""


@dataclass
class Households:
    """seed: the same gives the same contacts. people: how many there are by now."""

    seed: int
    chance: random.Random = field(init=False)
    people: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 made-up people, no secrets

    def make(self, number: int) -> list[Contact]:
        """At least so many people, by whole households."""
        made: list[Contact] = []
        while len(made) < number:
            made += self._household()
        return made

    def _household(self) -> Iterator[Contact]:
        chance = self.chance
        family = self.family(chance.choice((2, 2, 3)))
        if chance.random() < 0.2:
            family = chance.choice(COMMON)
        line = self.phone()
        shared = {"family": family, **self.address()}
        mailbox = f"{family.lower()}{chance.randrange(100)}@{chance.choice(MAILERS)}"
        parents = [
            date(1950, 1, 1) + timedelta(chance.randrange(14000))
            for _ in range(chance.choice((1, 2, 2)))
        ]
        children = [
            parents[0] + timedelta(9000 + chance.randrange(5000))
            for _ in range(chance.choice((0, 0, 1, 2, 3)))
        ]
        if children and chance.random() < 0.08:
            children.append(children[0])  # twins
        names = chance.sample(GIVEN, len(parents) + len(children))
        suffixes = [""] * len(names)
        if children and chance.random() < 0.02:
            names[len(parents)] = names[0]  # named after the father
            suffixes[0], suffixes[len(parents)] = chance.choice(
                (("Sr.", "Jr."), ("", "Jr."), ("", ""))
            )
        for given, suffix, born in zip(names, suffixes, parents + children, strict=True):
            self.people += 1
            own = f"{given}.{family}{chance.randrange(1000)}@{chance.choice(MAILERS)}".lower()
            own = own.encode("ascii", "ignore").decode()
            yield Contact(
                self.people,
                given,
                suffix=suffix,
                birth=born if chance.random() < BORN else None,
                email=mailbox if chance.random() < 0.25 else own,
                phones=tuple(
                    number
                    for number, has in ((line, 0.7), (self.phone(), 0.7))
                    if chance.random() < has
                ),
                **shared,
            )

    def family(self, syllables: int = 2) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=syllables)).capitalize()

    def address(self) -> dict[str, str]:
        chance = self.chance
        way = chance.choice(("Street", "Road", "Lane", "Way"))
        return {
            "street": f"{chance.randrange(1, 240)} {chance.choice(STREETS)} {way}",
            "town": chance.choice(TOWNS),
            "postcode": f"{chance.randrange(10000, 99999)}",
        }

    def phone(self) -> str:
        return f"+1614{self.chance.randrange(2000000, 9999999)}"
