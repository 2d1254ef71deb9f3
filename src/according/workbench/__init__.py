"""The web app that shows, compares and reviews what is stored."""
