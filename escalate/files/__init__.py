"""What comes in from disk, checked at the door: policy files, form files, returned Word documents."""
