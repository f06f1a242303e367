"""What goes out: Word forms, the console, JSON. Shows what the other rooms decided; decides nothing itself."""
