"""The library as the gallery shows it: photos, days, places, sketches, what is in sight."""
