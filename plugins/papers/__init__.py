"""Papers and news of a researcher's homepage, for Pelican."""


def register() -> None:
    """Connect the plugin; Pelican calls this once."""
    # Imported here, because commands such as `init` start much sooner without Pelican.
    from pelican import signals

    from .receivers import connect_receivers

    signals.initialized.connect(connect_receivers)
