"""Two address books with people in both, as somebody else wrote them down, perhaps years later."""

from dataclasses import dataclass, replace
from datetime import timedelta

from benches.households import Contact, Households


@dataclass(frozen=True)
class Changes:
    """How often the second book has something else of a person, from 0 to 1.

    unknown_*: it has nothing. A slip is one letter left out, doubled, swapped or another; an
    initial the first letter of the given name; names are swapped where they stand in each other's
    column.
    """

    given_slip: float
    family_slip: float
    swapped: float
    phones: float
    initial: float = 0
    family: float = 0
    birth: float = 0
    email: float = 0
    address: float = 0
    unknown_suffix: float = 0.5
    unknown_birth: float = 0.5
    unknown_email: float = 0.2
    unknown_address: float = 0.2


KEPT_TWICE = Changes(given_slip=0.25, family_slip=0.25, swapped=0.1, phones=0.4, unknown_address=0)
"""The same people kept in two tools, one of them badly: the address is left to know them by."""

YEARS_LATER = Changes(
    given_slip=0.15,
    family_slip=0.12,
    swapped=0.04,
    phones=0.15,
    initial=0.05,
    family=0.03,
    birth=0.06,
    email=0.1,
    address=0.15,
)
"""They have moved, married and changed their mailbox as well."""


@dataclass(frozen=True)
class SecondBook:
    households: Households
    changes: Changes

    def again(self, contact: Contact) -> Contact:
        """The same person as this book has it."""
        made, changes = self.households, self.changes
        seen = contact
        if self.happens(changes.given_slip):
            seen = replace(seen, given=self.slip(seen.given))
        if self.happens(changes.family_slip):
            seen = replace(seen, family=self.slip(seen.family))
        if self.happens(changes.initial):
            seen = replace(seen, given=contact.given[0])
        if self.happens(changes.family):
            seen = replace(seen, family=made.family())
        if self.happens(changes.swapped):
            seen = replace(seen, given=seen.family, family=seen.given)
        if self.happens(changes.unknown_suffix):
            seen = replace(seen, suffix="")
        if self.happens(changes.unknown_birth):
            seen = replace(seen, birth=None)
        elif seen.birth and self.happens(changes.birth):
            days = made.chance.choice((1, -1, 10, 365))
            seen = replace(seen, birth=seen.birth + timedelta(days))
        if self.happens(changes.phones):
            seen = replace(seen, phones=(made.phone(),))
        if self.happens(changes.unknown_email):
            seen = replace(seen, email="")
        elif self.happens(changes.email):
            seen = replace(seen, email=f"new{seen.email}")
        if self.happens(changes.address):
            seen = replace(seen, **made.address())
        elif self.happens(changes.unknown_address):
            seen = replace(seen, street="", town="", postcode="")
        return seen

    def happens(self, often: float) -> bool:
        return self.households.chance.random() < often

    def slip(self, word: str) -> str:
        """One letter left out, doubled, swapped with the next, or another."""
        chance = self.households.chance
        at = chance.randrange(1, max(len(word), 2))
        kind = chance.randrange(4)
        if kind == 0 and len(word) > 3:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at - 1] + word[at:]
        if kind == 2 and at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + chance.choice("aeioutrns") + word[at + 1 :]


def two_books(
    seed: int, size: int, shared: int, changes: Changes = YEARS_LATER
) -> tuple[list[Contact], list[Contact]]:
    """Two lists of `size` contacts, `shared` people of the first again in the second; relatives
    of people in the one may be in the other."""
    households = Households(seed)
    second_book = SecondBook(households, changes)
    everyone = households.make(2 * size - shared + size // 4)
    households.chance.shuffle(everyone)
    first = everyone[:size]
    again = [second_book.again(contact) for contact in first[:shared]]
    second = again + everyone[size : 2 * size - shared]
    households.chance.shuffle(second)
    return first, second
