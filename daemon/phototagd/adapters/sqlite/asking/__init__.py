"""What the model said: answers, whom they are withheld from, and asking again."""
