"""Two descriptions compared field by field: points for what agrees, against what contradicts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qios.matching import likeness
from qios.matching import weights as w
from qios.matching.party import ORGANIZATION, Address, Party
from qios.matching.rarity import UNKNOWN, Rarity

NAMES = frozenset(("given_name", "family_name", "crossed_name"))
REACHED = frozenset(("email", "phone", "street_address", "postal_code", "locality"))


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what either side says, how alike it is from 0 to 1, and the points of that."""

    field: str
    left: str
    right: str
    similarity: float
    points: float

    def as_dict(self) -> dict[str, object]:
        """As it is stored: what several fields say together has no sides."""
        sides = {
            "left": self.left,
            "right": self.right,
            "similarity": round(self.similarity, 3),
        }
        told = sides if self.left or self.right else {}
        return {"field": self.field, **told, "points": self.points}


@dataclass(frozen=True, slots=True)
class Comparison:
    """points: the sum over the fields. What only one side tells is no field."""

    fields: tuple[Compared, ...]
    points: float

    @property
    def score(self) -> float:
        """The points as a likelihood from 0 to 1, .5 where a person begins to be asked."""
        return round(1 / (1 + 2 ** (w.REVIEW - self.points)), 4)

    @property
    def explanation(self) -> list[dict[str, object]]:
        return [compared.as_dict() for compared in self.fields]


def compare(left: Party, right: Party, rarity: Rarity = UNKNOWN) -> Comparison:
    """Compare two of one kind. compare(a, b) has the points of compare(b, a)."""
    if left.kind != right.kind:
        return Comparison((Compared("kind", left.kind, right.kind, 0, -w.LINK),), -w.LINK)
    if left.kind == ORGANIZATION:
        fields = [*_organization_name(left, right), *_reached(left, right), *_numbers(left, right)]
        return Comparison(tuple(fields), round(sum(f.points for f in fields), 1))
    fields = [
        *_names(left, right, rarity),
        *_generation(left, right),
        *_birth(left, right),
        *_reached(left, right),
        *_numbers(left, right),
    ]
    fields += _together(fields, left, right, rarity)
    return Comparison(tuple(fields), round(sum(f.points for f in fields), 1))


def _together(
    fields: Sequence[Compared], left: Party, right: Party, rarity: Rarity
) -> list[Compared]:
    """What is said by several fields at once: they do not speak independently."""
    reached = [field.points for field in fields if field.field in REACHED]
    if sum(reached) < 0:
        return [Compared("strangers", "", "", 0, _strangers(fields, left, right, rarity))]
    family = max(
        (f.points for f in fields if f.field in ("family_name", "crossed_name")), default=0
    )
    given = {left.given, right.given}
    own = sum(f.points for f in fields if f.field == "email" and _is_own(f, given))
    shared = sum(reached) + max(family, 0) - own
    together = []
    if shared > w.HOUSEHOLD:
        together.append(Compared("household", "", "", 1, round(w.HOUSEHOLD - shared, 1)))
    if _points(fields, "email") < 0 and _points(fields, "phone") < 0:
        together.append(Compared("reached_apart", "", "", 0, w.REACHED_APART))
    return together


def _strangers(fields: Sequence[Compared], left: Party, right: Party, rarity: Rarity) -> float:
    """Of two whom nothing connects but their names: whether hardly anybody else bears these, or
    hardly anything speaks against it."""
    if _points(fields, "birth_date") > 0:
        return w.STRANGERS_BORN_ALIKE
    own = {"birth_date", *dict(left.numbers)}
    is_denied = any(field.points < 0 for field in fields if field.field in own)
    names = [field for field in fields if field.field in NAMES]
    are_alike = len(names) == 2 and all(f.points > 0 and f.similarity >= w.CLOSE for f in names)
    if is_denied or not are_alike:
        return w.STRANGERS
    is_likely = (
        rarity.namesakes(left, right) < w.NAMESAKES
        or sum(field.points for field in fields if field.field in REACHED) >= w.PHONE_DIFFERENT
    )
    return w.STRANGERS_NAMED_ALIKE if is_likely else w.STRANGERS


def _is_own(email: Compared, given: Collection[str]) -> bool:
    """Whether the two have an e-mail address that is named after one of them: relatives share
    those of the family."""
    mailbox, _, _ = email.left.partition("@")
    return email.points > 0 and any(len(name) > 2 and name in mailbox for name in given)


def _names(left: Party, right: Party, rarity: Rarity) -> list[Compared]:
    straight = [
        *_given(left.given, right.given, rarity),
        *_family(left.family, right.family, rarity),
    ]
    if not (left.given and right.family) and not (left.family and right.given):
        return straight
    crossed = [
        *_crossed(left.given, right.family, rarity),
        *_crossed(left.family, right.given, rarity),
    ]
    total = sum(f.points for f in straight)
    if crossed and sum(f.points for f in crossed) + w.NAMES_SWAPPED > max(total, 0):
        return [*crossed, Compared("names_swapped", left.name, right.name, 1, w.NAMES_SWAPPED)]
    return straight


def _given(one: str, other: str, rarity: Rarity) -> list[Compared]:
    if not (one and other):
        return []
    alike = likeness.of_words(one, other)
    if alike == 1:
        points = rarity.points(rarity.given, one, w.GIVEN_SAME)
    elif likeness.is_initial(one, other):
        points = w.GIVEN_INITIAL
    elif alike < w.ALIKE:
        points = w.GIVEN_DIFFERENT
    elif rarity.are_two_names(rarity.given, one, other):
        is_slip = likeness.is_slip(one, other)
        points = w.GIVEN_ONE_LETTER_APART if is_slip else w.GIVEN_DIFFERENT
    else:
        points = w.GIVEN_CLOSE if alike >= w.CLOSE else w.GIVEN_ALIKE
    return [Compared("given_name", one, other, alike, points)]


def _family(one: str, other: str, rarity: Rarity) -> list[Compared]:
    if not (one and other):
        return []
    alike = likeness.of_words(one, other)
    if alike == 1:
        points = rarity.points(rarity.family, one, w.FAMILY_SAME)
    elif alike < w.ALIKE or rarity.are_two_names(rarity.family, one, other):
        points = w.FAMILY_DIFFERENT
    else:
        points = w.FAMILY_CLOSE if alike >= w.CLOSE else w.FAMILY_ALIKE
    return [Compared("family_name", one, other, alike, points)]


def _crossed(one: str, other: str, rarity: Rarity) -> list[Compared]:
    """A given name and a family name, which would be the same if the one were swapped."""
    if not (one and other):
        return []
    alike = likeness.of_words(one, other)
    points = w.GIVEN_DIFFERENT
    if alike == 1:
        # The name is rare as what it is; the other column may know it only from such a slip.
        points = min(
            rarity.points(bearers, one, w.GIVEN_SAME) for bearers in (rarity.given, rarity.family)
        )
    elif likeness.is_initial(one, other):
        points = w.GIVEN_INITIAL
    elif alike >= w.ALIKE:
        points = w.GIVEN_CLOSE if alike >= w.CLOSE else w.GIVEN_ALIKE
    return [Compared("crossed_name", one, other, alike, points)]


def _generation(left: Party, right: Party) -> list[Compared]:
    """Senior and junior are two. Who is called either has a namesake in the house, so that the
    other, who does not say which he is, may be that one."""
    if left.generation == right.generation:
        return []
    unsaid = None in (left.generation, right.generation)
    sides = (str(party.generation or "not said") for party in (left, right))
    points = w.SUFFIX_UNSAID if unsaid else w.SUFFIX_DIFFERENT
    return [Compared("honorific_suffix", *sides, 0, points)]


def _birth(left: Party, right: Party) -> list[Compared]:
    if not (left.birth and right.birth):
        return []
    alike, points = {
        "same": (1.0, w.BIRTH_SAME),
        "swapped": (0.9, w.BIRTH_SWAPPED),
        "close": (0.8, w.BIRTH_CLOSE),
        "different": (0.0, w.BIRTH_DIFFERENT),
    }[likeness.of_dates(left.birth, right.birth)]
    return [Compared("birth_date", left.birth, right.birth, alike, points)]


def _reached(left: Party, right: Party) -> list[Compared]:
    """E-mail addresses, telephone numbers, postal addresses: the pair that agrees best counts."""
    fields = []
    if left.emails and right.emails:
        fields.append(_emails(left.emails, right.emails))
    if left.phones and right.phones:
        same = left.phones & right.phones
        points = w.PHONE_SAME if same else w.PHONE_DIFFERENT
        sides = _sides(same, left.phones, right.phones)
        fields.append(Compared("phone", *sides, float(bool(same)), points))
    if left.addresses and right.addresses:
        compared = [_address(a, b) for a in left.addresses for b in right.addresses]
        fields += max(compared, key=lambda parts: sum(part.points for part in parts))
    return fields


def _emails(left: frozenset[str], right: frozenset[str]) -> Compared:
    if same := left & right:
        return Compared("email", *_sides(same, left, right), 1, w.EMAIL_SAME)
    pairs = [(one, other) for one in left for other in right]
    for one, other in sorted(pairs):
        if likeness.is_slip(one, other) and likeness.have_equal_digits(one, other):
            return Compared("email", one, other, 0.9, w.EMAIL_CLOSE)
    return Compared("email", *_sides(same, left, right), 0, w.EMAIL_DIFFERENT)


def _address(left: Address, right: Address) -> list[Compared]:
    fields = []
    if left.whole and right.whole:
        # What one writes as the suite, another leaves out or writes into the street.
        alike = max(
            likeness.of_phrases(left.whole, right.whole),
            likeness.of_phrases(left.street, right.street) if left.street and right.street else 0,
        )
        points = w.STREET_DIFFERENT
        if not likeness.have_equal_digits(left.street, right.street):
            points = w.STREET_NEIGHBOUR if alike >= w.STREET_IS_ALIKE else w.STREET_DIFFERENT
        elif alike == 1:
            points = w.STREET_SAME
        elif alike >= w.STREET_IS_CLOSE:
            points = w.STREET_CLOSE
        elif alike >= w.STREET_IS_ALIKE:
            points = w.STREET_ALIKE
        fields.append(Compared("street_address", left.whole, right.whole, alike, points))
    if left.postcode and right.postcode:
        alike = likeness.of_words(left.postcode, right.postcode)
        points = w.POSTCODE_DIFFERENT
        if alike == 1:
            points = w.POSTCODE_SAME
        elif likeness.is_slip(left.postcode, right.postcode):
            points = w.POSTCODE_CLOSE
        fields.append(Compared("postal_code", left.postcode, right.postcode, alike, points))
    if left.locality and right.locality:
        alike = likeness.of_words(left.locality, right.locality)
        points = w.LOCALITY_SAME if alike >= w.CLOSE else w.LOCALITY_DIFFERENT
        fields.append(Compared("locality", left.locality, right.locality, alike, points))
    return fields


def _numbers(left: Party, right: Party) -> list[Compared]:
    fields = []
    others = dict(right.numbers)
    for kind, one in left.numbers:
        if other := others.get(kind):
            alike = likeness.of_words(one, other)
            points = w.NUMBER_SAME if alike == 1 else w.NUMBER_DIFFERENT
            if alike < 1 and likeness.is_slip(one, other):
                points = w.NUMBER_CLOSE
            fields.append(Compared(kind, one, other, alike, points))
    return fields


def _organization_name(left: Party, right: Party) -> list[Compared]:
    if not (left.name and right.name):
        return []
    alike = max(
        likeness.of_words(left.core_name, right.core_name),
        likeness.of_phrases(left.core_name, right.core_name),
    )
    if left.name == right.name or left.core_name == right.core_name:
        points = w.ORGANIZATION_NAME_SAME
    elif alike >= 0.9:
        points = w.ORGANIZATION_NAME_CLOSE
    else:
        points = w.ORGANIZATION_NAME_ALIKE if alike >= w.CLOSE else w.ORGANIZATION_NAME_DIFFERENT
    return [Compared("name", left.name, right.name, alike, points)]


def _points(fields: Iterable[Compared], name: str) -> float:
    return sum(field.points for field in fields if field.field == name)


def _sides(same: Iterable[str], left: Iterable[str], right: Iterable[str]) -> tuple[str, str]:
    """What is shared, else one of each."""
    if same:
        return min(same), min(same)
    return min(left), min(right)
