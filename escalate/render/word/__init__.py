"""Forms in Word: templates checked and filled, finished, packed the same every time, made from a blank."""
