"""What each comparison weighs, in points: the binary logarithm of how many times as often it is
found between two descriptions of one as between two of different ones.

They are constants, not registry rows: their sums are measured together (scripts/bench, `match`),
and one of them changed by itself would leave those figures untrue. They were chosen by what such
agreements are worth in a household and tried on FEBRL 1 and 2; FEBRL 3 and 4 only measure them.
"""

LINK = 14.0
"""From here on two are one, without asking a person."""

REVIEW = 3.5
"""From here on a person is asked; below, nothing is said. The score is .5 here."""

EVEN = 0.0
"""Here as much speaks for one as for two. It is the threshold only for a set that is known to hold
no households, as FEBRL is: there whoever shares an address and a family name is one."""

HOUSEHOLD = 12.0
"""What a family name, an address, a telephone number and an e-mail address come to at most: people
of one household share all of them, so that together they say hardly more than one of them. An
e-mail address that has the given name in it is somebody's own, and counts beside them."""

GIVEN_SAME = (3.0, 5.0)
"""The most common given name, and a rare one. A name by itself never reaches LINK."""
GIVEN_CLOSE = 4.0
GIVEN_ALIKE = 0.0
GIVEN_INITIAL = 1.5
GIVEN_DIFFERENT = -9.0
"""So that twins, who share all else, stay below LINK."""
GIVEN_ONE_LETTER_APART = -8.5
"""Two names in their own right, such as Eric and Erik: of whoever shares all of a household, a
person is asked; twins stay below LINK."""

FAMILY_SAME = (2.0, 6.0)
FAMILY_CLOSE = 4.0
FAMILY_ALIKE = 1.0
FAMILY_DIFFERENT = -4.0
"""Less than a given name: people marry."""

NAMES_SWAPPED = -1.0

STRANGERS = -12.0
"""Where of all the ways to reach the two none agrees."""
STRANGERS_NAMED_ALIKE = 1.0
NAMESAKES = 0.5
"""The same, but fewer than so many are expected to bear both names, or another telephone number is
all that speaks against it: a person is asked."""
STRANGERS_BORN_ALIKE = -5.0
"""The same, but for the day of birth, as of one who moved."""

REACHED_APART = -4.0
"""Where neither telephone number nor e-mail address agrees, and only the address does: so that
namesakes in one house, whose days of birth nobody knows, stay below LINK."""

SUFFIX_DIFFERENT = -10.0
SUFFIX_UNSAID = -4.0
"""So that junior and his father, who shares all else and is called by his name alone, stay below
LINK where neither's day of birth is known."""

BIRTH_SAME = 10.0
BIRTH_SWAPPED = 7.0
BIRTH_CLOSE = 4.0
BIRTH_DIFFERENT = -6.0
"""So that father and son of one name, who share all else, stay below LINK."""

EMAIL_SAME = 8.0
EMAIL_CLOSE = 4.0
EMAIL_DIFFERENT = -1.0
"""Little: people have several."""

PHONE_SAME = 7.0
PHONE_DIFFERENT = -1.5

STREET_SAME = 5.0
STREET_CLOSE = 4.0
STREET_ALIKE = 2.0
STREET_DIFFERENT = -1.5
"""People move."""
STREET_NEIGHBOUR = 1.0
"""The street, but another number."""
STREET_IS_CLOSE, STREET_IS_ALIKE = 0.87, 0.75
POSTCODE_SAME = 2.0
POSTCODE_CLOSE = 0.0
POSTCODE_DIFFERENT = -1.0
LOCALITY_SAME = 2.0
LOCALITY_DIFFERENT = -1.0

NUMBER_SAME = 14.0
NUMBER_CLOSE = 8.0
NUMBER_DIFFERENT = -6.0
"""A number that somebody issues to one person or organization: of a register, of a tax office."""

ORGANIZATION_NAME_SAME = 15.0
"""An organization is its name where nothing else is told of it; contradictions take points away."""
ORGANIZATION_NAME_CLOSE = 7.0
ORGANIZATION_NAME_ALIKE = 3.0
ORGANIZATION_NAME_DIFFERENT = -9.0

CLOSE = 0.8
"""Similarity from which a name is another writing of the same: one letter in five."""
ALIKE = 0.65
ESTABLISHED = 3
"""How many must bear a name so that it is one in its own right, and no slip of a similar one."""
UNSEEN = 200
"""How many imagined people every set is enlarged by: in a small one no name is known to be rare."""
