"""Which municipalities share a branch in the demonstration, and which branches have a part in it.

The grouping is invented; who merged with whom and when stands in ``branches.facts``.
"""

from __future__ import annotations

from typing import Final

# Slug → name and CBS codes; whoever is not named here has a branch of its own.
TOGETHER: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "amsterdam": ("Amsterdam", ("GM0363", "GM0457")),
    "terschelling-vlieland": ("Terschelling en Vlieland", ("GM0093", "GM0096")),
    "ameland-schiermonnikoog": ("Ameland en Schiermonnikoog", ("GM0060", "GM0088")),
    "bel": ("Blaricum, Eemnes en Laren", ("GM0376", "GM0317", "GM0417")),
    "wijchen-druten": ("Wijchen en Druten", ("GM0296", "GM0225")),
    "sed": ("Stede Broec, Enkhuizen en Drechterland", ("GM0532", "GM0388", "GM0498")),
    "landsmeer-oostzaan": ("Landsmeer en Oostzaan", ("GM0415", "GM0431")),
    "rheden-rozendaal": ("Rheden en Rozendaal", ("GM0275", "GM0277")),
    "alphen-chaam-baarle-nassau": ("Alphen-Chaam en Baarle-Nassau", ("GM1723", "GM0744")),
    "duiven-westervoort": ("Duiven en Westervoort", ("GM0226", "GM0293")),
    "voerendaal-simpelveld": ("Voerendaal en Simpelveld", ("GM0986", "GM0965")),
    "scherpenzeel-renswoude": ("Scherpenzeel en Renswoude", ("GM0279", "GM0339")),
    # Those that merge on 1 January 2022 have joined hands, and know their new municipality.
    "purmerend": ("Purmerend", ("GM0439", "GM0370")),
    "dijk-en-waard": ("Dijk en Waard", ("GM0398", "GM0416", "GM1980")),
    "land-van-cuijk": (
        "Land van Cuijk",
        ("GM1684", "GM0756", "GM0786", "GM0815", "GM1702", "GM1982"),
    ),
    "maashorst": ("Maashorst", ("GM0856", "GM1685", "GM1991")),
    # Merges a year later, on 1 January 2023; the new municipality goes with the largest.
    "hellevoetsluis": ("Hellevoetsluis", ("GM0530", "GM1992")),
}

# Played out in full, through the same services that people use.
HARLINGEN: Final = "harlingen"
ARNHEM: Final = "arnhem"
DEN_HAAG: Final = "den-haag"
OIRSCHOT: Final = "oirschot"
WORKED: Final = (HARLINGEN, ARNHEM, DEN_HAAG, OIRSCHOT)

# Their ten is told of for four years, each from where the members stand after the election.
LIVING: Final[dict[str, str]] = {
    "amsterdam": "opposition",
    "bergen-l": "opposition",
    "coevorden": "not_elected",
    "groningen": "coalition",
    "zutphen": "coalition",
}
# Of one of the ten nothing is heard any more in this one.
FORGETFUL: Final = "bergen-l"

NEIGHBOUR: Final = "waadhoeke"
LATE_STARTER: Final = "noord-beveland"
SILENT: Final = "borger-odoorn"

# ``manage.py demo --small``: one of each kind of branch that there is.
SMALL: Final = (
    *WORKED,
    NEIGHBOUR,
    LATE_STARTER,
    SILENT,
    "amsterdam",
    "dijk-en-waard",
    "bergen-nh",
    "bergen-l",
    "eemsdelta",
)
