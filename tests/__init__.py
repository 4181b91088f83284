"""The tests; a package, because a dependency installs a top-level one of this name."""
