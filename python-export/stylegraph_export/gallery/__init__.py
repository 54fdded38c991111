"""Six photographs in six manners, by two recipes in equal time, shown so that neither is known."""
