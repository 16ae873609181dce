"""The search index: what photos are found by, and by whom it is asked."""
