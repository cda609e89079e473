"""Made-up households in two address books: who shares what with whom, as it is among people.

Relatives share the family name, the street, the telephone line and sometimes an e-mail address;
twins the day of birth; some fathers and sons the whole name. The second book holds part of the
first's people again, as somebody else wrote them down years later: with slips, swapped names, new
numbers, new streets, married names, and without what that somebody never knew.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
        family = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()
        if chance.random() < 0.2:
            family = chance.choice(COMMON)
        line = self._phone()
        shared = {
            "family": family,
            "street": self._street(),
            "town": chance.choice(TOWNS),
            "postcode": f"{chance.randrange(10000, 99999)}",
        }
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
                    for number, has in ((line, 0.7), (self._phone(), 0.7))
                    if chance.random() < has
                ),
                **shared,
            )

    def again(self, contact: Contact) -> Contact:
        """The same person as another book has it."""
        chance = self.chance
        seen = contact
        if chance.random() < 0.15:
            seen = replace(seen, given=self.slip(seen.given))
        if chance.random() < 0.12:
            seen = replace(seen, family=self.slip(seen.family))
        if chance.random() < 0.05:
            seen = replace(seen, given=contact.given[0])
        if chance.random() < 0.03:
            seen = replace(seen, family="".join(chance.choices(SYLLABLES, k=2)).capitalize())
        if chance.random() < 0.04:
            seen = replace(seen, given=seen.family, family=seen.given)
        if chance.random() < 0.5:
            seen = replace(seen, suffix="")
        if chance.random() < 0.5:
            seen = replace(seen, birth=None)
        elif seen.birth and chance.random() < 0.06:
            seen = replace(seen, birth=seen.birth + timedelta(chance.choice((1, -1, 10, 365))))
        if chance.random() < 0.15:
            seen = replace(seen, phones=(self._phone(),))
        if chance.random() < 0.2:
            seen = replace(seen, email="")
        elif chance.random() < 0.1:
            seen = replace(seen, email=f"new{seen.email}")
        if chance.random() < 0.15:
            seen = replace(
                seen,
                street=self._street(),
                town=chance.choice(TOWNS),
                postcode=f"{chance.randrange(10000, 99999)}",
            )
        elif chance.random() < 0.2:
            seen = replace(seen, street="", town="", postcode="")
        return seen

    def slip(self, word: str) -> str:
        """One letter left out, doubled, swapped with the next, or another."""
        at = self.chance.randrange(1, max(len(word), 2))
        kind = self.chance.randrange(4)
        if kind == 0 and len(word) > 3:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at - 1] + word[at:]
        if kind == 2 and at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + self.chance.choice("aeioutrns") + word[at + 1 :]

    def _street(self) -> str:
        way = self.chance.choice(("Street", "Road", "Lane", "Way"))
        return f"{self.chance.randrange(1, 240)} {self.chance.choice(STREETS)} {way}"

    def _phone(self) -> str:
        return f"+1614{self.chance.randrange(2000000, 9999999)}"


def two_books(seed: int, size: int, shared: int) -> tuple[list[Contact], list[Contact]]:
    """Two lists of `size` contacts, `shared` people of the first again in the second; relatives
    of people in the one may be in the other."""
    households = Households(seed)
    everyone = households.make(2 * size - shared + size // 4)
    households.chance.shuffle(everyone)
    first = everyone[:size]
    again = [households.again(contact) for contact in first[:shared]]
    second = again + everyone[size : 2 * size - shared]
    households.chance.shuffle(second)
    return first, second
