"""The catalogue: everything known of libraries, folders, paths, assets and taggings."""

from phototagd.adapters.sqlite.arriving.arrivals import Arrivals
from phototagd.adapters.sqlite.arriving.libraries import Libraries
from phototagd.adapters.sqlite.arriving.listings import Listings
from phototagd.adapters.sqlite.arriving.losses import Losing
from phototagd.adapters.sqlite.arriving.paths import Paths
from phototagd.adapters.sqlite.arriving.refusals import Refusals
from phototagd.adapters.sqlite.asking.adoptions import Adoptions
from phototagd.adapters.sqlite.asking.taggings import Taggings
from phototagd.adapters.sqlite.writing.sidecar_records import SidecarRecords


class SqliteCatalogue(
    Libraries, Losing, Listings, Arrivals, Refusals, Paths, Taggings, Adoptions, SidecarRecords
):
    """The port `Catalogue` on one database: the sum of its sections."""
