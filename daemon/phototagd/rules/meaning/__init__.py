"""Search by meaning: which texts are compared, when, and how near is near."""
