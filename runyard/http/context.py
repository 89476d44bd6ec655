"""What the server's lifespan opens and every request can reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from runyard.http.bell import Bell
from runyard.http.hashing import Hashing
from runyard.http.ingest import Ingest
from runyard.http.live import Live
from runyard.http.studio import Studio
from runyard.http.traffic import Traffic
from runyard.http.transfers import Transfers
from runyard.jobs_api.pools import Pools
from runyard.settings import Settings
from runyard.store.store import Store


@dataclass
class Context:
    """The open store and the parts around it; one per server process."""

    settings: Settings
    store: Store
    ingest: Ingest
    live: Live
    bell: Bell
    # None where there is no browser to serve.
    studio: Studio | None
    pools: Pools = field(default_factory=Pools)
    traffic: Traffic = field(default_factory=Traffic)
    transfers: Transfers = field(default_factory=Transfers)
    hashing: Hashing = field(init=False)

    def __post_init__(self) -> None:
        self.hashing = Hashing(self.store.artifacts.digests, self.store.artifact_threads)
