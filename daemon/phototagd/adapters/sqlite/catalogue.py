"""The catalogue: everything known of libraries, folders, paths, assets and taggings."""

from phototagd.adapters.sqlite.adoptions import Adoptions
from phototagd.adapters.sqlite.arrivals import Arrivals
from phototagd.adapters.sqlite.libraries import Libraries
from phototagd.adapters.sqlite.listings import Listings
from phototagd.adapters.sqlite.losses import Losing
from phototagd.adapters.sqlite.paths import Paths
from phototagd.adapters.sqlite.refusals import Refusals
from phototagd.adapters.sqlite.sidecar_records import SidecarRecords
from phototagd.adapters.sqlite.taggings import Taggings


class SqliteCatalogue(
    Libraries, Losing, Listings, Arrivals, Refusals, Paths, Taggings, Adoptions, SidecarRecords
):
    """The port `Catalogue` on one database: the sum of its sections."""
