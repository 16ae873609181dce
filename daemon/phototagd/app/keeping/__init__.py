"""The store is kept: old rows go, copies are made, damage is looked for."""
