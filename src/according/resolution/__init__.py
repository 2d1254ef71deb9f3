"""Who, when and where: entities, times and places."""
