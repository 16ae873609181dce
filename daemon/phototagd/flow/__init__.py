"""What happens to a photo, in loops and steps that know ports and no technology."""
